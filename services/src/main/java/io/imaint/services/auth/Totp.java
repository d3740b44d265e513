package io.imaint.services.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of authenticator apps: six digits that change every 30 seconds. Source: RFC 6238, RFC 4226. */
final class Totp {
    static final int SECRET_BYTES = 20;

    private static final int STEP_SECONDS = 30;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Totp() {}

    /**
     * The time step of a code; empty when it is none of now or just before, which is how long people take to type it.
     *
     * @param after steps up to this one were used
     */
    static OptionalLong step(byte[] secret, String code, Instant now, long after) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        for (long step = current; step >= current - 1; step--) {
            if (step > after && RandomTokens.same(code(secret, step), code)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String code(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
            return ("%0" + DIGITS + "d").formatted(number % MODULUS);
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has HmacSHA1", impossible);
        }
    }

    /** Bytes as apps take them. Source: RFC 4648, without padding; the count of bytes is a multiple of 5. */
    static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte octet : bytes) {
            bits = (bits << 8) | (octet & 0xff);
            held += 8;
            while (held >= 5) {
                held -= 5;
                text.append(BASE32.charAt((bits >> held) & 0x1f));
            }
            bits &= (1 << held) - 1;
        }
        return text.toString();
    }
}
