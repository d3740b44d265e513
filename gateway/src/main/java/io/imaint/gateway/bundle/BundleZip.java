package io.imaint.gateway.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Bundles as zip archives. The same bundle always makes the same archive, so that archives can be compared. */
public final class BundleZip {
    /** An archive is at most as large as the files in it may be. */
    public static final int ARCHIVE_MAX = Intake.BUNDLE_MAX;

    /** How much smaller than its content an entry may be; text reaches 20, a bomb 1000. */
    static final int RATIO_MAX = 100;

    /** Smaller entries may be of any ratio: a file of blanks does no harm. Larger ones we write without compression. */
    static final int RATIO_FROM = 1 << 20;

    /** The first moment that a zip archive can name. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final int END_LENGTH = 22;
    private static final int COMMENT_MAX = 65_535;

    private BundleZip() {}

    /**
     * Reads an archive.
     *
     * @param otherwise the name of the proxy where no file says it, such as that of the archive
     */
    public static Bundle read(byte[] archive, String otherwise) throws BundleInvalid {
        if (archive.length > ARCHIVE_MAX) {
            throw new BundleInvalid("the archive has more than %d MB".formatted(ARCHIVE_MAX >> 20));
        }
        int listed = listed(archive);
        var intake = new Intake();
        int found = 0;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // Folders and debris count too: they cost as much to read.
                if (++found > 2 * Intake.FILES_MAX) {
                    throw new BundleInvalid("the archive has more than %d entries".formatted(2 * Intake.FILES_MAX));
                }
                take(zip, entry, intake);
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new BundleInvalid("the archive is broken: " + broken.getMessage());
        }
        if (found != listed) {
            throw new BundleInvalid("the archive lists %d entries, but has %d".formatted(listed, found));
        }
        return intake.bundle(otherwise);
    }

    private static void take(ZipInputStream zip, ZipEntry entry, Intake intake) throws IOException, BundleInvalid {
        var path = entry.getName();
        boolean skipped = entry.isDirectory() || BundlePath.isDebris(path);
        if (!skipped) {
            intake.check(path);
        }
        long room = skipped ? Intake.FILE_MAX : intake.room();
        var content = zip.readNBytes((int) Math.min(Intake.FILE_MAX, room) + 1);
        if (content.length > room) {
            throw Intake.tooLarge(Intake.shown(path));
        }
        zip.closeEntry();
        long packed = entry.getCompressedSize();
        if (content.length > RATIO_FROM && packed >= 0 && content.length / RATIO_MAX > packed) {
            throw new BundleInvalid(
                    "'%s' is more than %d times as large as in the archive".formatted(Intake.shown(path), RATIO_MAX));
        }
        if (!skipped) {
            intake.add(path, content);
        }
    }

    /** How many entries the archive's own directory has. An archive that was cut off has none. */
    private static int listed(byte[] archive) throws BundleInvalid {
        int last = archive.length - END_LENGTH;
        for (int at = last; at >= Math.max(0, last - COMMENT_MAX); at--) {
            if (archive[at] == 'P' && archive[at + 1] == 'K' && archive[at + 2] == 5 && archive[at + 3] == 6) {
                return (archive[at + 10] & 0xff) | (archive[at + 11] & 0xff) << 8;
            }
        }
        throw new BundleInvalid("it is no zip archive, or its end is missing");
    }

    /** Writes a bundle: its files sorted by path, all of one time. */
    public static byte[] write(Bundle bundle) {
        return write(bundle.files());
    }

    /** Writes the files of a bundle. */
    public static byte[] write(SortedMap<String, byte[]> files) {
        var archive = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(archive)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(TIME);
                var content = file.getValue();
                if (content.length > RATIO_FROM) {
                    stored(entry, content);
                }
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
        } catch (IOException impossible) { // It is memory.
            throw new UncheckedIOException(impossible);
        }
        return archive.toByteArray();
    }

    /** The SHA-256 of names and contents, in hexadecimal digits. */
    public static String digest(SortedMap<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update("%s\n%d\n".formatted(name, bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) { // Every Java runtime has it.
            throw new AssertionError(impossible);
        }
    }

    private static void stored(ZipEntry entry, byte[] content) {
        var sum = new CRC32();
        sum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
    }
}
