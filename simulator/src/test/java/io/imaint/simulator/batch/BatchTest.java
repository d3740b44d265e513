package io.imaint.simulator.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.Headers;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import io.imaint.simulator.odata.ODataService;
import io.imaint.simulator.odata.SystemQuirks;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.PlantState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a batch answers each of its parts as the part alone would be answered, and a change set is carried out whole or
 * not at all. Method: batches written by hand, the answers read as text.
 */
class BatchTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T03:46:12.345Z"));
    private static final PlantState STATE = PlantState.inMemory(PlantSource.open(1, 60, Optional.empty()), CLOCK);
    private static final Batch BATCH = new Batch(new ODataService(STATE, CLOCK));

    private static String get(String url) {
        return part("GET " + url + " HTTP/1.1\r\nAccept: application/json\r\n\r\n");
    }

    private static String part(String request) {
        return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n" + request;
    }

    private static String change(String id, String method, String url, String body, String... headers) {
        return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: " + id + "\r\n\r\n"
                + method + " " + url + " HTTP/1.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "Content-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private static String changeSet(String... changes) {
        return "Content-Type: multipart/mixed; boundary=\"c s\"\r\n\r\n" + joined("c s", changes);
    }

    private static String joined(String boundary, String... parts) {
        return "--" + boundary + "\r\n" + String.join("\r\n--" + boundary + "\r\n", parts) + "\r\n--" + boundary
                + "--\r\n";
    }

    private static String batch(String... parts) {
        return sent("multipart/mixed; boundary=b", joined("b", parts));
    }

    private static String sent(String contentType, String body) {
        return text(BATCH.answer(request(contentType, body)));
    }

    private static ODataRequest request(String contentType, String body) {
        return new ODataRequest(
                "POST",
                "http://sap" + IcwpModel.PATH,
                "/$batch",
                "",
                new Headers(Map.of("Content-Type", contentType)),
                body.getBytes(UTF_8),
                Actor.unrestricted("IMAINT"),
                SystemQuirks.USUAL);
    }

    private static String text(Answer answer) {
        assertThat(answer.status()).isEqualTo(202);
        var bytes = new ByteArrayOutputStream();
        try {
            answer.body().writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        var text = bytes.toString(UTF_8);
        var boundary = answer.contentType().substring(answer.contentType().indexOf('=') + 1);
        assertThat(text).startsWith("--" + boundary).endsWith("--" + boundary + "--\r\n");
        return text;
    }

    private static List<Integer> statuses(String answer) {
        return Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [A-Z]")
                .matcher(answer)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
    }

    private static String notification(String text) {
        var plant = STATE.rows(IcwpModel.PLANT, List.of());
        var row = new Object[IcwpModel.PLANT.properties().size()];
        plant.next(row);
        return "{\"QMART\":\"M1\",\"QMTXT\":\"%s\",\"IWERK\":\"%s\"}".formatted(text, row[0]);
    }

    @Test
    void answersReads() {
        var answer = batch(
                get("PlantSet?$top=1"),
                get("/PlantSet/$count"),
                get(IcwpModel.PATH + "/PlantSet?$filter=WERKS eq 'none'"),
                get("http://elsewhere:80" + IcwpModel.PATH + "/$metadata"));
        assertThat(statuses(answer)).containsExactly(200, 200, 200, 200);
        assertThat(answer).contains("{\"d\":{\"results\":[]}}", "<edmx:Edmx", "dataserviceversion: 2.0");
    }

    @Test
    void letsABadPartSpoilNoOther() {
        var answer = batch(
                get("NopeSet"),
                get("PlantSet?$top=x"),
                part("GET\r\n\r\n"),
                "Content-Type: text/plain\r\n\r\nhello",
                change("1", "POST", "NotificationSet", notification("outside")),
                get("/sap/opu/odata/sap/OTHER_SRV/Set"),
                get("$batch"),
                get("PlantSet/$count"));
        assertThat(statuses(answer)).containsExactly(404, 400, 400, 400, 400, 400, 404, 200);
        assertThat(answer).contains("{\"error\":{\"code\":");
    }

    @Test
    void carriesAChangeSetOutWhole() {
        long before = STATE.count(IcwpModel.NOTIFICATION);
        var answer = batch(
                changeSet(
                        change("1", "POST", "NotificationSet", notification("Ölfleck")),
                        change("2", "POST", "$1/Tasks", "{\"MATXT\":\"Wipe\"}"),
                        change("3", "MERGE", "$1", "{\"QMTXT\":\"Wiped\"}", "If-Match: *"),
                        change("4", "POST", "$1", "{\"QMTXT\":\"Dry\"}", "x-http-method: MERGE", "If-Match: *")),
                get("NotificationSet?$filter=QMTXT eq 'Dry'&$expand=Tasks"));
        assertThat(statuses(answer)).as(answer).containsExactly(201, 201, 204, 204, 200);
        assertThat(answer).contains("Content-ID: 1\r\n", "Content-ID: 4\r\n", "\"MATXT\":\"Wipe\"", "sap-message: {");
        assertThat(answer).contains("\"QMTXT\":\"Ölfleck\"", "\"QMTXT\":\"Dry\"");
        assertThat(STATE.count(IcwpModel.NOTIFICATION)).isEqualTo(before + 1);
    }

    @Test
    void leavesNothingOfAChangeSetThatFails() {
        long before = STATE.sequence();
        for (var bad : List.of(
                change("2", "POST", "$1/Tasks", "{\"NOPE\":1}"),
                change("2", "POST", "$9/Tasks", "{}"),
                change("2", "MERGE", "$1", "{\"QMTXT\":\"x\"}"),
                change("2", "POST", "NotificationSet", "{\"QMART\":\"ZZ\"}"),
                change("2", "GET", "PlantSet", ""),
                change("2", "POST", "NopeSet", "{}"),
                change("a b", "POST", "NotificationSet", "{}"),
                changeSet(change("3", "POST", "NotificationSet", "{}")))) {
            var answer = batch(
                    changeSet(change("1", "POST", "NotificationSet", notification("gone")), bad),
                    get("PlantSet/$count"));
            assertThat(statuses(answer)).as(bad).hasSize(2).endsWith(200);
            assertThat(statuses(answer).getFirst()).isBetween(400, 499);
        }
        assertThat(STATE.sequence()).isEqualTo(before);
        assertThat(batch(get("NotificationSet/$count?$filter=QMTXT eq 'gone'"))).contains("\r\n\r\n0\r\n");
    }

    @Test
    void repeatsNothingThatWasCreatedBefore() {
        var body = notification("once").replace("}", ",\"EXTID\":\"" + UUID.randomUUID() + "\"}");
        var set = changeSet(change("1", "POST", "NotificationSet", body), change("2", "POST", "NotificationSet", body));
        long before = STATE.count(IcwpModel.NOTIFICATION);
        assertThat(statuses(batch(set))).containsExactly(201, 200);
        assertThat(statuses(batch(set))).containsExactly(200, 200);
        assertThat(STATE.count(IcwpModel.NOTIFICATION)).isEqualTo(before + 1);
    }

    @Test
    void readsLinesThatEndInLineFeedsAlone() {
        var body = joined(
                        "b",
                        get("PlantSet/$count"),
                        changeSet(change("1", "POST", "NotificationSet", notification("lf"))))
                .replace("\r\n", "\n");
        var answer = sent("multipart/mixed;boundary=\"b\"", "preamble\n--bb\n" + body + "epilogue");
        assertThat(statuses(answer)).containsExactly(200, 201);
    }

    @Test
    void takesABatchWithoutParts() {
        assertThat(statuses(sent("multipart/mixed; boundary=b", "--b--"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--b\r\n",
                "--b\r\nContent-Type: application/http\r\n\r\nGET PlantSet HTTP/1.1\r\n\r\n",
                "--b\r\nno header\r\n\r\nx\r\n--b--",
                "--bx\r\n\r\n--bx--",
            })
    void refusesWhatIsNoBatch(String body) {
        assertThatThrownBy(() -> sent("multipart/mixed; boundary=b", body)).isInstanceOf(ODataFault.class);
    }

    @Test
    void refusesOtherContent() {
        for (var type : List.of("", "application/json", "multipart/mixed", "multipart/mixed; boundary=")) {
            assertThatThrownBy(() -> sent(type, "--b--"))
                    .isInstanceOfSatisfying(
                            ODataFault.class,
                            fault -> assertThat(fault.status()).isEqualTo(415));
        }
    }

    @Test
    void limitsItsParts() {
        var parts = new String[Multipart.PARTS_MAX + 1];
        Arrays.fill(parts, get("PlantSet/$count"));
        assertThatThrownBy(() -> batch(parts))
                .isInstanceOf(ODataFault.class)
                .hasMessageContaining("more than 1000 parts");
        var long1 = "PlantSet?x=" + "a".repeat(9000);
        assertThat(statuses(batch(get(long1)))).containsExactly(400);
    }

    @Test
    void hasABoundaryThatNoPartHolds() {
        var text = "batch_0000000000000001";
        var fresh = new Batch(new ODataService(STATE, CLOCK));
        var body = joined("b", get("NotificationSet/$count?$filter=QMTXT eq '" + text + "'&$" + text + "=1"));
        assertThat(fresh.answer(request("multipart/mixed; boundary=b", body)).contentType())
                .isEqualTo("multipart/mixed; boundary=batch_0000000000000002");
    }

    @Provide
    Arbitrary<String> almostBatches() {
        var pieces = Arbitraries.of(
                "--b\r\n",
                "--b--",
                "--c s\r\n",
                "--c s--\r\n",
                "\r\n",
                "\n",
                "Content-Type: application/http\r\n",
                "Content-Type: multipart/mixed; boundary=\"c s\"\r\n",
                "Content-ID: 1\r\n",
                "Content-Length: 5\r\n",
                "GET PlantSet HTTP/1.1\r\n",
                "POST NotificationSet HTTP/1.1\r\n",
                "POST $1/Tasks HTTP/1.1\r\n",
                "DELETE PlantSet('1') HTTP/1.1\r\n",
                "{\"QMART\":\"M1\"}",
                "{");
        return Arbitraries.oneOf(pieces, pieces, pieces, Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property(tries = 2000)
    void answersOrRefusesAnyText(@ForAll("almostBatches") String body) {
        try {
            var answer = BATCH.answer(request("multipart/mixed; boundary=b", body));
            assertThat(new String(text(answer).getBytes(UTF_8), ISO_8859_1)).isNotEmpty();
        } catch (ODataFault refused) {
            assertThat(refused.status()).isBetween(400, 499);
        }
    }
}
