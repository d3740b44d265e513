package io.imaint.kernel.telemetry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Appends each record to a file. A full file becomes {@code imaint.log.1}, and so on; the oldest is deleted.
 *
 * <p>Several processes share the file: {@code imaint up} and the commands beside it. So each record opens the file anew,
 * and no process keeps writing to one that another has rotated away. Logs are rare enough for that.
 */
final class LogFile extends Handler {
    /** Days of an ordinary log; small enough to open in an editor. */
    static final long BYTES_MAX = 10L << 20;

    /** Rotated files that are kept beside the current one. */
    static final int ROTATED_MAX = 4;

    private final Path file;
    private final long bytesMax;

    LogFile(Formatter line, Path file) {
        this(line, file, BYTES_MAX);
    }

    LogFile(Formatter line, Path file, long bytesMax) {
        this.file = file;
        this.bytesMax = bytesMax;
        setFormatter(line);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        try {
            if (append(getFormatter().format(entry)) > bytesMax) {
                rotate();
            }
        } catch (IOException full) {
            reportError(null, full, ErrorManager.WRITE_FAILURE); // Once, on standard error.
        }
    }

    /** Appends in one call, so that lines of two processes never mix; returns the file's size. */
    private long append(String line) throws IOException {
        var attributes = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        try (var out = FileChannel.open(file, options, attributes)) {
            return write(out, line);
        } catch (NoSuchFileException noDirectory) {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (var out = FileChannel.open(file, options, attributes)) {
                return write(out, line);
            }
        }
    }

    private static long write(FileChannel out, String line) throws IOException {
        var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
        return out.size();
    }

    private void rotate() throws IOException {
        for (int number = ROTATED_MAX; number > 0; number--) {
            try {
                Files.move(rotated(number - 1), rotated(number), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException notYet) { // Not so many yet, or another process rotated first.
                assert number > 0;
            }
        }
    }

    private Path rotated(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public void flush() {} // Nothing is buffered.

    @Override
    public void close() {} // Nothing is held open.
}
