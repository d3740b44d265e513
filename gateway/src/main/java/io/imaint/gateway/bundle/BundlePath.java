package io.imaint.gateway.bundle;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Which paths a bundle's files may have. Files are written to folders by these paths, so none may lead out of one. */
final class BundlePath {
    /** A path is part of messages and of the names of files; most file systems end at 255 for a name. */
    static final int LENGTH_MAX = 400;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private BundlePath() {}

    /** What is wrong with a path; empty for a good one. */
    static Optional<String> problem(String path) {
        if (path.isEmpty() || path.length() > LENGTH_MAX) {
            return Optional.of("is empty or has more than %d characters".formatted(LENGTH_MAX));
        }
        if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
            return Optional.of("is absolute");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("has a backslash; names of folders end with a slash");
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("has a control character");
        }
        for (var part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                return Optional.of("has a part that is empty, '.' or '..'");
            }
        }
        return Optional.empty();
    }

    /** A file that is a folder of another file as well; both can't be written. */
    static Optional<String> folderThatIsAFile(SortedSet<String> paths) {
        for (var path : paths) {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                var folder = path.substring(0, slash);
                if (paths.contains(folder)) {
                    return Optional.of(folder);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the machine of an author left it: it is no part of a bundle. */
    static boolean isDebris(String path) {
        var parts = List.of(path.split("/", -1));
        return parts.contains("__MACOSX")
                || parts.contains(".git")
                || parts.getLast().equals(".DS_Store");
    }

    /** The last part of a path, without the ending. */
    static String baseName(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The ending in lower case, without the dot; empty for none. */
    static String ending(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }
}
