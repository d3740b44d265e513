package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_STATE_UNREADABLE;
import static io.imaint.simulator.basis.BasisProblem.BASIS_STATE_UNWRITABLE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one document on disk. It is written beside the old one, forced to the disk and then takes its name, so that a
 * crash at any moment leaves the whole old document or the whole new one.
 */
final class StateFile {
    static final String NAME = "basis.json";

    /** Full of users and roles the document has some ten million bytes. */
    private static final long BYTES_MAX = 64L * 1024 * 1024;

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path folder;
    private final Path file;

    StateFile(Path folder) {
        this.folder = folder.toAbsolutePath();
        this.file = this.folder.resolve(NAME);
    }

    /** Empty when there is none yet. */
    Optional<State> read() {
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    static State read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw BASIS_STATE_UNREADABLE.because("%s has more than %d bytes".formatted(file, BYTES_MAX));
            }
            return value(Files.readAllBytes(file), State.class);
        } catch (IOException unreadable) {
            throw BASIS_STATE_UNREADABLE.because(file + ": " + unreadable.getMessage(), unreadable);
        } catch (JacksonException invalid) {
            throw BASIS_STATE_UNREADABLE.because(file + ": " + invalid.getOriginalMessage(), invalid);
        }
    }

    /** JSON's null, which is a value to the parser, is none to us. */
    static <T> T value(byte[] json, Class<T> type) throws IOException {
        T value = JSON.readValue(json, type);
        if (value == null) {
            throw new IOException("it holds nothing");
        }
        return value;
    }

    void write(State state) {
        var temporary = folder.resolve(NAME + ".tmp");
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(temporary); // Left by a crash, perhaps with other rights than ours.
            writeWhole(temporary, JSON.writeValueAsBytes(state));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder(folder);
        } catch (IOException refused) {
            throw BASIS_STATE_UNWRITABLE.because(file + ": " + refused, refused);
        }
    }

    private static void writeWhole(Path path, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(path, options, ownerOnly(path))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /** The document holds hashes of passwords. */
    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** The new name is safe only with its folder; systems that cannot open a folder need no telling. */
    private static void forceFolder(Path folder) throws IOException {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
