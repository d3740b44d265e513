package io.imaint.checks;

import static io.imaint.checks.GatewayAnswers.assertFault;
import static io.imaint.checks.GatewayAnswers.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.checks.GatewayLandscape.Answer;
import io.imaint.checks.GatewayLandscape.Asked;
import io.imaint.gateway.demo.DemoBundles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: gateways on one store are one gateway. Method: two processes, of which one is asked about what the other one did. */
class TwoGatewaysIT {
    /** Changes of another process hold after two seconds; the rest is for a machine with other work. */
    private static final Duration FOLLOWED = Duration.ofSeconds(2).plusMillis(1_500);

    private static final String QUOTA = """
            <Quota type="calendar" xmlns="http://www.sap.com/apimgmt">
                <StartTime>2026-01-01 00:00:00</StartTime>
                <Allow count="10"/>
                <Interval>28</Interval>
                <TimeUnit>day</TimeUnit>
                <Distributed>true</Distributed>
                <Synchronous>true</Synchronous>
            </Quota>
            """;

    @TempDir
    private static Path home = Path.of("");

    private static GatewayLandscape first;
    private static GatewayLandscape second;

    @BeforeAll
    static void start() {
        first = GatewayLandscape.start(home);
        second = GatewayLandscape.another(home);
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    private static void followed(BooleanSupplier seen) {
        Awaitility.await().atMost(FOLLOWED).pollInterval(Duration.ofMillis(50)).until(seen::getAsBoolean);
    }

    private static Asked plant(GatewayLandscape gateway, String path, String key) {
        return gateway.ask("GET", path + "/PlantSet('1000')?$format=json").with("x-api-key", key);
    }

    @Test
    void bothServeTheSameProxiesAndTakeEachOthersTokens() {
        assertSame(
                second.withKey("GET", "/WorkOrderSet?$top=50").send(),
                first.withKey("GET", "/WorkOrderSet?$top=50").send());
        var ofFirst = first.token();
        assertThat(second.withToken("GET", "/PlantSet", ofFirst).send().status())
                .isEqualTo(200);
        assertThat(first.withToken("GET", "/PlantSet", second.token()).send().status())
                .isEqualTo(200);
    }

    @Test
    void oneQuotaCountsTheCallsOfBoth() throws Exception {
        first.deployVariant(
                DemoBundles.API_KEY_PROXY,
                "Limited",
                "/limited",
                text -> text.contains("<VerifyAPIKey") ? QUOTA : text);
        followed(() -> plant(second, "/limited", "").send().status() == 200);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 40)
                    .mapToObj(call -> clients.submit(() -> plant(call % 2 == 0 ? first : second, "/limited", "")
                            .send()
                            .status()))
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (var call : calls) {
                statuses.add(call.get());
            }
            assertThat(Collections.frequency(statuses, 200)).isEqualTo(9);
            assertThat(Collections.frequency(statuses, 500)).isEqualTo(31);
        }
        for (var gateway : new GatewayLandscape[] {first, second}) {
            assertFault(
                    plant(gateway, "/limited", "").send(),
                    500,
                    "Rate limit quota violation. Quota limit  exceeded. Identifier : _default",
                    "policies.ratelimit.QuotaViolation");
        }
    }

    @Test
    void whatOneTakesBackTheOtherRefuses() {
        first.deployVariant(DemoBundles.API_KEY_PROXY, "Passing", "/passing", text -> text);
        first.publish("Passings", "Passing");
        var application = first.register("passing", "Passings");
        var key = application.required("key").asString();
        followed(() -> plant(second, "/passing", key).send().status() == 200);

        var id = application.at("/application/id").asString();
        first.managed(first.manage("POST", "/applications/%s/revoke".formatted(id)));
        followed(() -> plant(second, "/passing", key).send().status() == 401);
        first.managed(first.manage("POST", "/applications/%s/approve".formatted(id)));
        followed(() -> plant(second, "/passing", key).send().status() == 200);

        first.managed(first.manage("POST", "/proxies/Passing/undeploy"));
        followed(() -> plant(second, "/passing", key).send().status() == 404);
        assertFault(
                plant(second, "/passing", key).send(),
                404,
                "Unable to identify proxy for host: default and url: \\/passing\\/PlantSet('1000')",
                "messaging.adaptors.http.flow.ApplicationNotFound");
    }

    @Test
    void aTokenThatOneRevokesIsGoodAtTheOtherForTwoSecondsAtMost() {
        first.deployVariant(
                DemoBundles.TOKEN_PROXY,
                "Revoke",
                "/revoke",
                text -> text.replace("<Operation>GenerateAccessToken", "<Operation>InvalidateToken")
                        .replace(
                                "<Tokens/>",
                                "<Tokens><Token type='accesstoken'>request.header.token</Token></Tokens>"));
        var token = second.token();
        assertThat(second.withToken("GET", "/PlantSet", token).send().status()).isEqualTo(200);
        assertThat(first.ask("POST", "/revoke").with("token", token).send().status())
                .isEqualTo(200);
        followed(() -> second.withToken("GET", "/PlantSet", token).send().status() == 401);
    }

    @Test
    void aRevisionThatCannotRunIsRefusedAndTheOneBeforeGoesOnInBoth() {
        first.deployVariant(DemoBundles.API_KEY_PROXY, "Steady", "/steady", text -> text);
        first.publish("Steadies", "Steady");
        var key = first.register("steady", "Steadies").required("key").asString();
        followed(() -> plant(second, "/steady", key).send().status() == 200);
        var answer = first.importVariant(
                DemoBundles.API_KEY_PROXY,
                "Steady",
                "/steady",
                text -> text.replace("<VerifyAPIKey", "<VerifyNothing"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        Answer refused = first.manage("POST", "/proxies/Steady/deploy").send();
        assertThat(refused.status()).as(refused.text()).isBetween(400, 499);
        assertThat(refused.json().required("code").asString()).isEqualTo("api-proxy-not-deployable");
        for (var gateway : new GatewayLandscape[] {first, second}) {
            assertThat(plant(gateway, "/steady", key).send().status()).isEqualTo(200);
            assertThat(plant(gateway, "/steady", "wrong").send().status()).isEqualTo(401);
        }
    }

    @Test
    void oneThatIsKilledLosesNothing() {
        second.deployVariant(DemoBundles.API_KEY_PROXY, "Kept", "/kept", text -> text);
        second.publish("KeptProduct", "Kept");
        var key = second.register("kept", "KeptProduct").required("key").asString();
        var token = second.token();
        second.kill();
        assertThat(first.withToken("GET", "/PlantSet", token).send().status()).isEqualTo(200);
        followed(() -> plant(first, "/kept", key).send().status() == 200);
        second = GatewayLandscape.another(home);
        assertThat(plant(second, "/kept", key).send().status()).isEqualTo(200);
        assertThat(second.withToken("GET", "/PlantSet", token).send().status()).isEqualTo(200);
    }
}
