package io.imaint.simulator.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The contents of attached files, each kept once under its own hash. */
public final class Contents {
    private final Map<String, byte[]> inMemory = new ConcurrentHashMap<>();

    String keep(byte[] content) {
        var name = hash(content);
        inMemory.put(name, content);
        return name;
    }

    /** A content by the name that keeping it gave. */
    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(inMemory.get(name));
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
