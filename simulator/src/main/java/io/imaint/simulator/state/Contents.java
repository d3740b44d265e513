package io.imaint.simulator.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The contents of attached files, each kept once under its own hash: in the state folder, or in memory where there is none. */
public final class Contents {
    private static final String FOLDER = "attachments";

    private final Optional<Path> folder;
    private final Map<String, byte[]> inMemory = new ConcurrentHashMap<>();

    Contents(Optional<StateFolder> state) {
        this.folder = state.map(found -> found.path().resolve(FOLDER));
    }

    String keep(byte[] content) {
        var name = hash(content);
        if (folder.isEmpty()) {
            inMemory.put(name, content);
            return name;
        }
        var file = folder.get().resolve(name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder.get());
                var fresh = Files.createTempFile(folder.get(), "new", "");
                Files.write(fresh, content);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNWRITABLE.because(file + ": " + failed, failed);
        }
        return name;
    }

    /** A content by the name that keeping it gave. */
    public Optional<byte[]> find(String name) {
        if (folder.isEmpty()) {
            return Optional.ofNullable(inMemory.get(name));
        }
        var file = folder.get().resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException failed) {
            throw StateProblem.SIMULATOR_STATE_UNREADABLE.because(file + ": " + failed, failed);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
