package io.imaint.simulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file that outlives the program: one line per change. A line is in the operating system's hands before its change is
 * acknowledged, so it survives the end of this program by any means; a machine that loses its power may lose the last
 * second, which a simulator may.
 */
final class Journal implements AutoCloseable {
    /** A change set of thousands of rows; a longer line means a damaged file. */
    private static final int LINE_BYTES_MAX = 64 * 1024 * 1024;

    private static final int PIECE_BYTES = 64 * 1024;

    private final Path file;
    private final FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads a journal from its begin and leaves it open to append. A last line that was not finished is cut off: its
     * change was never acknowledged.
     *
     * @param first is written into a journal that does not exist yet
     */
    static Journal open(Path file, JournalLine first, Consumer<JournalLine> reader) {
        try {
            if (!Files.exists(file)) {
                replace(file, List.of(first));
            }
            long whole = read(file, reader);
            var channel = FileChannel.open(file, StandardOpenOption.WRITE);
            channel.truncate(whole);
            channel.position(whole);
            return new Journal(file, channel);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNREADABLE.because(file + ": " + failed, failed);
        }
    }

    /** Writes a whole new journal in place of the one there may be; there is always one or the other. */
    static void replace(Path file, List<JournalLine> lines) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (var out = FileChannel.open(
                    fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), StateFolder.OWNER_ONLY)) {
                for (var line : lines) {
                    write(out, line.bytes());
                }
                out.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(file + ": " + failed, failed);
        }
    }

    /** How many bytes the finished lines have. */
    private static long read(Path file, Consumer<JournalLine> reader) throws IOException {
        long whole = 0;
        int number = 0;
        try (var in = Files.newInputStream(file)) {
            var line = new ByteArrayOutputStream();
            var piece = new byte[PIECE_BYTES];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                int from = 0;
                for (int i = 0; i < count; i++) {
                    if (piece[i] == '\n') {
                        line.write(piece, from, i + 1 - from);
                        parse(file, ++number, line.toString(UTF_8), reader);
                        whole += line.size();
                        line.reset();
                        from = i + 1;
                    }
                }
                line.write(piece, from, count - from);
                if (line.size() > LINE_BYTES_MAX) {
                    throw damaged(file, number + 1, "is too long", null);
                }
            }
        }
        return whole;
    }

    private static void parse(Path file, int number, String line, Consumer<JournalLine> reader) {
        JournalLine parsed;
        try {
            parsed = JournalLine.parse(line);
        } catch (RuntimeException refused) {
            throw damaged(file, number, "cannot be read: " + refused.getMessage(), refused);
        }
        reader.accept(parsed);
    }

    private static Failure damaged(Path file, int line, String what, @Nullable RuntimeException cause) {
        var text = "%s, line %d %s".formatted(file, line, what);
        return cause == null
                ? StateProblem.SIMULATOR_STATE_UNREADABLE.because(text)
                : StateProblem.SIMULATOR_STATE_UNREADABLE.because(text, cause);
    }

    /**
     * Makes the changes of a journal those of a plant that begins at another position, so that delta tokens from before
     * are void.
     */
    static void renew(Path file, long origin) {
        var lines = new ArrayList<JournalLine>();
        try {
            read(file, lines::add);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNREADABLE.because(file + ": " + failed, failed);
        }
        if (lines.isEmpty()) {
            throw damaged(file, 1, "is missing", null);
        }
        lines.set(0, lines.getFirst().withOrigin(origin));
        lines.removeIf(line -> line.token() != null);
        replace(file, lines);
    }

    /** Appends a line; when that fails nothing of it remains. */
    void append(JournalLine line) {
        long before = -1;
        try {
            before = channel.position();
            write(channel, line.bytes());
        } catch (IOException failed) {
            undo(before);
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(file + ": " + failed, failed);
        }
    }

    private void undo(long before) {
        try {
            if (before >= 0) {
                channel.truncate(before);
                channel.position(before);
            }
        } catch (IOException stillFailing) {
            // The rest of a line without its end is cut off when the journal is opened again.
            System.getLogger(Journal.class.getName())
                    .log(System.Logger.Level.WARNING, "the journal could not be cut back", stillFailing);
        }
    }

    private static void write(FileChannel out, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /** How many bytes it has. */
    long size() {
        try {
            return channel.position();
        } catch (IOException closed) {
            return 0;
        }
    }

    @Override
    public void close() {
        try (channel) {
            channel.force(true);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(file + ": " + failed, failed);
        }
    }
}
