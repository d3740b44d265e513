package io.imaint.simulator;

import io.imaint.simulator.state.StateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The file by which commands on the same machine find a running simulator; only its owner can read it. */
final class AddressFile implements AutoCloseable {
    private final Path file;
    private final byte[] content;

    private AddressFile(Path file, byte[] content) {
        this.file = file;
        this.content = content;
    }

    /**
     * @param token by which the owner of the file is known to the simulator
     * @param plant what makes its data
     */
    static AddressFile write(Path file, String url, String token, String plant) {
        var content = new JsonMapper().writeValueAsBytes(Map.of("url", url, "token", token, "plant", plant));
        try {
            var folder = file.toAbsolutePath().getParent();
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(folder, "simulator", ".new", ownerOnly);
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(file + ": " + failed, failed);
        }
        return new AddressFile(file, content);
    }

    /** Removes the file, unless another simulator has taken its place. */
    @Override
    public void close() {
        try {
            if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
                Files.delete(file);
            }
        } catch (IOException left) {
            // Whoever reads it finds that nobody listens there.
            System.getLogger(AddressFile.class.getName()).log(System.Logger.Level.DEBUG, "left " + file, left);
        }
    }
}
