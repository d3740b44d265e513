package io.imaint.services.auth;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recovery codes, which stand in for a second factor that is lost. A code is {@code 3-XXXXX-XXXXX}: its first digit says
 * which of the ten hashes to compare, so that a guess costs one hash and not ten.
 */
final class Recovery {
    private static final int COUNT = 10;
    private static final int HALF = 5;
    private static final int BYTES = 10;
    private static final Pattern CODE = Pattern.compile("(\\d)-([A-Z2-7]{5}-[A-Z2-7]{5})");

    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final RandomTokens tokens;
    private final InstantSource clock;

    /** Codes to show once, and their hashes. */
    record Made(List<String> codes, List<String> hashes) {
        static final Made NONE = new Made(List.of(), List.of());

        Made {
            codes = List.copyOf(codes);
            hashes = List.copyOf(hashes);
        }

        /** The codes to show when a credential was written: none when its hashes are others. */
        List<String> shownBy(Credential written) {
            return written.recovery().equals(hashes) ? codes : List.of();
        }
    }

    Recovery(Passwords passwords, PasswordHashing hashing, RandomTokens tokens, InstantSource clock) {
        this.passwords = passwords;
        this.hashing = hashing;
        this.tokens = tokens;
        this.clock = clock;
    }

    Made made() {
        var codes = new ArrayList<String>();
        var hashes = new ArrayList<String>();
        for (int index = 0; index < COUNT; index++) {
            var text = Totp.base32(tokens.bytes(BYTES));
            var code = "%d-%s-%s".formatted(index, text.substring(0, HALF), text.substring(HALF, 2 * HALF));
            codes.add(code);
            hashes.add(hashing.hash(code.toCharArray(), clock.instant()).hash());
        }
        return new Made(codes, hashes);
    }

    /** Codes for a user's first second factor; none for one who has a second factor, and so codes. */
    Made madeForFirst(String user) {
        return passwords.of(user).secondFactor() ? Made.NONE : made();
    }

    /** The hashes that a credential has once one more second factor is set up. */
    static List<String> kept(Credential before, Made made) {
        return before.secondFactor() ? before.recovery() : made.hashes();
    }

    static boolean looksLike(String code) {
        return CODE.matcher(code).matches();
    }

    /** Whether a code is the user's, which uses it up. */
    boolean accepts(String user, String code) {
        var parts = CODE.matcher(code);
        if (!parts.matches()) {
            return false;
        }
        int index = Integer.parseInt(parts.group(1));
        var hashes = passwords.of(user).recovery();
        var hash = index < hashes.size() ? hashes.get(index) : "";
        return !hash.isEmpty()
                && hashing.matches(code.toCharArray(), new Credential.PasswordHash(hash, "", clock.instant()))
                && passwords
                        .tryChange(user, credential -> without(credential, index, hash))
                        .isPresent();
    }

    private static @Nullable Credential without(Credential before, int index, String hash) {
        if (index >= before.recovery().size() || !before.recovery().get(index).equals(hash)) {
            return null;
        }
        var left = new ArrayList<>(before.recovery());
        left.set(index, "");
        return before.with(left);
    }
}
