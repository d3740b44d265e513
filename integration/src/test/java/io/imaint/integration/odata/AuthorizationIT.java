package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Goal: reads go through API Management as well as to SAP itself. Method: a server that gives tokens and checks them. */
class AuthorizationIT {
    private Instant now = Instant.parse("2026-11-30T10:00:00Z");
    private final AtomicInteger given = new AtomicInteger();
    private volatile String valid = "";
    private volatile String tokenAnswer = "";

    private void answer(RawServer.Request request, OutputStream out) throws IOException {
        if (request.line().startsWith("POST /token")) {
            if (!"Basic a2V5OnNlY3JldA==".equals(request.headers().get("authorization"))) {
                out.write(RawServer.answer(
                        401,
                        "",
                        "{\"ErrorCode\" : \"invalid_client\", \"Error\" :\"ClientId is Invalid\"}"
                                .getBytes(StandardCharsets.UTF_8)));
                return;
            }
            valid = "token" + given.incrementAndGet();
            out.write(RawServer.json(
                    tokenAnswer.isEmpty()
                            ? "{\"access_token\" : \"%s\", \"expires_in\" : \"3599\"}".formatted(valid)
                            : tokenAnswer));
        } else if (request.headers().getOrDefault("authorization", "").equals("Bearer " + valid)
                || request.headers().getOrDefault("x-api-key", "").equals("key")) {
            out.write(RawServer.answer(200, "Content-Type: text/plain", "7".getBytes(StandardCharsets.UTF_8)));
        } else {
            out.write(RawServer.answer(401, "WWW-Authenticate: Bearer realm=\"null\"", new byte[0]));
        }
    }

    private ODataClient client(RawServer server, Credentials credentials) {
        var settings = new ODataSettings(
                server.url(), credentials, "100", "EN", Duration.ofSeconds(5), Duration.ofSeconds(20));
        return new ODataClient(settings, ODataSettings.Limits.DEFAULT, () -> now);
    }

    private static Credentials application(RawServer server, String secret) {
        return new Credentials.Application(
                URI.create("http://" + server.url().getAuthority() + "/token"), new Secret("key"), new Secret(secret));
    }

    private static long count(ODataClient client) {
        return client.count("Things/$count");
    }

    @Test
    void fetchesOneTokenForManyReadsAndANewOneBeforeItExpires() {
        try (var server = new RawServer(this::answer);
                var client = client(server, application(server, "secret"))) {
            assertThat(count(client)).isEqualTo(7);
            assertThat(count(client)).isEqualTo(7);
            assertThat(given).hasValue(1);
            now = now.plusSeconds(3599 - 20);
            assertThat(count(client)).isEqualTo(7);
            assertThat(given).hasValue(2);
            assertThat(server.requests().getFirst().headers())
                    .containsEntry("content-type", "application/x-www-form-urlencoded");
        }
    }

    @Test
    void asksForAnotherTokenWhenOneIsRevoked() {
        try (var server = new RawServer(this::answer);
                var client = client(server, application(server, "secret"))) {
            assertThat(count(client)).isEqualTo(7);
            valid = "revoked";
            assertThat(count(client)).isEqualTo(7);
            assertThat(given).hasValue(2);
        }
    }

    @Test
    void sendsNothingMoreAfterTheSecretIsRefused() {
        try (var server = new RawServer(this::answer);
                var client = client(server, application(server, "wrong"))) {
            assertThatThrownBy(() -> count(client)).hasMessageContaining("ClientId is Invalid");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void namesATokenAnswerThatItCannotRead() {
        tokenAnswer = "{\"token\":1}";
        try (var server = new RawServer(this::answer);
                var client = client(server, application(server, "secret"))) {
            assertThatThrownBy(() -> count(client)).hasMessageContaining("returned no access_token");
        }
    }

    @Test
    void sendsAnApiKeyAlone() {
        try (var server = new RawServer(this::answer);
                var client = client(server, new Credentials.ApiKey(new Secret("key")))) {
            assertThat(count(client)).isEqualTo(7);
            assertThat(server.requests().getFirst().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void showsNoSecretInMessages() {
        var credentials = new Credentials.Application(
                URI.create("https://apim.example/token"), new Secret("key"), new Secret("geheim"));
        assertThat(credentials.shown()).isEqualTo("an application with tokens of https://apim.example/token");
        assertThat(credentials.toString()).doesNotContain("geheim").doesNotContain("key=key");
    }
}
