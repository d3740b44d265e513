package io.imaint.services.alert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that encrypts the secrets of alerts in the store: those of webhooks and the private key of Web Push. It is
 * not in the store itself. All processes that share a store need the same one.
 */
final class AlertKey {
    static final String FILE = "alert-key";

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LENGTH_MIN = 32;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @param text of at least {@value #LENGTH_MIN} characters that nobody can guess */
    AlertKey(String text, SecureRandom random) {
        if (text.length() < LENGTH_MIN) {
            throw AlertProblem.ALERT_KEY_UNUSABLE.because("it has fewer than %d characters".formatted(LENGTH_MIN));
        }
        this.key = new SecretKeySpec(sha256(text), "AES");
        this.random = random;
    }

    /** The key in a directory's file, which is made when there is none. */
    static AlertKey in(Path directory, SecureRandom random) {
        var file = directory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                write(file, random);
            }
            return new AlertKey(Files.readString(file).strip(), random);
        } catch (IOException unusable) {
            throw AlertProblem.ALERT_KEY_UNUSABLE.because(file + ": " + unusable.getMessage(), unusable);
        }
    }

    /** Another process may make it at the same moment; the first one wins and both read the same. */
    private static void write(Path file, SecureRandom random) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.getParent(), FILE, null, ownerOnly);
        try {
            var bytes = new byte[LENGTH_MIN];
            random.nextBytes(bytes);
            Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException other) {
            assert Files.exists(file);
        } finally {
            Files.delete(fresh);
        }
    }

    /** @param owner whose secret it is; a sealed text is opened for its own owner only */
    String seal(String owner, String secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, owner).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var both =
                    ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed);
            return Base64.getEncoder().encodeToString(both.array());
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has " + TRANSFORMATION, impossible);
        }
    }

    /** Fails with {@link AlertProblem#ALERT_KEY_UNUSABLE} when another key sealed it. */
    String open(String owner, String sealed) {
        var both = Base64.getDecoder().decode(sealed);
        var nonce = Arrays.copyOf(both, NONCE_BYTES);
        try {
            var secret =
                    cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException other) {
            throw AlertProblem.ALERT_KEY_UNUSABLE.because(
                    "the store's secrets were encrypted with another key than this process has", other);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
