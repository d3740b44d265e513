package io.imaint.services.seed;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a source while they are read, within limits that keep a wrong or hostile source from filling memory. */
final class SeedFiles {
    /** Twenty collections and their schemas are 41. */
    static final int COUNT_MAX = 200;

    /** The largest file delivered has a fifth of a megabyte. */
    static final int FILE_BYTES_MAX = 8 * 1024 * 1024;

    static final int TOTAL_BYTES_MAX = 32 * 1024 * 1024;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final String source;
    private int seen;
    private long total;

    SeedFiles(String source) {
        this.source = source;
    }

    /** Whether a name is that of a seed file: no path, and of a collection or the list of them. */
    static boolean isSeedFile(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9]{0,59}\\.json");
    }

    /** Counts an entry of whatever name. */
    void count() {
        if (++seen > COUNT_MAX) {
            throw SeedProblem.SEED_TOO_LARGE.because(
                    "%s has more than %d files".formatted(source, COUNT_MAX));
        }
    }

    /** Reads a file to its end, whatever its size is said to be. */
    void add(String name, InputStream content) throws IOException {
        var bytes = content.readNBytes(FILE_BYTES_MAX + 1);
        total += bytes.length;
        if (bytes.length > FILE_BYTES_MAX || total > TOTAL_BYTES_MAX) {
            throw SeedProblem.SEED_TOO_LARGE.because("%s in %s: at most %d MiB a file, %d MiB in all"
                    .formatted(name, source, FILE_BYTES_MAX >> 20, TOTAL_BYTES_MAX >> 20));
        }
        if (files.put(name, bytes) != null) {
            throw SeedProblem.SEED_UNREADABLE.because("%s holds %s twice".formatted(source, name));
        }
    }

    /** By name; fails when there is none. */
    SortedMap<String, byte[]> all() {
        if (files.isEmpty()) {
            throw SeedProblem.SEED_UNREADABLE.because(source + " holds no seed file, such as Role.json");
        }
        return files;
    }
}
