package io.imaint.gateway.bundle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Bundles as folders, as they lie in a repository. */
public final class BundleFolder {
    private BundleFolder() {}

    /**
     * Reads a folder: the one that contains {@code APIProxy}, or {@code APIProxy} itself.
     *
     * @throws BundleInvalid also for symbolic links: what they lead to is no part of the folder
     */
    public static Bundle read(Path folder) throws BundleInvalid, IOException {
        var root = folder.toRealPath();
        var own = root.getFileName() == null ? "" : root.getFileName().toString();
        var top = Layout.isRoot(own) ? root.getParent() : root;
        var intake = new Intake();
        var walk = new Walk(top == null ? root : top, intake);
        Files.walkFileTree(root, walk);
        if (walk.refused != null) {
            throw walk.refused;
        }
        return intake.bundle(own);
    }

    /** Reads each file; stops at the first that is refused. */
    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path top;
        private final Intake intake;
        private @org.jspecify.annotations.Nullable BundleInvalid refused;

        Walk(Path top, Intake intake) {
            this.top = top;
            this.intake = intake;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(top) && BundlePath.isDebris(path(folder))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var path = path(file);
            if (BundlePath.isDebris(path)) {
                return FileVisitResult.CONTINUE;
            }
            try {
                if (!attributes.isRegularFile()) {
                    throw new BundleInvalid(
                            "'%s' is a link or no file; put the file itself there".formatted(Intake.shown(path)));
                }
                intake.check(path);
                if (attributes.size() > intake.room()) {
                    throw Intake.tooLarge(path);
                }
                intake.add(path, Files.readAllBytes(file));
                return FileVisitResult.CONTINUE;
            } catch (BundleInvalid no) {
                refused = no;
                return FileVisitResult.TERMINATE;
            }
        }

        private String path(Path file) {
            return slashes(top.relativize(file));
        }
    }

    private static String slashes(Path relative) {
        var parts = new java.util.ArrayList<String>();
        relative.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }

    /**
     * Writes a bundle. In the folders that the bundle begins with, such as {@code APIProxy}, files that it does not have are
     * deleted, so that the folder says the same as the bundle; beside them nothing is touched.
     */
    public static void write(Bundle bundle, Path folder) throws BundleInvalid, IOException {
        Files.createDirectories(folder);
        var root = folder.toRealPath();
        for (var file : bundle.files().entrySet()) {
            var target = root.resolve(file.getKey());
            refuseLinks(root, target);
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        for (var top : tops(bundle)) {
            deleteOthers(bundle, root, root.resolve(top));
        }
    }

    private static Set<String> tops(Bundle bundle) {
        return bundle.files().keySet().stream()
                .filter(path -> path.indexOf('/') > 0)
                .map(path -> path.substring(0, path.indexOf('/')))
                .filter(Layout::isRoot)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void deleteOthers(Bundle bundle, Path root, Path top) throws IOException {
        try (var files = Files.walk(top)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = slashes(root.relativize(file));
                if (!bundle.files().containsKey(path) && !BundlePath.isDebris(path)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** A link in the folder could lead the writing anywhere. */
    private static void refuseLinks(Path root, Path target) throws BundleInvalid {
        for (var at = target; at != null && !at.equals(root); at = at.getParent()) {
            if (Files.isSymbolicLink(at) || (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS) && at.equals(target))) {
                throw new BundleInvalid(
                        "'%s' is a link or a folder; nothing more was written".formatted(slashes(root.relativize(at))));
            }
        }
    }
}
