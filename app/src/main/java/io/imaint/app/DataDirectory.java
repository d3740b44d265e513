package io.imaint.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The data directory: only its owner may look into it. */
final class DataDirectory {
    private DataDirectory() {}

    static Path existing(Path home) {
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return home;
        } catch (IOException | UnsupportedOperationException unusable) {
            throw AppProblem.DATA_DIRECTORY_UNUSABLE.because(home + ": " + unusable.getMessage(), unusable);
        }
    }
}
