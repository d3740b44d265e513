package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Goal: every fault that can be ordered happens on the line as it was ordered. Method: real requests that carry their fault. */
class FaultsIT {
    private static final String ORDERS = "/WorkOrderSet?$top=3";
    private static final String PLANTS = "/PlantSet";

    private static SapGateway gateway;
    private static Caller caller;

    @BeforeAll
    static void start() {
        gateway = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                new HandmadePlant(30),
                InstantSource.system());
        caller = new Caller(gateway);
    }

    @AfterAll
    static void stop() {
        caller.close();
        gateway.close();
    }

    @Test
    void latencyHoldsTheAnswerBack() {
        long began = System.nanoTime();
        assertThat(with("latency=300ms", ORDERS).statusCode()).isEqualTo(200);
        assertThat(System.nanoTime() - began).isGreaterThan(300_000_000L);
    }

    @Test
    void aConnectionDroppedBeforeHasNoEffectAndOneDroppedAfterHasIt() {
        long before = locations();
        assertThatThrownBy(() -> caller.send(newLocation("drop-before"))).isInstanceOf(UncheckedIOException.class);
        assertThat(locations()).isEqualTo(before);
        assertThatThrownBy(() -> caller.send(newLocation("drop-after"))).isInstanceOf(UncheckedIOException.class);
        assertThat(locations()).isEqualTo(before + 1);
    }

    @Test
    void halfAnAnswerBreaksOffInTheMiddle() {
        int whole = with("latency=0s", "/EquipmentSet").body().length();
        assertThat(whole).isGreaterThan(1000);
        assertThatThrownBy(() -> with("half-answer=0.5", "/EquipmentSet")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void errorPagesComeWithoutAnyEffect() {
        var page = with("status=503(retry-after=7s)", ORDERS);
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.headers().firstValue("Retry-After")).contains("7");
        assertThat(with("status=500", ORDERS).statusCode()).isEqualTo(500);
        assertThat(with("maintenance", ORDERS).statusCode()).isEqualTo(503);
        assertThat(with("maintenance", ORDERS).body()).contains("maintenance").contains("<html>");
    }

    @Test
    void bytesTrickle() {
        int length = with("latency=0s", PLANTS).body().length();
        long began = System.nanoTime();
        assertThat(with("slow-bytes=4000", PLANTS).body()).hasSize(length);
        assertThat((System.nanoTime() - began) / 1e9).isGreaterThan(length / 4000.0 * 0.8);
    }

    @Test
    void anEndedSessionCostsItsTokenAndTheNextOneWorks() {
        var refused = caller.send(newLocation("session-expiry"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("x-csrf-token")).contains("Required");
        assertThat(refused.body()).isEqualTo("CSRF token validation failed");
        caller.forgetSession();
        assertThat(caller.send(newLocation("latency=0s")).statusCode()).isEqualTo(201);
    }

    @Test
    void cookiesGetLostOnEitherWay() {
        assertThat(cookies("latency=0s")).hasSize(3);
        assertThat(cookies("cookie-loss=all")).isEmpty();
        assertThat(cookies("cookie-loss=some")).hasSize(2);
        assertThat(caller.send(newLocation("cookie-loss=request")).statusCode()).isEqualTo(403);
    }

    @Test
    void deltaTokensExpireOrHide() {
        var tracked = new String[] {"Prefer", "odata.track-changes", "Accept", "application/json"};
        var delta = caller.json("/WorkOrderSet", tracked).get("__delta").asString();
        assertThat(delta).contains("!deltatoken=");
        var below = delta.substring(gateway.serviceUrl().toString().length());
        assertThat(with("latency=0s", below).statusCode()).isEqualTo(200);
        assertThat(with("delta-token=expired", below).statusCode()).isEqualTo(410);

        var onNext = Caller.JSON
                .readTree(with("delta-token=next", "/WorkOrderSet", tracked).body())
                .get("d");
        assertThat(onNext.has("__delta")).isFalse();
        assertThat(onNext.get("__next").asString()).contains("!deltatoken=");

        var nowhere = Caller.JSON
                .readTree(with("delta-token=nowhere", "/WorkOrderSet", tracked).body())
                .get("d");
        assertThat(nowhere.has("__delta")).isFalse();
        assertThat(nowhere.has("__next")).isFalse();
        assertThat(caller.json("/DeltaLinksOfWorkOrderSet").get("results")).isNotEmpty();
    }

    @Test
    void linksToTheNextPageAreRelativeOrNameTheHostBehindTheProxy() {
        var paged = new String[] {"Prefer", "odata.maxpagesize=10"};
        assertThat(next("next-link=relative", paged)).startsWith("WorkOrderSet?");
        assertThat(next("next-link=internal-host", paged))
                .doesNotContain("127.0.0.1")
                .contains("/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV/WorkOrderSet?");
    }

    @Test
    void aLastPageLeadsToAnEmptyOne() {
        var fault = "empty-last-page";
        var address = "/PlantSet";
        var last = Caller.JSON.readTree(with(fault, address).body()).get("d");
        assertThat(last.get("results")).hasSize(3);
        var below = last.get("__next")
                .asString()
                .substring(gateway.serviceUrl().toString().length());
        var empty = Caller.JSON.readTree(with(fault, below).body()).get("d");
        assertThat(empty.get("results")).isEmpty();
        assertThat(empty.has("__next")).isFalse();
    }

    @Test
    void metadataComesLastAndSlashesEscaped() {
        var last = with("metadata-last", PLANTS).body();
        assertThat(last).contains("{\"WERKS\":").doesNotContain("{\"__metadata\"");
        var escaped = with("escaped-slashes", ORDERS).body();
        assertThat(escaped).contains("\\/Date(").doesNotContain("\"/Date(");
        assertThat(Caller.JSON
                        .readTree(escaped)
                        .get("d")
                        .get("results")
                        .get(0)
                        .get("AUFNR")
                        .asString())
                .isEqualTo(HandmadePlant.orderNumber(1));
    }

    @Test
    void anObjectIsFoundLocked() {
        var locked = caller.send(caller.request("/EquipmentSet('000000000010000001')")
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("If-Match", "*")
                .header("X-Imaint-Fault", "lock-conflict")
                .method("MERGE", BodyPublishers.ofString("{\"EQKTX\":\"Feed pump\"}")));
        assertThat(locked.statusCode()).isEqualTo(400);
        assertThat(locked.body()).contains("already being processed");
    }

    @Test
    void anErrorComesAsXmlThoughJsonWasAskedFor() {
        var fault = with("xml-errors", "/NoSuchSet");
        assertThat(fault.statusCode()).isEqualTo(404);
        assertThat(fault.body()).startsWith("<?xml").contains("<error");
    }

    @Test
    void aPasswordMustBeChangedFirst() {
        var refused = with("password-change", ORDERS);
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("[414] user is forced to change password");
    }

    @Test
    void metadataIsUnusableUnlessCompressionIsAskedForAsTheGuideSays() throws IOException {
        var fault = "metadata-needs-gzip";
        var plain = caller.bytes(caller.request("/$metadata").header("X-Imaint-Fault", fault));
        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(new String(plain.body(), UTF_8)).doesNotContain("<edmx:Edmx");
        var asked = caller.bytes(
                caller.request("/$metadata").header("X-Imaint-Fault", fault).header("Accept-Encoding", "gzip,deflate"));
        assertThat(asked.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(asked.body())).readAllBytes(), UTF_8))
                .contains("<edmx:Edmx");
    }

    @Test
    void aRuleThatCannotBeReadIsSaidAndNothingElseHappens() {
        var refused = with("slow-byte=4", ORDERS);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("X-Imaint-Fault").contains("column");
    }

    private static HttpResponse<String> with(String fault, String path, String... headers) {
        var request =
                caller.request(path).setHeader("Accept", "application/json").header("X-Imaint-Fault", fault);
        return caller.send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder newLocation(String fault) {
        return caller.request("/FunctionalLocationSet")
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("X-Imaint-Fault", fault)
                .POST(BodyPublishers.ofString(
                        "{\"TPLNR\":\"F-%d\",\"PLTXT\":\"Made under a fault\",\"FLTYP\":\"M\",\"IWERK\":\"1000\",\"SWERK\":\"1000\"}"
                                .formatted(System.nanoTime())));
    }

    private static long locations() {
        return Long.parseLong(caller.get("/FunctionalLocationSet/$count").body());
    }

    private static List<String> cookies(String fault) {
        return with(fault, PLANTS).headers().allValues("set-cookie");
    }

    private static String next(String fault, String... headers) {
        return Caller.JSON
                .readTree(with(fault, "/WorkOrderSet", headers).body())
                .get("d")
                .get("__next")
                .asString();
    }
}
