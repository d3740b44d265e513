package io.imaint.kernel.sealing;

import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.settings.Secret;
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
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which a service encrypts its secrets in the store. It is not in the store itself, but a setting or a file.
 * All processes that share a store need the same one.
 */
public final class SealingKey {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LENGTH_MIN = 32;

    private final SecretKeySpec key;
    private final SecureRandom random;
    private final ProblemCode unusable;

    /**
     * A key made of a text.
     *
     * @param text of at least {@value #LENGTH_MIN} characters that nobody can guess
     * @param unusable how this fails when the text is too short, and when another key sealed what is opened
     */
    public SealingKey(String text, SecureRandom random, ProblemCode unusable) {
        if (text.length() < LENGTH_MIN) {
            throw unusable.because("it has fewer than %d characters".formatted(LENGTH_MIN));
        }
        this.key = new SecretKeySpec(sha256(text), "AES");
        this.random = random;
        this.unusable = unusable;
    }

    /** The key in a setting; where it is not set, the key in a file, which is made when there is none. */
    public static SealingKey of(Optional<Secret> setting, Path file, SecureRandom random, ProblemCode unusable) {
        return setting.map(secret -> new SealingKey(secret.reveal(), random, unusable))
                .orElseGet(() -> in(file, random, unusable));
    }

    private static SealingKey in(Path file, SecureRandom random, ProblemCode unusable) {
        try {
            if (!Files.exists(file)) {
                write(file, random);
            }
            return new SealingKey(Files.readString(file).strip(), random, unusable);
        } catch (IOException failed) {
            throw unusable.because(file + ": " + failed.getMessage(), failed);
        }
    }

    /** Another process may make it at the same moment; the first one wins and both read the same. */
    private static void write(Path file, SecureRandom random) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(file.getParent(), String.valueOf(file.getFileName()), null, ownerOnly);
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

    /**
     * Encrypts a secret.
     *
     * @param owner whose secret it is; a sealed text is opened for its own owner only
     */
    public String seal(String owner, String secret) {
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

    /** Fails as the constructor says when another key sealed it, or sealed it for another owner. */
    public String open(String owner, String sealed) {
        var both = Base64.getDecoder().decode(sealed);
        var nonce = Arrays.copyOf(both, NONCE_BYTES);
        try {
            var secret =
                    cipher(Cipher.DECRYPT_MODE, nonce, owner).doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException other) {
            throw unusable.because("the store's secrets were encrypted with another key than this process has", other);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /**
     * A keyed hash: nobody without the key can make or check it. 32 bytes.
     *
     * @param purpose keeps hashes of one kind from passing as those of another
     */
    public byte[] mac(String purpose, String text) {
        return hmac(hmac(key.getEncoded(), "mac " + purpose), text);
    }

    private static byte[] hmac(byte[] secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA256", impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
