package io.imaint.integration.archive;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a dump, document by document.
 *
 * <pre>
 *  {"file":"imaintenance-dump","format":1,"version":…,"system":…,"created":…,"collections":{"Plants":3,…}}
 *  {"in":"Plants","document":{…}}          as many as the first line says, collection by collection
 *  {"end":{"Plants":3,…},"sha256":…}       of all bytes before this line
 * </pre>
 *
 * <p>The file has its name only when it is whole and on the disk. What a crash leaves ends in {@code .partial}.
 */
final class DumpWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DumpWriter.class.getName());
    static final String PARTIAL = ".partial";
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path target;
    private final Path partial;
    private final DumpHeader header;
    private final FileChannel channel;
    private final GZIPOutputStream gzip;
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final LinkedHashMap<String, Long> written = new LinkedHashMap<>();
    private boolean whole;

    private DumpWriter(Path target, DumpHeader header, UnaryOperator<OutputStream> disk) throws IOException {
        this.target = target;
        this.partial = target.resolveSibling(target.getFileName() + PARTIAL);
        this.header = header;
        if (Files.exists(target)) {
            throw ArchiveProblem.DUMP_EXISTS.because(target.toString());
        }
        Files.deleteIfExists(partial);
        this.channel = FileChannel.open(
                partial, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(target));
        try {
            this.gzip = new FastGzip(disk.apply(Channels.newOutputStream(channel)));
            this.out = new BufferedOutputStream(gzip, BUFFER_BYTES);
            header.collections().keySet().forEach(name -> written.put(name, 0L));
            write(header.document());
        } catch (IOException | RuntimeException failed) {
            channel.close();
            Files.deleteIfExists(partial);
            throw failed;
        }
    }

    /**
     * Begins a dump; its folder is made when missing.
     *
     * @param disk what stands between the dump and its file
     * @throws Failure {@link ArchiveProblem#DUMP_EXISTS} or {@link ArchiveProblem#DUMP_UNWRITABLE}
     */
    static DumpWriter begin(Path target, DumpHeader header, UnaryOperator<OutputStream> disk) {
        var absolute = target.toAbsolutePath();
        try {
            makeFolder(folder(absolute));
            return new DumpWriter(absolute, header, disk);
        } catch (IOException failed) {
            throw unwritable(absolute, failed);
        }
    }

    /** Adds a document; those of one collection come together, in the order of the header. */
    void add(String collection, Document document) {
        try {
            write(new Document().put("in", collection).put("document", document));
            written.merge(collection, 1L, Long::sum);
        } catch (IOException failed) {
            throw unwritable(target, failed);
        }
    }

    /**
     * Ends the dump; when this returns it is on the disk under its name.
     *
     * @throws Failure {@link ArchiveProblem#DUMP_UNWRITABLE}, also when the store did not hold what the header promised
     */
    void finish() {
        if (!written.equals(header.collections())) {
            throw ArchiveProblem.DUMP_UNWRITABLE.because("the collections changed while they were written: %s became %s"
                    .formatted(header.collections(), written));
        }
        try {
            var sum = HexFormat.of().formatHex(digest.digest());
            write(new Document().put("end", DumpHeader.counts(written)).put("sha256", sum));
            out.flush();
            gzip.finish(); // Closing it would close the channel, whose content must be forced to the disk first.
            channel.force(true);
            channel.close();
            Files.move(partial, target);
            whole = true;
            forceFolder(folder(target));
        } catch (FileAlreadyExistsException exists) {
            throw ArchiveProblem.DUMP_EXISTS.because(target.toString(), exists);
        } catch (IOException failed) {
            throw unwritable(target, failed);
        }
    }

    private void write(Document document) throws IOException {
        line.reset();
        try (var json = DocumentJson.generator(line)) {
            DocumentJson.write(json, document);
        }
        line.write('\n');
        digest.update(line.toByteArray());
        line.writeTo(out);
    }

    /** What was not finished leaves no file. */
    @Override
    public void close() {
        if (whole) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(partial);
        } catch (IOException failed) { // The next dump of this name removes it.
            LOG.log(Level.WARNING, "could not remove " + partial, failed);
        }
    }

    /** Where an absolute path's file lies. */
    static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a dump is a file");
    }

    static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, isPosix(folder) ? permissions("rwx------") : new FileAttribute<?>[0]);
        }
    }

    /** Makes the names in a folder durable, where the system can. */
    static void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file) ? permissions("rw-------") : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] permissions(String text) {
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))};
    }

    private static Failure unwritable(Path target, IOException failed) {
        return ArchiveProblem.DUMP_UNWRITABLE.because(target + ": " + failed, failed);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /** Writing must keep up with reading the store; what more effort would save is little. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream file) throws IOException {
            super(file, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
