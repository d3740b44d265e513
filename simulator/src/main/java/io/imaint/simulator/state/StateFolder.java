package io.imaint.simulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which a simulator keeps what was changed, and the snapshots of it. One program at a time uses it.
 *
 * <pre>
 *   journal.jsonl  attachments/  basis.json  trans/     what a snapshot holds
 *   snapshots/NAME/…   lock   simulator-PORT.json       what it does not
 * </pre>
 */
public final class StateFolder implements AutoCloseable {
    static final String JOURNAL = "journal.jsonl";

    /** Of each file here, whatever the folder's mode is. */
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final String SNAPSHOTS = "snapshots";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** Belongs to the running program, or is the snapshots themselves. */
    private static final Set<String> NOT_STATE = Set.of(SNAPSHOTS, "lock");

    private static final String ADDRESS_FILE = "simulator(-[0-9]+)?\\.json";

    private final Path path;
    private final FileChannel lock;

    private final InstantSource clock;

    private StateFolder(Path path, FileChannel lock, InstantSource clock) {
        this.path = path;
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Takes a folder for this program, and makes it where there is none.
     *
     * @throws io.imaint.kernel.problem.Failure when another program has it, or it cannot be written
     */
    public static StateFolder at(Path path, InstantSource clock) {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var lock = FileChannel.open(
                    path.resolve("lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
            if (!taken(lock)) {
                lock.close();
                throw StateProblem.SIMULATOR_STATE_IN_USE.because(path.toString());
            }
            return new StateFolder(path, lock, clock);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(path + ": " + failed, failed);
        }
    }

    private static boolean taken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    public Path path() {
        return path;
    }

    Path journal() {
        return path.resolve(JOURNAL);
    }

    /** The names of the snapshots, in alphabetical order. */
    public List<String> snapshots() {
        var folder = path.resolve(SNAPSHOTS);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches(NAME))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNREADABLE.because(folder + ": " + failed, failed);
        }
    }

    /** Copies the state under a name; a snapshot of that name is replaced when the new one is complete. */
    public void snapshot(String name) {
        var target = snapshotPath(name);
        var fresh = path.resolve(SNAPSHOTS).resolve("." + name + ".new");
        try {
            delete(fresh);
            Files.createDirectories(fresh);
            copyState(path, fresh);
            delete(target);
            Files.move(fresh, target);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(target + ": " + failed, failed);
        }
    }

    /** Puts a snapshot in the place of the state. Delta tokens from before are void. */
    public void restore(String name) {
        restore(name, clock.millis());
    }

    /**
     * @param origin a position that no delta token handed out before has reached
     */
    void restore(String name, long origin) {
        var source = snapshotPath(name);
        if (!Files.isDirectory(source)) {
            throw StateProblem.SIMULATOR_SNAPSHOT_UNKNOWN.because(name + " is not among " + snapshots());
        }
        reset();
        try {
            copyState(source, path);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(path + ": " + failed, failed);
        }
        if (Files.exists(journal())) {
            Journal.renew(journal(), origin);
        }
    }

    /** Forgets all changes; the snapshots stay. */
    public void reset() {
        try (Stream<Path> entries = Files.list(path)) {
            for (var entry : entries.filter(StateFolder::isState).toList()) {
                delete(entry);
            }
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(path + ": " + failed, failed);
        }
    }

    private Path snapshotPath(String name) {
        if (!name.matches(NAME)) {
            throw StateProblem.SIMULATOR_SNAPSHOT_UNKNOWN.because("'" + name
                    + "' is no name of a snapshot: letters, digits, dots, dashes and underscores, at most 64");
        }
        return path.resolve(SNAPSHOTS).resolve(name);
    }

    private static boolean isState(Path entry) {
        var name = entry.getFileName().toString();
        return !NOT_STATE.contains(name) && !name.matches(ADDRESS_FILE);
    }

    private static void copyState(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (var entry : entries.filter(StateFolder::isState).toList()) {
                copy(entry, to.resolve(entry.getFileName().toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            all.forEach(source -> {
                var target = to.resolve(from.relativize(source).toString());
                try {
                    if (Files.isDirectory(source)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(source, target);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Leaves the folder to others. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
