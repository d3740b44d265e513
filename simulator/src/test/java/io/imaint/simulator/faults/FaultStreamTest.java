package io.imaint.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: bodies trickle and break off to the byte. Method: streams over memory, and pauses that are only noted down. */
class FaultStreamTest {
    private static final byte[] BODY = new byte[1000];

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Duration> pauses = new ArrayList<>();

    private Duration paused() {
        return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Test
    void bytesTrickle() throws IOException {
        try (var slow = new SlowStream(sent, 100, pauses::add)) {
            slow.write(BODY);
            slow.write('x');
        }
        assertThat(sent.size()).isEqualTo(1001);
        assertThat(paused()).isEqualTo(Duration.ofMillis(10_010));
        assertThat(pauses).allMatch(pause -> pause.toMillis() <= 50);
    }

    @Test
    void oneByteInASecondIsTheSlowest() throws IOException {
        try (var slow = new SlowStream(sent, 1, pauses::add)) {
            slow.write(BODY, 5, 3);
        }
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void realTimePassesUnlessTheThreadIsInterrupted() {
        long before = System.nanoTime();
        Pause.REAL.pass(Duration.ofMillis(2));
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2_000_000);
        Thread.currentThread().interrupt();
        Pause.REAL.pass(Duration.ofDays(1));
        assertThat(Thread.interrupted()).isTrue();
    }
}
