package io.imaint.checks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.checks.GatewayLandscape.Answer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Whole answers of a gateway, compared. */
final class GatewayAnswers {
    private GatewayAnswers() {}

    static void assertAnswer(Answer answer, int status, String body) {
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.getBytes(UTF_8).length));
    }

    static void assertFault(Answer answer, int status, String text, String code) {
        assertAnswer(
                answer,
                status,
                "{\"fault\":{\"faultstring\":\"%s\",\"detail\":{\"errorcode\":\"%s\"}}}".formatted(text, code));
    }

    static void assertRefusedToken(Answer answer, String text, String code) {
        assertFault(answer, 401, text, code);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"null\",error=\"invalid_token\",error_description=\"%s: %s\""
                        .formatted(code, text));
    }

    /** Compares everything but what belongs to a connection, a moment or a session. */
    static void assertSame(Answer through, Answer direct) {
        assertThat(through.status()).as(through.text()).isEqualTo(direct.status());
        assertThat(headers(through)).isEqualTo(headers(direct));
        assertThat(withoutMoment(through)).isEqualTo(withoutMoment(direct));
    }

    /** The body, each byte a character; SAP's errors name a transaction and a time. */
    private static String withoutMoment(Answer answer) {
        return new String(answer.body(), ISO_8859_1)
                .replaceAll("(transactionid\\W+)[0-9A-F]{32}", "$1")
                .replaceAll("(timestamp\\W+)[0-9]{14}\\.[0-9]{7}", "$1");
    }

    private static SortedMap<String, List<String>> headers(Answer answer) {
        var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(answer.response().headers().map());
        List.of("date", "connection", "keep-alive", "transfer-encoding", "content-length")
                .forEach(all::remove);
        all.computeIfPresent(
                "set-cookie",
                (name, cookies) -> cookies.stream()
                        .map(cookie -> cookie.replaceFirst("=[^;]*", "="))
                        .toList());
        return all;
    }
}
