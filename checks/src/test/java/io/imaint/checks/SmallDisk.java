package io.imaint.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of some megabytes, in memory, that a test can fill. Closing it unmounts it in any case. */
final class SmallDisk implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final int PIECE_BYTES = 1024;

    private final Path directory;
    private final Path filler;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
    }

    /** Mounts one below a directory; aborts the test with the reason where this user may not mount. */
    static SmallDisk mount(Path parent, int megabytes) {
        try {
            var directory = Files.createDirectory(parent.resolve("disk"));
            var said = run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
            if (!said.isEmpty()) {
                Files.delete(directory);
                abort("a small disk cannot be mounted: run this test as root on Linux (" + said + ")");
            }
            return new SmallDisk(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** Fills it to the last byte but some. */
    void fill(long free) {
        try {
            long piece = directory.toFile().getUsableSpace() - free;
            try (var out = new BufferedOutputStream(
                    Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND), PIECE_BYTES)) {
                for (long written = 0; written < piece || free == 0; written += PIECE_BYTES) {
                    out.write(new byte[PIECE_BYTES]);
                }
            }
        } catch (IOException full) {
            if (free > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Frees what was filled. */
    void free() {
        try {
            Files.delete(filler);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Unmounts it, from under a process that still uses it if need be. */
    @Override
    public void close() {
        var said = run("umount", "-l", directory.toString());
        if (!said.isEmpty()) {
            throw new AssertionError("the small disk stays mounted: " + said);
        }
    }

    /** What a command complains of; empty when it succeeds. */
    private static String run(String... command) {
        try {
            var process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return command[0] + " does not end";
            }
            return process.exitValue() == 0 ? "" : said.isEmpty() ? command[0] + " failed" : said;
        } catch (IOException missing) {
            return String.valueOf(missing.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }
}
