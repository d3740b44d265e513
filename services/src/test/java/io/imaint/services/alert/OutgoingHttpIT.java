package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goal: a webhook reaches its receiver and nothing inside the network. Method: real servers on loopback. */
class OutgoingHttpIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-29T08:00:00Z"));

    private final Receiver receiver = Receiver.start();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void postsToAnAddressThatAnAdministratorAllows() {
        assertThat(deliver(allowing())).isEqualTo(new Outcome.Delivered());
        assertThat(receiver.received().getFirst().header("X-Test")).isEqualTo("1");
        assertThat(receiver.received().getFirst().body()).asString().isEqualTo("{}");
    }

    @Test
    void callsNoLoopbackAddressUnlessItIsAllowed() {
        var http = http(List.of(), InetAddress::getAllByName);
        assertThat(http.deliver(URI.create(receiver.url().replace("http:", "https:")), Map.of(), new byte[0]))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void connectsToNoAddressButTheOneThatWasChecked() {
        var calls = new AtomicInteger();
        var http = http(List.of(), host ->
                new InetAddress[] {InetAddress.ofLiteral(calls.getAndIncrement() == 0 ? "1.1.1.1" : "127.0.0.1")});
        var url = URI.create(receiver.url().replace("http:", "https:").replace("127.0.0.1", "changing.example"));

        assertThat(http.deliver(url, Map.of(), new byte[0]))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).contains("127.0.0.1"));
        assertThat(calls).hasValue(2);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void followsNoRedirect() {
        try (var inside = Receiver.start()) {
            receiver.answers(307, Map.of("Location", inside.url()));
            assertThat(deliver(allowing()))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.reason()).contains("redirects"));
            assertThat(inside.received()).isEmpty();
        }
    }

    @Test
    void hearsHowLongTheReceiverWantsToBeLeftAlone() {
        receiver.answers(503, Map.of("Retry-After", "120"));
        assertThat(deliver(allowing())).isEqualTo(new Outcome.Failed("status 503", 503, Duration.ofMinutes(2)));
        receiver.answers(429, Map.of("Retry-After", "Sun, 29 Nov 2026 08:01:00 GMT"));
        assertThat(deliver(allowing())).isEqualTo(new Outcome.Failed("status 429", 429, Duration.ofMinutes(1)));
        receiver.answers(503, Map.of("Retry-After", "soon"));
        assertThat(deliver(allowing())).isEqualTo(new Outcome.Failed("status 503", 503, null));
    }

    @Test
    void saysWhenNobodyAnswers() {
        receiver.close();
        assertThat(deliver(allowing())).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void leavesAReceiverThatSendsOneByteNowAndThen() throws Exception {
        var closed = new CompletableFuture<Boolean>();
        var stopped = new CountDownLatch(1);
        try (var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Drip: ".getBytes(StandardCharsets.UTF_8));
                    while (!stopped.await(50, TimeUnit.MILLISECONDS)) {
                        connection.getOutputStream().write('x');
                    }
                } catch (IOException hungUp) {
                    closed.complete(true);
                } catch (InterruptedException ended) {
                    closed.complete(false);
                }
            });
            var http = new OutgoingHttp(
                    new OutgoingAddresses(List.of("127.0.0.1"), InetAddress::getAllByName),
                    CLOCK,
                    Duration.ofSeconds(1));
            var url = URI.create("http://127.0.0.1:%d/".formatted(server.getLocalPort()));

            assertThat(http.deliver(url, Map.of(), new byte[0]))
                    .isEqualTo(new Outcome.Failed("the attempt was ended after 1 s"));
            assertThat(closed.get(1, TimeUnit.MINUTES)).isTrue();
            stopped.countDown();
        }
    }

    @Test
    void refusesUrlsThatAreNotPlainHttps() {
        var http = http(List.of(), host -> new InetAddress[] {InetAddress.ofLiteral("1.1.1.1")});
        for (var url : List.of(
                "http://public.example/", "ftp://public.example/", "https://user@public.example/", "https:///x")) {
            assertThatThrownBy(() -> http.check(URI.create(url))).as(url).hasMessageContaining("ADDRESS_REFUSED");
        }
        http.check(URI.create("https://public.example:8443/hook?tenant=1"));
    }

    private Outcome deliver(OutgoingHttp http) {
        return http.deliver(URI.create(receiver.url()), Map.of("X-Test", "1"), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private static OutgoingHttp allowing() {
        return http(List.of("127.0.0.1"), InetAddress::getAllByName);
    }

    private static OutgoingHttp http(List<String> allowed, OutgoingAddresses.Resolver resolver) {
        return new OutgoingHttp(new OutgoingAddresses(allowed, resolver), CLOCK);
    }
}
