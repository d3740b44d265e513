package io.imaint.services.auth;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which passwords are strong enough: long ones that nobody guesses early. No rules about kinds of characters, which make
 * people write passwords that are easy to guess and hard to remember. Source: NIST SP 800-63B, OWASP ASVS 5.0 6.2.
 */
final class PasswordPolicy {
    static final int LENGTH_MIN = 12;
    static final int LENGTH_MAX = 128;

    /** 0 to 4; from 3 on a password withstands guessing of a stolen hash for a while. */
    private static final int SCORE_MIN = 3;

    /** The estimate takes time that grows with the square of the length. */
    private static final int ESTIMATED_LENGTH = 64;

    private static final List<String> PRODUCT_WORDS = List.of("imaintenance", "imaint", "maintenance", "sap");

    private final Zxcvbn estimator = new Zxcvbn();

    /** Fails with {@link AuthProblem#PASSWORD_WEAK} and all reasons. */
    void require(char[] password, String user, @Nullable String displayName) {
        var text = new String(password);
        var findings = new ArrayList<Finding>();
        int length = text.codePointCount(0, text.length());
        if (length < LENGTH_MIN || length > LENGTH_MAX) {
            findings.add(finding("must have %d to %d characters".formatted(LENGTH_MIN, LENGTH_MAX)));
        }
        var names = words(user, displayName);
        var lower = text.toLowerCase(Locale.ROOT);
        if (names.stream().anyMatch(name -> name.length() >= 4 && lower.contains(name))) {
            findings.add(finding("must not contain the user's name"));
        }
        if (findings.isEmpty()) {
            var estimated = text.substring(0, Math.min(text.length(), ESTIMATED_LENGTH));
            var known = Stream.concat(names.stream(), PRODUCT_WORDS.stream()).toList();
            if (estimator.measure(estimated, known).getScore() < SCORE_MIN) {
                findings.add(finding("is easy to guess: it is made of common words, names, dates or patterns"));
            }
        }
        if (!findings.isEmpty()) {
            throw AuthProblem.PASSWORD_WEAK.because(findings);
        }
    }

    private static Finding finding(String message) {
        return new Finding("password", message);
    }

    private static List<String> words(String user, @Nullable String displayName) {
        var names = user + " " + (displayName == null ? "" : displayName);
        return Arrays.stream(names.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }
}
