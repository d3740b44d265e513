package io.imaint.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's files as they lie in the working tree. */
final class SourceTree {
    static final List<String> MODULES =
            List.of("kernel", "simulator", "store", "integration", "gateway", "services", "app", "checks");

    private final Path root;

    private SourceTree(Path root) {
        this.root = root;
    }

    /** The tree in which this test was built: the folder above that holds the launcher. */
    static SourceTree here() {
        var folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("imaint"))) {
            folder = folder.getParent();
        }
        assert folder != null : "the tests run inside the working tree";
        return new SourceTree(folder);
    }

    Path root() {
        return root;
    }

    /** A file's name as seen from the root, for messages. */
    String name(Path file) {
        return root.relativize(file).toString();
    }

    List<Path> mainSources() {
        return MODULES.stream()
                .flatMap(module -> files(root.resolve(module + "/src/main/java"), ".java").stream())
                .toList();
    }

    List<Path> testSources() {
        return MODULES.stream()
                .flatMap(module -> files(root.resolve(module + "/src/test/java"), ".java").stream())
                .toList();
    }

    /** The Markdown files that people read, build output left out. */
    List<Path> documents() {
        return Stream.concat(
                        list(root).filter(file -> file.toString().endsWith(".md")),
                        files(root.resolve("docs"), ".md").stream())
                .toList();
    }

    List<Path> files(Path folder, String ending) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
