package io.imaint.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The right of one {@code imaint up} to a data directory; the operating system takes it back from a dead process. */
record OnlyUp(FileChannel file) implements AutoCloseable {
    private static final String FILE = "up.lock";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Takes the right.
     *
     * @throws io.imaint.kernel.problem.Failure {@link AppProblem#ALREADY_RUNNING} or
     *     {@link AppProblem#DATA_DIRECTORY_UNUSABLE}
     */
    static OnlyUp on(Path directory) {
        var lock = DataDirectory.existing(directory).resolve(FILE);
        try {
            var file = FileChannel.open(lock, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OWNER_ONLY);
            if (locked(file)) {
                return new OnlyUp(file);
            }
            file.close();
        } catch (IOException unusable) {
            throw AppProblem.DATA_DIRECTORY_UNUSABLE.because(lock + ": " + unusable.getMessage(), unusable);
        }
        throw AppProblem.ALREADY_RUNNING.because("another `imaint up` has " + directory);
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException ignored) { // The end of the process gives it back.
            System.getLogger(OnlyUp.class.getName()).log(System.Logger.Level.DEBUG, "{0}", ignored);
        }
    }
}
