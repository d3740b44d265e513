package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Keeps other sites from sending forms in an administrator's name: they cannot know the token that ours carry. */
final class FormGuard {
    static final String FIELD = "form-token";

    private static final String MAC = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec secret;

    FormGuard(RandomGenerator random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        this.secret = new SecretKeySpec(bytes, MAC);
    }

    String token(String user) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(user.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has " + MAC, impossible);
        }
    }

    /** Whether a form's token is the one that this process made for the user. */
    boolean permits(String user, @Nullable List<String> tokens) {
        return tokens != null
                && tokens.size() == 1
                && MessageDigest.isEqual(
                        tokens.getFirst().getBytes(UTF_8), token(user).getBytes(UTF_8));
    }
}
