package io.imaint.gateway.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression whose work is limited. A careless one backtracks for years on a text that an attacker chose; here it
 * reads so many characters and gives up.
 */
public final class BoundedPattern {
    /** Characters read in one match, whatever the length. */
    private static final long READS_BASE = 1_000_000;

    /** Characters read for each one of the text; a sound expression reads each a few times. */
    private static final long READS_EACH = 20;

    /** Characters that a replacement may produce: as much as a body may have. */
    static final int REPLACED_MAX = 10 * 1024 * 1024;

    /** A regular expression of a bundle is a line at most; a longer one could exhaust the stack of the compiler. */
    static final int LENGTH_MAX = 4096;

    private static final class LimitExceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        LimitExceeded() {
            super("a regular expression reads too much", null, false, false);
        }
    }

    private final Pattern pattern;

    private BoundedPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** A match took too much work, or too deep a stack; whether the text matches is unknown. */
    public static final class Undecided extends Exception {
        private static final long serialVersionUID = 1;

        Undecided() {
            super("a regular expression gave up", null, false, false);
        }
    }

    public static BoundedPattern of(Pattern pattern) {
        return new BoundedPattern(pattern);
    }

    static BoundedPattern compile(String regex) throws ExpressionInvalid {
        if (regex.length() > LENGTH_MAX) {
            throw new ExpressionInvalid("the regular expression has more than %d characters".formatted(LENGTH_MAX));
        }
        try {
            return new BoundedPattern(Pattern.compile(regex));
        } catch (PatternSyntaxException invalid) {
            throw new ExpressionInvalid(
                    "the regular expression '%s' is invalid: %s".formatted(regex, invalid.getDescription()));
        } catch (StackOverflowError nested) {
            throw new ExpressionInvalid("the regular expression is nested too deep");
        }
    }

    /** Whether a whole text matches; what takes too much work does not. */
    boolean matches(String text) {
        try {
            return matcher(text).matches();
        } catch (LimitExceeded | StackOverflowError given) { // Groups that repeat recurse.
            return false;
        }
    }

    /** Whether it is found anywhere in a text. */
    public boolean findsIn(String text) throws Undecided {
        try {
            return matcher(text).find();
        } catch (LimitExceeded | StackOverflowError given) {
            throw new Undecided();
        }
    }

    /** A text in which the first or every match is replaced as in Java; null when that takes too much work or the replacement is invalid. */
    @Nullable
    String replace(String text, String replacement, boolean all) {
        try {
            var matcher = matcher(text);
            var result = new StringBuilder();
            while (matcher.find()) {
                matcher.appendReplacement(result, replacement);
                if (result.length() > REPLACED_MAX) {
                    return null;
                }
                if (!all) {
                    break;
                }
            }
            return matcher.appendTail(result).toString();
        } catch (LimitExceeded | StackOverflowError | IllegalArgumentException | IndexOutOfBoundsException given) {
            return null;
        }
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    private Matcher matcher(String text) {
        return pattern.matcher(new Counted(text, READS_BASE + READS_EACH * text.length()));
    }

    /** A text that can be read so many times. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long left;

        Counted(String text, long left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new LimitExceeded();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
