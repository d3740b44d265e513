package io.imaint.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a deployment fails no request, and each request runs through one revision from end to end. Method: the request part and
 * the response part of each revision stamp its number; the target sends the first stamp back, after a moment in which
 * deployments happen.
 */
class DeployUnderLoadIT {
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 24;
    private static final int SWAPS = 50;

    /** The swap at which a bundle comes that can't run, and the one that is taken back. */
    private static final int BROKEN_AT = 20;

    private static final int ROLLED_BACK_AT = 35;
    private static final long TARGET_MS_MAX = 12;

    @TempDir
    private Path home = Path.of("");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofMinutes(1))
            .build();
    private final AtomicInteger begun = new AtomicInteger();
    private final Set<String> revisionsSeen = ConcurrentHashMap.newKeySet();
    private HttpServer target;
    private Gateway gateway;
    private Proxies proxies;

    @BeforeEach
    void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", exchange -> {
            var stamp = String.valueOf(exchange.getRequestHeaders().getFirst("X-Request-Revision"));
            // A target that takes its time, so that requests are on their way when revisions change.
            LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextLong(TARGET_MS_MAX))
                    .toNanos());
            var body = stamp.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        target.start();
        var settings = Settings.of(Map.of("home", home.toString(), "gateway-port", "0"));
        gateway = Gateway.start(
                new InMemoryRecords(InstantSource.system()), GatewaySettings.read(settings), InstantSource.system());
        proxies = new Proxies(gateway.configuration(), Caller.system("test"), InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.close();
        target.stop(0);
        http.close();
    }

    @Test
    void requestsRunThroughOneRevisionWhileFiftyAreDeployed() throws Exception {
        deploy(add(bundle(1, "")), 1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Integer>>();
            for (int client = 0; client < CLIENTS; client++) {
                running.add(clients.submit(() -> {
                    int answered = 0;
                    for (; begun.incrementAndGet() <= REQUESTS; answered++) {
                        revisionsSeen.add(revisionOfOneRequest());
                    }
                    return answered;
                }));
            }
            for (int swap = 1; swap <= SWAPS; swap++) {
                int due = swap * REQUESTS / (SWAPS + 1);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> begun.get() >= due || running.stream().anyMatch(Future::isDone));
                swap(swap);
            }
            int answered = 0;
            for (var one : running) {
                answered += one.get();
            }
            assertThat(answered).isEqualTo(REQUESTS);
        }
        assertThat(revisionsSeen).hasSizeGreaterThan(SWAPS / 2);
    }

    /** Deploys another revision, and sees that requests which begin now run through it. */
    private void swap(int swap) throws Exception {
        int before = standing().value().deployed().orElseThrow();
        if (swap == BROKEN_AT) {
            deploy(add(bundle(0, "<step><policy_name>missing</policy_name></step>")), before + 1);
            assertThat(revisionOfOneRequest()).isEqualTo(Integer.toString(before));
            deploy(standing(), before);
        } else if (swap == ROLLED_BACK_AT) {
            deploy(standing(), before - 1);
            assertThat(revisionOfOneRequest()).isEqualTo(Integer.toString(before - 1));
        } else {
            int next = standing().value().latest().number() + 1;
            deploy(add(bundle(next, "")), next);
            assertThat(revisionOfOneRequest()).isEqualTo(Integer.toString(next));
        }
    }

    private Kept<ProxyRecord> standing() {
        return proxies.find("Stamped").orElseThrow();
    }

    private Kept<ProxyRecord> add(Bundle bundle) {
        var read = BundleReader.read(bundle).proxy();
        return proxies.add(Proxies.Draft.of(read, bundle.files(), "", Optional.empty()));
    }

    private void deploy(Kept<ProxyRecord> proxy, int revision) {
        assertThat(proxies.deploy(proxy, OptionalInt.of(revision))).isInstanceOf(Written.Done.class);
    }

    /** The revision whose stamps a request has; both are the same. */
    private String revisionOfOneRequest() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway.address() + "/stamped/orders"))
                .timeout(Duration.ofMinutes(1))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Response-Revision")).hasValue(answer.body());
        return answer.body();
    }

    private Bundle bundle(int revision, String step) {
        var files = new TreeMap<String, byte[]>();
        var whole = "<APIProxy><name>Stamped</name><title>Stamped</title><service_code>REST</service_code></APIProxy>";
        files.put("APIProxy/Stamped.xml", whole.getBytes(UTF_8));
        files.put("APIProxy/APIProxyEndPoint/default.xml", """
                <ProxyEndPoint default="true">
                    <name>default</name>
                    <base_path>/stamped</base_path>
                    <routeRules>
                        <routeRule><name>default</name><targetEndPointName>default</targetEndPointName></routeRule>
                    </routeRules>
                    <preFlow>
                        <name>PreFlow</name>
                        <request>
                            <isRequest>true</isRequest>
                            <steps><step><policy_name>stampRequest</policy_name></step>%s</steps>
                        </request>
                        <response>
                            <isRequest>false</isRequest>
                            <steps><step><policy_name>stampResponse</policy_name></step></steps>
                        </response>
                    </preFlow>
                </ProxyEndPoint>
                """.formatted(step).getBytes(UTF_8));
        files.put("APIProxy/APITargetEndPoint/default.xml", """
                <TargetEndPoint><name>default</name><url>http://127.0.0.1:%d/</url></TargetEndPoint>
                """.formatted(
                target.getAddress().getPort()).getBytes(UTF_8));
        files.put("APIProxy/Policy/stampRequest.xml", stamp("request", "X-Request-Revision", revision));
        files.put("APIProxy/Policy/stampResponse.xml", stamp("response", "X-Response-Revision", revision));
        return new Bundle("Stamped", files);
    }

    private static byte[] stamp(String message, String header, int revision) {
        return """
                <AssignMessage xmlns="http://www.sap.com/apimgmt">
                    <Set><Headers><Header name="%s">%d</Header></Headers></Set>
                    <AssignTo createNew="false" type="%s"/>
                </AssignMessage>
                """.formatted(header, revision, message).getBytes(UTF_8);
    }
}
