package io.imaint.kernel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.HttpProblem;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private static final Logger JUL = Logger.getLogger(FailureLogTest.class.getName());

    private final List<LogRecord> records = new ArrayList<>();
    private final FailureLog log = new FailureLog(System.getLogger(FailureLogTest.class.getName()));

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        JUL.addHandler(handler);
    }

    @AfterEach
    void end() {
        JUL.removeHandler(handler);
    }

    private List<String> lines() {
        return records.stream()
                .map(line -> line.getLevel() + " " + MessageFormat.format(line.getMessage(), line.getParameters()))
                .toList();
    }

    @Test
    void aStateIsOneLineHoweverOftenItIsMet() {
        for (int i = 0; i < 100; i++) {
            log.failed("cannot sweep", HttpProblem.BODY_INVALID.because("the store"));
        }
        log.succeeded("sweeps again");
        log.succeeded("sweeps again");
        log.failed("cannot sweep", HttpProblem.BODY_INVALID.because("the store"));
        assertThat(lines()).hasSize(3);
        assertThat(lines().getFirst()).startsWith("WARNING cannot sweep: ").contains("the store");
        assertThat(lines().get(1)).isEqualTo("INFO sweeps again");
        assertThat(records).allSatisfy(line -> assertThat(line.getThrown()).isNull());
    }

    @Test
    void anotherFailureIsAnotherState() {
        log.failed("cannot sweep", HttpProblem.BODY_INVALID.because("the store"));
        log.failed("cannot sweep", new IllegalStateException("a defect"));
        log.failed("cannot sweep", new IllegalStateException("a defect"));
        assertThat(lines()).hasSize(2);
        assertThat(records.getLast().getThrown()).hasMessage("a defect");
    }
}
