package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.app.Check.Finding;
import io.imaint.app.Check.State;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: a broker and a Redis that can be used are told from everything else behind a port, and what is wrong is named.
 * Method: real servers, and fakes that stay silent, speak another protocol or break off.
 */
class ServiceProbesIT {
    /** For fakes, which answer at once or never. */
    private static final Duration SHORT = Duration.ofMillis(300);

    private static final String AMQP_OTHER_VERSION = "AMQP\0\1\0\0";

    private static Finding broker(String uri, Duration patience) {
        return new AmqpProbe(services("amqp-uri", uri).amqp().getFirst(), patience).find();
    }

    private static Finding redis(String uri, Duration patience) {
        return new RedisProbe(services("redis-uri", uri).redis().getFirst(), patience).find();
    }

    private static BackingServices services(String key, String uri) {
        var settings = Settings.of(Map.of(key, uri));
        var read = BackingServices.read(settings);
        settings.verify();
        return read;
    }

    @Test
    void aRealRedisIsAskedWithItsPassword(@TempDir Path folder) throws IOException {
        try (var server = ExternalServer.redis(folder, "--requirepass", "se/cret")) {
            var host = "127.0.0.1:" + server.port();
            var right = redis("redis://:se%2Fcret@" + host, ServiceConnection.PATIENCE);
            assertThat(right.state()).as(right.reason()).isEqualTo(State.OK);
            assertThat(right.reason()).contains("takes the password", "PING");
            assertThat(redis("redis://default:se%2Fcret@" + host + "/3", ServiceConnection.PATIENCE)
                            .state())
                    .isEqualTo(State.OK);
            var wrong = redis("redis://:guess@" + host, ServiceConnection.PATIENCE);
            assertThat(wrong.state()).isEqualTo(State.FAIL);
            assertThat(wrong.reason()).contains("WRONGPASS").doesNotContain("guess");
            var none = redis("redis://" + host, ServiceConnection.PATIENCE);
            assertThat(none.reason()).contains("NOAUTH");
            assertThat(none.remedy()).contains("redis-uri");
            assertThat(redis("redis://:se%2Fcret@" + host + "/99", ServiceConnection.PATIENCE)
                            .reason())
                    .contains("no database 99");
            assertThat(broker("amqp://" + host, SHORT).state()).isEqualTo(State.FAIL);
        }
    }

    @Test
    void aRedisWithoutAPasswordTakesNone(@TempDir Path folder) throws IOException {
        try (var server = ExternalServer.redis(folder)) {
            var host = "127.0.0.1:" + server.port();
            assertThat(redis("redis://" + host, ServiceConnection.PATIENCE).state())
                    .isEqualTo(State.OK);
            var needless = redis("redis://:guess@" + host, ServiceConnection.PATIENCE);
            assertThat(needless.state()).isEqualTo(State.FAIL);
            assertThat(needless.remedy()).contains("requirepass");
        }
    }

    @Test
    @Tag("long")
    void aRealBrokerIsLoggedOnToAndItsVirtualHostOpened(@TempDir Path folder) throws IOException {
        try (var server = ExternalServer.rabbitMq(folder)) {
            var host = "127.0.0.1:" + server.port();
            var guest = broker("amqp://" + host, ServiceConnection.PATIENCE);
            assertThat(guest.state()).as(guest.reason()).isEqualTo(State.OK);
            assertThat(guest.reason()).contains("RabbitMQ 3.", "guest", "virtual host /");
            assertThat(broker("amqp://guest:guest@" + host + "/%2F", ServiceConnection.PATIENCE)
                            .state())
                    .isEqualTo(State.OK);
            var wrong = broker("amqp://guest:opensesame@" + host, ServiceConnection.PATIENCE);
            assertThat(wrong.state()).isEqualTo(State.FAIL);
            assertThat(wrong.reason())
                    .contains("refuses guest", "ACCESS_REFUSED")
                    .doesNotContain("opensesame");
            assertThat(wrong.remedy()).contains("amqp-uri");
            var nowhere = broker("amqp://" + host + "/nowhere", ServiceConnection.PATIENCE);
            assertThat(nowhere.state()).isEqualTo(State.FAIL);
            assertThat(nowhere.reason()).contains("virtual host nowhere", "not found");
            var tls = broker("amqps://" + host, ServiceConnection.PATIENCE);
            assertThat(tls.state()).isEqualTo(State.FAIL);
            assertThat(tls.reason()).contains("TLS");
            var other = redis("redis://" + host, ServiceConnection.PATIENCE);
            assertThat(other.state()).as(other.reason()).isEqualTo(State.FAIL);
        }
    }

    @Test
    void aPortThatStaysSilentIsNotWaitedForLong() throws IOException {
        try (var silent = Answering.never()) {
            for (var found : new Finding[] {
                broker("amqp://127.0.0.1:" + silent.port(), SHORT),
                redis("redis://127.0.0.1:" + silent.port(), SHORT),
                redis("rediss://127.0.0.1:" + silent.port(), SHORT)
            }) {
                assertThat(found.state()).isEqualTo(State.FAIL);
                assertThat(found.reason()).contains("stays silent for 300 ms");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\1\0\0\177\377\377\377\0\n\0\n",
                "\1\0\0\0\0\0\4\0\n\0\n\316",
                "\1\0\0\0\0\0\16\0\n\0\n\0\t\177\377\377\377\0\0\0\0\316",
                "\1\0\1\0\0\0\4\0\n\0\n\316",
                "\1\0\0\0\0\0\4\0\n\0\n!",
                "\1\0\0\0\0\0\4\0\24\0\n\316",
                AMQP_OTHER_VERSION,
                "$-1\r\n",
                ""
            })
    void whateverElseAnswersIsNoBrokerAndNoRedis(String answer) throws IOException {
        try (var other = new Answering(answer)) {
            var amqp = broker("amqp://127.0.0.1:" + other.port(), SHORT);
            assertThat(amqp.state()).as(amqp.reason()).isEqualTo(State.FAIL);
            assertThat(amqp.reason()).containsAnyOf("another protocol", "closes the connection", "breaks");
            var redis = redis("redis://127.0.0.1:" + other.port(), SHORT);
            assertThat(redis.state()).as(redis.reason()).isEqualTo(State.FAIL);
            assertThat(redis.reason()).containsAnyOf("another protocol", "closes the connection", "breaks");
            assertThat(amqp.remedy() + redis.remedy()).contains("amqps://", "rediss://");
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() throws IOException {
        try (var endless = new Answering("+" + "x".repeat(100_000))) {
            assertThat(redis("redis://127.0.0.1:" + endless.port(), SHORT).reason())
                    .contains("more than 1024 bytes");
        }
    }

    @Test
    void aClosedPortAndAnUnknownHostAreToldApart() throws IOException {
        var closed = redis("redis://127.0.0.1:" + ExternalServer.freePort(), SHORT);
        assertThat(closed.reason()).contains("refused");
        assertThat(closed.remedy()).contains("Start the service");
        assertThat(broker("amqp://nowhere.invalid", SHORT).reason()).contains("the host is unknown");
    }

    @Test
    void anAddressThatIsNoneIsReportedWithoutItsPassword() {
        for (var wrong : new String[] {
            "ftp://u:hunter2@h", "amqp:hunter2", "amqp://:hunter2@", "amqp://u:hunter2@h:99999", "amqp://h/?x=hunter2"
        }) {
            var settings = Settings.of(Map.of("amqp-uri", wrong));
            assertThat(BackingServices.read(settings).amqp()).as(wrong).isEmpty();
            assertThatThrownBy(settings::verify)
                    .hasMessageContaining("amqp-uri is no address such as amqps://")
                    .hasMessageNotContaining("hunter2");
        }
    }

    /** Says the same to everyone who connects and says something, and hangs up. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        private Answering() throws IOException {}

        Answering(String answer) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var client = socket.accept()) {
                        client.getInputStream().read(new byte[8]);
                        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
                    } catch (SocketException closed) {
                        System.getLogger("test").log(System.Logger.Level.DEBUG, "the probe hung up", closed);
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                }
            });
        }

        /** Lets everyone connect, by the backlog of the port alone. */
        static Answering never() throws IOException {
            return new Answering();
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
