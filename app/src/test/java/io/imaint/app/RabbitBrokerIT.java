package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import io.imaint.integration.broker.Broker;
import io.imaint.integration.broker.BrokerService;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: RabbitMQ keeps the contract, and nothing depends on it being there. Method: a real server, killed and restarted. */
class RabbitBrokerIT extends BrokerContract {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // Set by start.
    private static ExternalServer server;

    @SuppressWarnings("NullAway") // The server is started before any instance is made.
    private final Broker broker = open(server.port(), "guest:guest@");

    @BeforeAll
    static void start() throws IOException {
        server = ExternalServer.rabbitMq(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Broker open(int port, String login) {
        var settings = Settings.of(Map.of("amqp-uri", "amqp://%s127.0.0.1:%d".formatted(login, port)));
        var services = BackingServices.read(settings);
        settings.verify();
        return BrokerService.open(services);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Override
    Broker broker() {
        return broker;
    }

    @Override
    void deadLetter(String message) {
        var factory = new ConnectionFactory();
        factory.setPort(server.port());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            await().atMost(LONG).untilAsserted(() -> {
                var letter = channel.basicGet("imaint.%s.dead-letters".formatted(queue), true);
                assertThat(letter).isNotNull();
                assertThat(new String(letter.getBody(), StandardCharsets.UTF_8)).isEqualTo(message);
            });
        } catch (IOException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Readiness readiness(Broker broker) {
        return ((Readiness.Reporting) broker).readiness();
    }

    /** As a producer with a sweeper does. */
    private void publishUntilTaken(String message) {
        await().atMost(LONG).ignoreExceptionsInstanceOf(Failure.class).until(() -> {
            broker.publish(queue, message);
            return true;
        });
    }

    /** A new queue outlives a kill only when RabbitMQ has noted it, which it does at its leisure and when it is stopped. */
    private void restartInOrder() throws IOException {
        server.close();
        server.restart();
    }

    @Test
    void everythingGoesOnAfterRabbitMqWasRestartedAndKilled() throws IOException {
        var got = ConcurrentHashMap.<String>newKeySet();
        try (var consumption = broker.consume(queue, 4, got::add)) {
            assertThat(consumption).isNotNull();
            publishUntilTaken("before");
            await().atMost(LONG).until(() -> got.contains("before"));
            restartInOrder();
            publishUntilTaken("after the restart");
            await().atMost(LONG).until(() -> got.contains("after the restart"));
            server.kill();
            await().atMost(LONG).until(() -> readiness(broker).detail().startsWith("degraded: amqp://127.0.0.1"));
            assertThat(readiness(broker).ready()).isTrue();
            assertThatThrownBy(() -> broker.publish(queue, "in between"))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            refused -> assertThat(refused.code().name()).isEqualTo("BROKER_UNREACHABLE"));
            server.restart();
            IntStream.range(0, 20).forEach(each -> publishUntilTaken("after " + each));
            await().atMost(LONG).until(() -> got.size() == 22);
            assertThat(readiness(broker)).isEqualTo(Readiness.READY);
            assertThat(got).doesNotContain("in between");
        }
    }

    @Test
    void messagesOutliveRabbitMqsEnd() throws IOException {
        publishUntilTaken("first");
        restartInOrder();
        publishUntilTaken("second");
        server.kill();
        server.restart();
        try (var consumption = broker.consume(queue, 1, consumed::add)) {
            assertThat(consumption).isNotNull();
            await().atMost(LONG).until(() -> consumed.containsAll(List.of("first", "second")));
        }
    }

    @Test
    void aQueueThatSomebodyDeletesIsMadeAnew() throws IOException, TimeoutException {
        try (var consumption = broker.consume(queue, 1, consumed::add)) {
            assertThat(consumption).isNotNull();
            var factory = new ConnectionFactory();
            factory.setPort(server.port());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.queueDelete("imaint." + queue);
            }
            publishUntilTaken("in the new one");
            await().atMost(LONG).until(() -> consumed.contains("in the new one"));
        }
    }

    @Test
    void aRefusedPasswordIsNamedWithoutBeingShown() {
        try (var refused = open(server.port(), "guest:opensesame@")) {
            await().atMost(LONG).until(() -> readiness(refused).detail().startsWith("degraded"));
            assertThat(readiness(refused).detail() + refused.description())
                    .contains("ACCESS_REFUSED")
                    .doesNotContain("opensesame", "guest");
            assertThatThrownBy(() -> refused.publish(queue, "m"))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failed -> assertThat(failed.code().name()).isEqualTo("BROKER_REFUSED"))
                    .hasMessageNotContaining("opensesame");
        }
    }

    @Test
    void withoutRabbitMqItStartsAllTheSame() throws IOException {
        try (var none = open(ExternalServer.freePort(), "")) {
            assertThat(readiness(none).ready()).isTrue();
            assertThatThrownBy(() -> none.publish(queue, "m")).hasMessageContaining("BROKER_UNREACHABLE");
            none.consume(queue, 1, consumed::add).close();
        }
    }
}
