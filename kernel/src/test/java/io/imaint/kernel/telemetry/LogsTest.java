package io.imaint.kernel.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class LogsTest {
    private static final System.Logger LOG = System.getLogger("io.imaint.test.Pump");
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private void configure(boolean json, Level level) {
        Logs.configure(level, Logs.to(new PrintStream(written, true, StandardCharsets.UTF_8), json));
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void restore() {
        Logs.configure(Level.INFO, Logs.to(System.err, false));
    }

    @Test
    void writesOneJsonObjectPerLineWithTheRequestId() {
        configure(true, Level.INFO);
        ScopedValue.where(RequestId.scoped(), "abc").run(() -> LOG.log(Level.WARNING, "over {0}\nforged", "10 bar"));
        LOG.log(Level.ERROR, "burst", new IllegalStateException("seal"));
        var lines = written().lines().toList();
        assertThat(lines).hasSize(2);
        var first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.get("message").asString()).isEqualTo("over 10 bar\nforged");
        assertThat(first.get("level").asString()).isEqualTo("WARNING");
        assertThat(first.get("logger").asString()).isEqualTo("io.imaint.test.Pump");
        assertThat(first.get("requestId").asString()).isEqualTo("abc");
        var second = new JsonMapper().readTree(lines.getLast());
        assertThat(second.has("requestId")).isFalse();
        assertThat(second.get("exception").asString()).contains("IllegalStateException: seal");
    }

    @Test
    void writesLinesForPeopleThatNoMessageCanForge() {
        configure(false, Level.INFO);
        ScopedValue.where(RequestId.scoped(), "abc").run(() -> LOG.log(Level.INFO, "pump\nERROR forged"));
        assertThat(written()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO    Pump: pump\\\\nERROR forged \\[abc]\\R");
    }

    @Test
    void heedsTheLevelForOurPackagesOnly() {
        configure(false, Level.DEBUG);
        LOG.log(Level.DEBUG, "ours");
        LOG.log(Level.TRACE, "too fine");
        System.getLogger("org.other").log(Level.DEBUG, "theirs");
        assertThat(written()).contains("ours").doesNotContain("theirs").doesNotContain("too fine");
    }

    @Test
    void appendsToAFileAndRotatesItBySize(@TempDir Path folder) throws IOException {
        var file = folder.resolve("logs").resolve("imaint.log");
        Logs.configure(Level.INFO, new LogFile(new TextLine(), file, 200));
        assertThat(file).doesNotExist();
        for (int number = 1; number <= 40; number++) {
            LOG.log(Level.INFO, "record {0} of the pump", number);
        }
        assertThat(files(folder.resolve("logs")))
                .contains("imaint.log.1", "imaint.log.4")
                .doesNotContain("imaint.log.5");
        assertThat(Files.readString(file.resolveSibling("imaint.log.1"))).hasSizeBetween(200, 300);
        assertThat(Files.getPosixFilePermissions(file.resolveSibling("imaint.log.1")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }
}
