package io.imaint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.Proxies;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.Settings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway whose proxies another process deploys. */
class GatewayIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private final GatewayRecords records = GatewayRecords.inMemory(InstantSource.system());
    private Gateway gateway;
    private Proxies elsewhere;

    @BeforeEach
    void start() {
        var settings = GatewaySettings.read(Settings.of(Map.of("home", home.toString(), "gateway-port", "0")));
        gateway = Gateway.start(records, settings, InstantSource.system());
        var configuration = new Configuration(records, settings.sealing().sealing(new SecureRandom()), kind -> {});
        elsewhere = new Proxies(configuration, Caller.system("elsewhere"), InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** A revision of a proxy that answers with a text. */
    private void deploy(String name, String basePath, String text) {
        var bundle = BundleChecksTest.bundle(
                "APIProxy/Demo.xml",
                "<APIProxy><name>%s</name><title>Demo</title></APIProxy>".formatted(name),
                "APIProxy/APIProxyEndPoint/default.xml",
                """
                <ProxyEndPoint><name>default</name><base_path>%s</base_path>
                <preFlow><request><steps><step><policy_name>p</policy_name></step></steps></request></preFlow>
                <routeRules><routeRule><name>r</name><targetEndPointName>default</targetEndPointName></routeRule></routeRules>
                </ProxyEndPoint>""".formatted(basePath),
                "APIProxy/Policy/p.xml",
                """
                <RaiseFault><FaultResponse><Set><StatusCode>200</StatusCode><Payload>%s</Payload></Set></FaultResponse>
                </RaiseFault>""".formatted(text));
        var read = BundleReader.read(new io.imaint.gateway.bundle.Bundle(name, bundle.files()))
                .proxy();
        var added = elsewhere.add(Proxies.Draft.of(read, bundle.files(), "", Optional.empty()));
        var unused =
                elsewhere.deploy(added, OptionalInt.of(added.value().latest().number()));
    }

    private String get(String path) {
        var request = HttpRequest.newBuilder(gateway.address().resolve(path)).build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (java.io.IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void movesBasePathsFromOneProxyToAnotherWithoutAGap() throws InterruptedException {
        deploy("One", "/one", "one-1");
        deploy("Two", "/two", "two-1");
        Awaitility.await()
                .until(() -> get("/one").equals("200 one-1") && get("/two").equals("200 two-1"));
        var seen = new ConcurrentSkipListSet<String>();
        var over = new AtomicBoolean();
        var clients = Stream.of("/one", "/two")
                .map(path -> Thread.ofVirtual().start(() -> {
                    while (!over.get()) {
                        seen.add(path + " " + get(path));
                    }
                }))
                .toList();

        deploy("One", "/two", "one-2");
        deploy("Two", "/one", "two-2");

        Awaitility.await()
                .until(() -> get("/one").equals("200 two-2") && get("/two").equals("200 one-2"));
        over.set(true);
        for (var client : clients) {
            client.join();
        }
        assertThat(seen)
                .isSubsetOf(Set.of("/one 200 one-1", "/two 200 two-1", "/one 200 two-2", "/two 200 one-2"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void servesTheBasePathOfAProxyThatStopsByAnotherAtOnce() throws InterruptedException {
        deploy("Old", "/same", "old");
        Awaitility.await().until(() -> get("/same").equals("200 old"));
        var seen = new ConcurrentSkipListSet<String>();
        var over = new AtomicBoolean();
        var client = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                seen.add(get("/same"));
            }
        });

        deploy("New", "/same", "new"); // Refused here until the other is not deployed any more.
        var unused = elsewhere.deploy(elsewhere.find("Old").orElseThrow(), OptionalInt.empty());

        Awaitility.await().until(() -> get("/same").equals("200 new"));
        over.set(true);
        client.join();
        assertThat(seen).isSubsetOf(Set.of("200 old", "200 new"));
    }

    @Test
    void servesTheFilesOfAProxyThatWasMadeAnew() {
        deploy("Demo", "/demo", "first");
        Awaitility.await().until(() -> get("/demo").equals("200 first"));

        var unused = elsewhere.deploy(elsewhere.find("Demo").orElseThrow(), OptionalInt.empty());
        assertThat(elsewhere.remove(elsewhere.find("Demo").orElseThrow())).isTrue();
        deploy("Demo", "/demo", "second"); // Revision 1 again.

        Awaitility.await().until(() -> get("/demo").equals("200 second"));
        assertThat(gateway.readiness()).isEqualTo(Readiness.READY);
        assertThat(Gateway.readiness(Gateway.STALE_AFTER)).isEqualTo(Readiness.READY);
        assertThat(Gateway.readiness(Duration.ofSeconds(301)).toString()).contains("not read for 301 seconds");
    }
}
