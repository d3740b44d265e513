package io.imaint.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.TargetFailure.Kind;
import io.imaint.gateway.wire.ServerTls.ClientCertificates;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullMarked
class TlsIT {
    static {
        Leaks.install();
    }

    @SuppressWarnings("NullAway.Init")
    private static WireCertificates server;

    @SuppressWarnings("NullAway.Init")
    private static WireCertificates client;

    @SuppressWarnings("NullAway.Init")
    private static WireCertificates stranger;

    @BeforeAll
    static void make() throws IOException, GeneralSecurityException {
        server = WireCertificates.make("localhost");
        client = WireCertificates.make("client");
        stranger = WireCertificates.make("stranger");
    }

    /** Answers with what was sent, and keeps who sent it. */
    private record Echo(LinkedBlockingQueue<Client> clients, boolean streamed) implements ExchangeHandler {
        Echo() {
            this(new LinkedBlockingQueue<>(), false);
        }

        @Override
        public boolean streams(Message head) {
            return streamed;
        }

        @Override
        public void handle(Exchange exchange) {
            clients.add(exchange.client());
            var answer = Message.response(200, "OK");
            answer.headers().set("X-Path", exchange.request().uri());
            answer.headers()
                    .set("X-Host", String.valueOf(exchange.request().headers().line("host")));
            answer.body(exchange.request().body());
            exchange.respond(answer, () -> {});
        }
    }

    private static ServerTls tls(WireCertificates own, ClientCertificates clients) {
        return new ServerTls(own.chain(), own.key(), clients, client.chain());
    }

    private static WireRig start(ServerTls tls, ExchangeHandler handler) throws IOException {
        return WireRig.start(
                WireRig.LIMITS, Optional.of(tls), WireLoops.start(1, InstantSource.system()), targets -> handler);
    }

    private static HttpResponse<String> ask(WireRig rig, Version version, SSLContext context, String body)
            throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(version).sslContext(context).build()) {
            var request = HttpRequest.newBuilder(rig.address().resolve("/a?b=c"))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }
    }

    @Test
    void speaksBothVersionsOverTls() throws Exception {
        var echo = new Echo();
        try (var rig = start(tls(server, ClientCertificates.NONE), echo)) {
            for (var version : Version.values()) {
                if (version != Version.HTTP_1_1 && version != Version.HTTP_2) {
                    continue;
                }
                var answer = ask(rig, version, server.trusting(), "hello");
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.body()).isEqualTo("hello");
                assertThat(answer.headers().firstValue("x-path")).hasValue("/a?b=c");
                assertThat(answer.headers().firstValue("x-host"))
                        .hasValue("127.0.0.1:" + rig.address().getPort());
                assertThat(answer.headers().firstValue("date")).isPresent();
                var told = echo.clients.take();
                assertThat(told.scheme()).isEqualTo("https");
                assertThat(told.tls().orElseThrow().protocol()).isEqualTo("TLSv1.3");
                assertThat(told.tls().orElseThrow().cipher()).startsWith("TLS_");
                assertThat(told.tls().orElseThrow().certificate()).isEmpty();
            }
        }
    }

    @Test
    void echoesLargeBodiesOverHttp2() throws Exception {
        var large = "0123456789".repeat(500_000);
        for (boolean streamed : List.of(false, true)) {
            try (var rig =
                    start(tls(server, ClientCertificates.NONE), new Echo(new LinkedBlockingQueue<>(), streamed))) {
                assertThat(ask(rig, Version.HTTP_2, server.trusting(), large).body())
                        .isEqualTo(large);
            }
        }
    }

    @Test
    void refusesBodiesThatAreTooBigOverHttp2() throws Exception {
        try (var rig = start(tls(server, ClientCertificates.NONE), new Echo())) {
            var answer = ask(rig, Version.HTTP_2, server.trusting(), "x".repeat((10 << 20) + 1));
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("protocol.http.TooBigBody");
        }
    }

    @Test
    void asksClientsForCertificates() throws Exception {
        var echo = new Echo();
        try (var rig = start(tls(server, ClientCertificates.NEED), echo)) {
            ask(rig, Version.HTTP_2, server.trusting(client), "");
            assertThat(echo.clients.take().tls().orElseThrow().certificate().orElseThrow())
                    .isEqualTo(client.certificate().getEncoded());
            assertThatThrownBy(() -> ask(rig, Version.HTTP_1_1, server.trusting(), ""))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ask(rig, Version.HTTP_1_1, server.trusting(stranger), ""))
                    .isInstanceOf(IOException.class);
            assertThat(echo.clients).isEmpty();
        }
        try (var rig = start(tls(server, ClientCertificates.WANT), echo)) {
            ask(rig, Version.HTTP_1_1, server.trusting(), "");
            assertThat(echo.clients.take().tls().orElseThrow().certificate()).isEmpty();
        }
    }

    @Test
    void showsAnotherCertificateWithoutRestart() throws Exception {
        var renewed = WireCertificates.make("localhost");
        try (var rig = start(tls(server, ClientCertificates.NONE), new Echo())) {
            assertThatThrownBy(() -> ask(rig, Version.HTTP_1_1, renewed.trusting(), ""))
                    .isInstanceOf(SSLException.class);
            assertThatThrownBy(
                            () -> rig.server.reload(new ServerTls("no", new Secret("no"), ClientCertificates.NONE, "")))
                    .isInstanceOf(SSLException.class);
            assertThat(ask(rig, Version.HTTP_1_1, server.trusting(), "a").body())
                    .isEqualTo("a");
            rig.server.reload(tls(renewed, ClientCertificates.NONE));
            assertThat(ask(rig, Version.HTTP_1_1, renewed.trusting(), "a").body())
                    .isEqualTo("a");
        }
    }

    /** The stores of this test. */
    private record Stores() implements TlsMaterial {
        @Override
        public Optional<List<X509Certificate>> trusted(String store) {
            try {
                return store.equals("trust") ? Optional.of(List.of(server.certificate())) : Optional.empty();
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException(broken);
            }
        }

        @Override
        public Optional<Key> key(String store) {
            return switch (store) {
                case "client" -> Optional.of(new Key(client.key(), client.chain()));
                case "stranger" -> Optional.of(new Key(stranger.key(), stranger.chain()));
                default -> Optional.empty();
            };
        }
    }

    private static TargetCall call(URI address, String trust, String key) {
        return new TargetCall(
                address.toString(),
                null,
                Message.request("GET", "/a", ""),
                TargetCall.CONNECT_TIMEOUT,
                TargetCall.READ_TIMEOUT,
                false,
                trust,
                key);
    }

    @Test
    void asksTargetsOverTlsWithTheStoresOfTheirNames() throws Exception {
        try (var rig = start(tls(server, ClientCertificates.NEED), new Echo());
                var targets = new TargetClient(rig.loops, WireRig.LIMITS, new Stores())) {
            assertThat(targets.exchange(call(rig.address(), "trust", "client")).status())
                    .isEqualTo(200);
            for (var names :
                    List.of(List.of("", "client"), List.of("nothing", "client"), List.of("trust", "nothing"))) {
                var failed = catchThrowableOfType(
                        TargetFailure.class,
                        () -> targets.exchange(call(rig.address(), names.getFirst(), names.getLast())));
                assertThat(failed.kind()).as("%s", names).isEqualTo(Kind.UNREACHABLE);
            }
            // In TLS 1.3 a server refuses a client's certificate when the client thinks that all is well.
            assertThatThrownBy(() -> targets.exchange(call(rig.address(), "trust", "stranger")))
                    .isInstanceOf(TargetFailure.class);
        }
    }

    @Test
    void tellsTargetsTheNameOfTheHostThatIsMeant() throws Exception {
        var named = new CompletableFuture<String>();
        var telling = new ExchangeHandler() {
            @Override
            public boolean streams(Message head) {
                return false;
            }

            @Override
            public void handle(Exchange exchange) {
                named.complete(exchange.client().tls().orElseThrow().serverName());
                exchange.respond(WireRig.text("ok"), () -> {});
            }
        };
        try (var rig = start(tls(server, ClientCertificates.NONE), telling);
                var targets = new TargetClient(rig.loops, WireRig.LIMITS, new Stores())) {
            var local = URI.create(rig.address().toString().replace("127.0.0.1", "localhost"));
            assertThat(targets.exchange(call(local, "trust", "")).status()).isEqualTo(200);
            assertThat(named.get()).isEqualTo("localhost");
        }
    }

    @Test
    void refusesATargetOfAnotherName() throws Exception {
        try (var rig = start(tls(server, ClientCertificates.NONE), new Echo());
                var targets = new TargetClient(rig.loops, WireRig.LIMITS, new Stores())) {
            var other = URI.create(rig.address().toString().replace("127.0.0.1", "127.0.0.2"));
            var failed = catchThrowableOfType(TargetFailure.class, () -> targets.exchange(call(other, "trust", "")));
            assertThat(failed.kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }
}
