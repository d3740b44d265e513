package io.imaint.gateway.bundle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * How two bundles differ.
 *
 * @param files those that differ, sorted by path
 */
public record BundleDiff(List<FileDiff> files) {
    public BundleDiff {
        files = List.copyOf(files);
    }

    /** Compares file by file. */
    public static BundleDiff between(Bundle before, Bundle after) {
        var paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        var files = new ArrayList<FileDiff>();
        var none = new byte[0];
        for (var path : paths) {
            var old = before.file(path);
            var fresh = after.file(path);
            if (old.isEmpty()) {
                files.add(FileDiff.of(path, FileDiff.Kind.ADDED, none, fresh.orElseThrow()));
            } else if (fresh.isEmpty()) {
                files.add(FileDiff.of(path, FileDiff.Kind.REMOVED, old.get(), none));
            } else if (!Arrays.equals(old.get(), fresh.get())) {
                var kind = FileDiff.saysTheSame(path, old.get(), fresh.get())
                        ? FileDiff.Kind.REFORMATTED
                        : FileDiff.Kind.CHANGED;
                files.add(FileDiff.of(path, kind, old.get(), fresh.get()));
            }
        }
        return new BundleDiff(files);
    }

    /** Whether both have the same files, byte for byte. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Whether both do the same: no file differs in more than its form. */
    public boolean meansTheSame() {
        return files.stream().allMatch(file -> file.kind() == FileDiff.Kind.REFORMATTED);
    }
}
