package io.imaint.app;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The data directory, which only its owner may read. */
final class DataDirectory {
    private static final String LOCK = "up.lock";

    /** Process, its start and the address where it answers. */
    private static final String ADDRESS = "up.address";

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** Where the program logs when it does not log to standard error. */
    private static final Path LOG = Path.of("logs", "imaint.log");

    /** The lock that one {@code imaint up} holds on a data directory; a dead process loses it. */
    record Lock(FileChannel file, Path home) implements AutoCloseable {
        /** Writes down where the system answers, for commands on the same data directory. */
        void answersAt(URI address) {
            var place = home.resolve(ADDRESS);
            var own = ProcessHandle.current();
            try {
                Files.deleteIfExists(place);
                Files.createFile(place, OWNER_ONLY);
                Files.writeString(place, "%d %d %s%n".formatted(own.pid(), started(own), address));
            } catch (IOException unwritable) {
                throw AppProblem.DATA_DIRECTORY_UNUSABLE.because(place + ": " + reason(unwritable), unwritable);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(home.resolve(ADDRESS));
                file.close();
            } catch (IOException ignored) { // The end of the process releases it.
                System.getLogger(DataDirectory.class.getName()).log(System.Logger.Level.DEBUG, "{0}", ignored);
            }
        }
    }

    private DataDirectory() {}

    /** The directory itself, created when it does not exist. */
    static Path existing(Path home) {
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return home;
        } catch (IOException | UnsupportedOperationException unusable) {
            throw AppProblem.DATA_DIRECTORY_UNUSABLE.because(home + ": " + reason(unusable), unusable);
        }
    }

    static Path log(Path home) {
        return home.resolve(LOG);
    }

    /**
     * Locks the directory for {@code imaint up}.
     *
     * @throws io.imaint.kernel.problem.Failure {@link AppProblem#ALREADY_RUNNING} or
     *     {@link AppProblem#DATA_DIRECTORY_UNUSABLE}
     */
    static Lock lock(Path home) {
        var lock = existing(home).resolve(LOCK);
        try {
            var file = FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
            if (locked(file)) {
                return new Lock(file, home);
            }
            file.close();
        } catch (IOException unusable) {
            throw AppProblem.DATA_DIRECTORY_UNUSABLE.because(lock + ": " + reason(unusable), unusable);
        }
        throw AppProblem.ALREADY_RUNNING.because("another `imaint up` uses " + home);
    }

    /** Where the {@code imaint up} of this directory answers; empty when none runs, also when one was killed. */
    static Optional<URI> running(Path home) {
        try {
            var words = Files.readString(home.resolve(ADDRESS)).strip().split(" ", 3);
            if (words.length < 3) {
                return Optional.empty(); // It is being written.
            }
            long start = Long.parseLong(words[1]);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(process -> started(process) == start)
                    .map(process -> URI.create(words[2]));
        } catch (IOException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** When a process began; another one may have its number by now. 0 where the system does not tell. */
    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /** Why a file operation failed; Java's own message is often only the path. */
    static String reason(Exception failed) {
        return switch (failed) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such file or directory";
            case FileAlreadyExistsException exists -> "a file with this name is in the way";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
        };
    }
}
