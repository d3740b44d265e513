package io.imaint.services.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The file of published heads: who owns the store could rewrite the whole chain with new hashes, but not what was written
 * down elsewhere before. A line holds the time, the month as the name of the chain, the sequence and the hash:
 *
 * <pre>2026-11-29T20:00:00Z 2026-11 42 9f86d081…</pre>
 */
final class AuditHeads {
    static final String FILE = "audit-heads.log";

    private static final Pattern LINE = Pattern.compile("\\S+ (\\d{4}-\\d{2}) (\\d{1,18}) ([0-9a-f]{64})");

    private final Path file;

    AuditHeads(Path directory) {
        this.file = directory.resolve(FILE);
    }

    Path file() {
        return file;
    }

    /** Appends a head, durably, unless it is the last in the file. */
    void publish(AuditHead head, Instant at) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (var channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                var alone = channel.lock()) { // Of the processes that share the directory.
            assert alone.isValid();
            var text = Files.readString(file);
            int end = text.lastIndexOf('\n') + 1; // Behind it is what a full disk left of a line.
            var last = text.substring(text.lastIndexOf('\n', end - 2) + 1, end).strip();
            var content = " %s %d %s".formatted(head.month(), head.sequence(), head.hash());
            if (last.endsWith(content)) {
                return;
            }
            channel.truncate(end);
            channel.position(end);
            var line = ByteBuffer.wrap((at + content + "\n").getBytes(UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    /**
     * All published heads, the oldest first; none where there is no file.
     *
     * @throws IOException also when a line is none
     */
    List<AuditHead> read() throws IOException {
        var heads = new ArrayList<AuditHead>();
        if (!Files.exists(file)) {
            return heads;
        }
        var text = Files.readString(file);
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            var parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IOException("line %d is not a head".formatted(heads.size() + 1));
            }
            heads.add(new AuditHead(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3)));
        }
        return heads;
    }
}
