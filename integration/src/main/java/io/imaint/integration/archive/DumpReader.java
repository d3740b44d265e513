package io.imaint.integration.archive;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads a dump that {@link DumpWriter} wrote, line by line, and refuses anything else. */
final class DumpReader implements AutoCloseable {
    /** What a document may take; a line that never ends must not fill the memory. */
    private static final int LINE_BYTES_MAX = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final MessageDigest digest = DumpWriter.sha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[BUFFER_BYTES];
    private int length;

    private DumpReader(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        try {
            this.in = new GZIPInputStream(bytes, BUFFER_BYTES);
        } catch (IOException | RuntimeException refused) {
            bytes.close();
            throw refused;
        }
    }

    /**
     * Reads the first line only; what follows it may be damaged.
     *
     * @throws Failure {@link ArchiveProblem#DUMP_DAMAGED}, {@link ArchiveProblem#DUMP_NEWER} or
     *     {@link ArchiveProblem#DUMP_UNREADABLE}
     */
    static DumpHeader header(Path file) {
        return reading(file, DumpReader::header);
    }

    /**
     * Reads a whole dump. It is verified only when this returns, so a caller that stores the documents reads it twice.
     *
     * @throws Failure as {@link #header(Path)}
     */
    static DumpHeader read(Path file, BiConsumer<String, Document> sink) {
        return reading(file, reader -> reader.all(sink));
    }

    private interface Reading {
        DumpHeader read(DumpReader reader) throws IOException;
    }

    private static DumpHeader reading(Path file, Reading reading) {
        if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
            throw ArchiveProblem.DUMP_UNREADABLE.because(file.toString());
        }
        try (var reader = new DumpReader(file)) {
            return reading.read(reader);
        } catch (IOException | JacksonException | IllegalArgumentException damaged) {
            throw damaged(file, String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private static Failure damaged(Path file, String finding, @Nullable Throwable cause) {
        var detail = file + ": " + finding;
        return cause == null
                ? ArchiveProblem.DUMP_DAMAGED.because(detail)
                : ArchiveProblem.DUMP_DAMAGED.because(detail, cause);
    }

    private DumpHeader header() throws IOException {
        return DumpHeader.of(next());
    }

    private DumpHeader all(BiConsumer<String, Document> sink) throws IOException {
        var header = header();
        sum();
        var read = new LinkedHashMap<String, Long>();
        header.collections().keySet().forEach(name -> read.put(name, 0L));
        var document = next();
        while (!document.has("end")) {
            if (!(document.get("in") instanceof String collection)
                    || !(document.get("document") instanceof Document content)
                    || !read.containsKey(collection)) {
                throw new IllegalArgumentException("a line is none of a dump");
            }
            sum();
            read.merge(collection, 1L, Long::sum);
            sink.accept(collection, header.current(collection, content));
            document = next();
        }
        var counted = DumpHeader.counts(read);
        if (!counted.equals(document.get("end")) || !read.equals(header.collections())) {
            throw new IllegalArgumentException("it promises %s and holds %s".formatted(header.collections(), read));
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(document.get("sha256"))) {
            throw new IllegalArgumentException("its checksum is another than that of its content");
        }
        if (at < end || fill()) {
            throw new IllegalArgumentException("something follows its last line");
        }
        return header;
    }

    private void sum() {
        digest.update(line, 0, length);
    }

    /** The next line's document; the line itself, its end included, is in {@link #line} until the next call. */
    private Document next() throws IOException {
        length = 0;
        while (true) {
            if (at == end && !fill()) {
                throw new EOFException("it ends too early");
            }
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            boolean whole = stop < end;
            keep(whole ? stop + 1 : stop);
            if (whole) {
                return DocumentJson.read(line, length - 1);
            }
        }
    }

    private void keep(int to) {
        int more = to - at;
        if (length + more > LINE_BYTES_MAX) {
            throw new IllegalArgumentException("a line is longer than any of a dump");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(buffer, at, line, length, more);
        length += more;
        at = to;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
