package io.imaint.gateway.bundle;

import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the files of something that is imported, within limits. */
final class Intake {
    /** SAP's largest proxies have some hundred. */
    static final int FILES_MAX = 5_000;

    /** SAP limits a script to 15 MB, and nothing in a proxy is larger. */
    static final int FILE_MAX = 16 << 20;

    /** A bundle is held in memory, by several requests at a time. */
    static final int BUNDLE_MAX = 64 << 20;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long size;

    /** How many bytes more may come. */
    long room() {
        return Math.min(FILE_MAX, BUNDLE_MAX - size);
    }

    /** Checks a path before the content is read. */
    void check(String path) throws BundleInvalid {
        var problem = BundlePath.problem(path);
        if (problem.isPresent()) {
            throw new BundleInvalid("the path '%s' %s".formatted(shown(path), problem.get()));
        }
        if (files.containsKey(path)) {
            throw new BundleInvalid("the file '%s' is there twice".formatted(path));
        }
        if (files.size() >= FILES_MAX) {
            throw new BundleInvalid("it has more than %d files".formatted(FILES_MAX));
        }
    }

    /** Control characters of a hostile name must not reach a terminal. */
    static String shown(String path) {
        var plain = path.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    void add(String path, byte[] content) throws BundleInvalid {
        check(path);
        if (content.length > room()) {
            throw tooLarge(path);
        }
        size += content.length;
        files.put(path, content);
    }

    static BundleInvalid tooLarge(String path) {
        return new BundleInvalid("with '%s' it is too large: a file may have %d MB, all together %d MB"
                .formatted(path, FILE_MAX >> 20, BUNDLE_MAX >> 20));
    }

    /**
     * The bundle; a folder around the whole is taken away.
     *
     * @param otherwise the name where no file says it
     */
    Bundle bundle(String otherwise) throws BundleInvalid {
        if (files.isEmpty()) {
            throw new BundleInvalid("it has no files");
        }
        var inner = withoutTop();
        var folder = BundlePath.folderThatIsAFile(new TreeSet<>(inner.keySet()));
        if (folder.isPresent()) {
            throw new BundleInvalid("'%s' is a file and a folder".formatted(folder.get()));
        }
        var layout = Layout.of(inner.keySet());
        if (layout.isEmpty()) {
            throw new BundleInvalid("it has none of the folders APIProxy, apiproxy and PolicyTemplateContainer");
        }
        var name = name(layout.get(), inner).orElse(otherwise);
        if (!Bundle.NAME.matcher(name).matches()) {
            throw new BundleInvalid(
                    "the name '%s' must be letters, digits, '_', '-', '.' and blanks".formatted(shown(name)));
        }
        return new Bundle(name, inner);
    }

    private SortedMap<String, byte[]> withoutTop() {
        var first = Path.of(files.firstKey()).getName(0) + "/";
        boolean around =
                Layout.of(files.keySet()).isEmpty() && files.keySet().stream().allMatch(path -> path.startsWith(first));
        if (!around) {
            return files;
        }
        SortedMap<String, byte[]> inner = new TreeMap<>();
        files.forEach((path, content) -> inner.put(path.substring(first.length()), content));
        return inner;
    }

    /** What the file of the whole says; else the name of that file. */
    private static Optional<String> name(Layout layout, SortedMap<String, byte[]> files) {
        return files.entrySet().stream()
                .filter(entry -> layout.describesWhole(entry.getKey()))
                .findFirst()
                .map(entry -> said(entry.getValue()).orElse(BundlePath.baseName(entry.getKey())));
    }

    private static Optional<String> said(byte[] file) {
        try {
            var root = Xml.read(file);
            return root.childText("name")
                    .or(() -> root.attribute("name").map(String::strip))
                    .filter(said -> !said.isEmpty());
        } catch (XmlInvalid unreadable) { // The reader reports it.
            return Optional.empty();
        }
    }
}
