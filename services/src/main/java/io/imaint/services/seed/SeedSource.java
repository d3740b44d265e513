package io.imaint.services.seed;

import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** Where seed data comes from. */
public sealed interface SeedSource {
    /** What the program brings. */
    SeedSource PROGRAM = new Program();

    String MANIFEST = "seed.json";

    /** The content of the seed files by name, such as {@code Role.json}. */
    SortedMap<String, byte[]> files();

    /**
     * The source at a directory, at a zip file or at {@code s3://BUCKET/PREFIX}.
     *
     * @throws Failure {@link SeedProblem#SEED_UNREADABLE} when it is none of them
     */
    static SeedSource at(String location, SeedSettings settings) {
        if (location.startsWith("s3:")) {
            return Bucket.of(location, settings);
        }
        try {
            var path = Path.of(location).toAbsolutePath();
            if (Files.isDirectory(path)) {
                return new Folder(path);
            }
            if (Files.isRegularFile(path)) {
                return new Zip(path);
            }
            throw SeedProblem.SEED_UNREADABLE.because("there is no " + path);
        } catch (InvalidPathException invalid) {
            throw SeedProblem.SEED_UNREADABLE.because("'%s' is no path".formatted(location), invalid);
        }
    }

    /** The resources beside this class. */
    record Program() implements SeedSource {
        @Override
        public SortedMap<String, byte[]> files() {
            var files = new SeedFiles(toString());
            try {
                add(files, MANIFEST);
                for (var collection : SeedCollections.NAMES) {
                    add(files, collection + ".json");
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
            return files.all();
        }

        static InputStream resource(String name) {
            return Objects.requireNonNull(SeedSource.class.getResourceAsStream(name), name);
        }

        private static void add(SeedFiles files, String name) throws IOException {
            try (var resource = resource(name)) {
                files.add(name, resource);
            }
        }

        @Override
        public String toString() {
            return "the program";
        }
    }

    /** A directory; what lies in directories below is not looked at. */
    record Folder(Path path) implements SeedSource {
        @Override
        public SortedMap<String, byte[]> files() {
            var files = new SeedFiles(toString());
            try (var entries = Files.newDirectoryStream(path)) {
                for (var entry : entries) {
                    files.count();
                    var name = String.valueOf(entry.getFileName());
                    if (SeedFiles.isSeedFile(name) && Files.isRegularFile(entry)) {
                        try (var content = Files.newInputStream(entry)) {
                            files.add(name, content);
                        }
                    }
                }
            } catch (IOException unreadable) {
                throw SeedProblem.SEED_UNREADABLE.because(path + ": " + unreadable, unreadable);
            }
            return files.all();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A zip file. Nothing is unpacked to disk, and of an entry's name only the last part counts, so that a name can
     * lead nowhere. The files lie at one place in it: two of one name are refused.
     */
    record Zip(Path path) implements SeedSource {
        @Override
        public SortedMap<String, byte[]> files() {
            var files = new SeedFiles(toString());
            boolean any = false;
            try (var zip = new ZipInputStream(Files.newInputStream(path))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    any = true;
                    files.count();
                    var name = entry.getName();
                    if (name.startsWith("/") || name.contains("\\") || name.contains("..")) {
                        throw SeedProblem.SEED_UNREADABLE.because(
                                "%s has an entry whose name leads out of it: %s".formatted(path, name));
                    }
                    var last = name.substring(name.lastIndexOf('/') + 1);
                    if (!entry.isDirectory() && SeedFiles.isSeedFile(last)) {
                        files.add(last, zip);
                    } else if (zip.skip(SeedFiles.FILE_BYTES_MAX + 1L) > SeedFiles.FILE_BYTES_MAX) {
                        throw SeedProblem.SEED_TOO_LARGE.because("%s in %s: at most %d MiB a file"
                                .formatted(name, path, SeedFiles.FILE_BYTES_MAX >> 20));
                    }
                }
            } catch (ZipException | IllegalArgumentException damaged) {
                throw SeedProblem.SEED_UNREADABLE.because(path + " is damaged: " + damaged.getMessage(), damaged);
            } catch (IOException unreadable) {
                throw SeedProblem.SEED_UNREADABLE.because(path + ": " + unreadable, unreadable);
            }
            if (!any) {
                throw SeedProblem.SEED_UNREADABLE.because(path + " is neither a directory nor a zip file");
            }
            return files.all();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A prefix in a bucket of any S3-compatible store. */
    record Bucket(String bucket, String prefix, SeedSettings settings) implements SeedSource {
        static Bucket of(String location, SeedSettings settings) {
            try {
                var address = new URI(location);
                var bucket = address.getAuthority();
                if (bucket == null || !"s3".equals(address.getScheme())) {
                    throw SeedProblem.SEED_UNREADABLE.because("'%s' is not s3://BUCKET/PREFIX".formatted(location));
                }
                var path = Objects.requireNonNullElse(address.getPath(), "").replaceAll("^/+|/+$", "");
                return new Bucket(bucket, path.isEmpty() ? "" : path + "/", settings);
            } catch (java.net.URISyntaxException invalid) {
                throw SeedProblem.SEED_UNREADABLE.because(
                        "'%s' is not s3://BUCKET/PREFIX".formatted(location), invalid);
            }
        }

        @Override
        public SortedMap<String, byte[]> files() {
            return new SeedBucket(this).files();
        }

        /**
         * Tries the rights that seeding needs: to list the bucket and to read a file in it.
         *
         * @return what was found, in words
         * @throws Failure {@link SeedProblem}
         */
        public String probe() {
            return new SeedBucket(this).probe();
        }

        @Override
        public String toString() {
            return "s3://" + bucket + "/" + prefix;
        }
    }
}
