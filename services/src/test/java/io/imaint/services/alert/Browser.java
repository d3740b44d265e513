package io.imaint.services.alert;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser that has subscribed to Web Push: it decrypts what its push service received, as RFC 8291 says. */
final class Browser {
    private final KeyPair keys;
    private final byte[] auth = new byte[16];

    Browser() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            new SecureRandom().nextBytes(auth);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    String p256dh() {
        return url(point((ECPublicKey) keys.getPublic()));
    }

    String auth() {
        return url(auth);
    }

    /** The text in a body with the coding aes128gcm of one record. */
    String decrypted(byte[] body) throws GeneralSecurityException {
        var buffer = ByteBuffer.wrap(body);
        var salt = bytes(buffer, 16);
        buffer.getInt(); // The size of a record; there is one.
        var sender = bytes(buffer, buffer.get());
        var sealed = bytes(buffer, buffer.remaining());

        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        agreement.doPhase(key(sender), true);
        var info = ByteBuffer.allocate(14 + 65 + 65)
                .put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII))
                .put(point((ECPublicKey) keys.getPublic()))
                .put(sender);
        var input = derived(agreement.generateSecret(), auth, info.array(), 32);
        var key = derived(input, salt, "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII), 16);
        var nonce = derived(input, salt, "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII), 12);

        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        var padded = cipher.doFinal(sealed);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        assert padded[end] == 2 : "the last record ends with 2";
        return new String(padded, 0, end, StandardCharsets.UTF_8);
    }

    /** The claims of the VAPID token in a header, once its signature is verified; see RFC 8292. */
    static String claims(String authorization, String publicKey) throws GeneralSecurityException {
        var token = authorization.replaceAll(".*t=([^,]+).*", "$1").split("\\.", -1);
        assert authorization.contains("k=" + publicKey) : authorization;
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(key(Base64.getUrlDecoder().decode(publicKey)));
        verifier.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        if (!verifier.verify(Base64.getUrlDecoder().decode(token[2]))) {
            throw new GeneralSecurityException("the signature is not that of the public key");
        }
        return new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);
    }

    /** HKDF of RFC 5869 for at most one block. */
    private static byte[] derived(byte[] input, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        var extracted = hmac(salt, input);
        return Arrays.copyOf(
                hmac(
                        extracted,
                        ByteBuffer.allocate(info.length + 1)
                                .put(info)
                                .put((byte) 1)
                                .array()),
                length);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    private static PublicKey key(byte[] point) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var curve = ((ECPublicKey) generator.generateKeyPair().getPublic()).getParams();
        var at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(at, curve));
    }

    private static byte[] point(ECPublicKey key) {
        var bytes = new byte[65];
        bytes[0] = 4;
        coordinate(key.getW().getAffineX(), bytes, 33);
        coordinate(key.getW().getAffineY(), bytes, 65);
        return bytes;
    }

    private static void coordinate(BigInteger value, byte[] bytes, int end) {
        var digits = value.toByteArray();
        int length = Math.min(digits.length, 32);
        System.arraycopy(digits, digits.length - length, bytes, end - length, length);
    }

    private static byte[] bytes(ByteBuffer buffer, int count) {
        var bytes = new byte[count];
        buffer.get(bytes);
        return bytes;
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
