package io.imaint.gateway.bundle;

import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A proxy or a policy template as its files, byte for byte: what is stored, imported and exported. What a proxy does is read
 * from it by {@link BundleReader}.
 *
 * @param name of the proxy
 * @param files the contents by path, such as {@code APIProxy/Policy/verify.xml}; nobody changes the bytes
 */
public record Bundle(String name, SortedMap<String, byte[]> files) {
    /** Names are parts of URLs of the management API and of the names of files. */
    static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_. -]{0,199}");

    /** A bundle whose name or paths can't be used is a bug of the caller: import refuses them before. */
    public Bundle {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'%s' can't be the name of a proxy".formatted(name));
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        for (var path : files.keySet()) {
            BundlePath.problem(path).ifPresent(problem -> {
                throw new IllegalArgumentException("path '%s' %s".formatted(path, problem));
            });
        }
        BundlePath.folderThatIsAFile(new java.util.TreeSet<>(files.keySet())).ifPresent(folder -> {
            throw new IllegalArgumentException("'%s' is a file and a folder".formatted(folder));
        });
    }

    /**
     * The bundle of files, by the name that they say.
     *
     * @param otherwise the name where no file says it
     * @throws BundleInvalid when they are no bundle, too many or too large
     */
    public static Bundle of(SortedMap<String, byte[]> files, String otherwise) throws BundleInvalid {
        var intake = new Intake();
        for (var file : files.entrySet()) {
            intake.add(file.getKey(), file.getValue());
        }
        return intake.bundle(otherwise);
    }

    /** The content of a file; empty where there is none. */
    public Optional<byte[]> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The bytes of all files together. */
    public long size() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bundle bundle
                && name.equals(bundle.name)
                && files.keySet().equals(bundle.files.keySet())
                && files.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), bundle.files.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        int hash = name.hashCode();
        for (var entry : files.entrySet()) {
            hash = 31 * hash + entry.getKey().hashCode() + Arrays.hashCode(entry.getValue());
        }
        return hash;
    }

    @Override
    public String toString() {
        return name + " " + files.keySet();
    }
}
