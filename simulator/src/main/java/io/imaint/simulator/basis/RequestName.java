package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A transport request's name, such as IVDK900101, and the names of its files. No path can hide in it.
 *
 * @param text the exporting system's id, K and six digits of which the first is 9
 */
record RequestName(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9]{2}K9[0-9]{5}");
    private static final Pattern CO_FILE = Pattern.compile("(K9[0-9]{5})\\.([A-Z][A-Z0-9]{2})");
    private static final Pattern DATA_FILE = Pattern.compile("R9[0-9]{5}\\.[A-Z][A-Z0-9]{2}");

    RequestName {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no transport request".formatted(shortened(text)));
        }
    }

    static RequestName typed(String text) {
        try {
            return new RequestName(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException invalid) {
            throw BASIS_VALUE_INVALID.because(
                    "'%s' is no transport request; they are named like IVDK900101".formatted(shortened(text)), invalid);
        }
    }

    /** The request to which a file in cofiles/ belongs; empty for a file that is none. */
    static Optional<RequestName> ofCoFile(String fileName) {
        var match = CO_FILE.matcher(fileName);
        return match.matches() ? Optional.of(new RequestName(match.group(2) + match.group(1))) : Optional.empty();
    }

    static boolean isDataFile(String fileName) {
        return DATA_FILE.matcher(fileName).matches();
    }

    String coFile() {
        return "K" + number() + "." + sid();
    }

    String dataFile() {
        return "R" + number() + "." + sid();
    }

    /** The log of its import into a system. */
    String logFile(String targetSid) {
        return sid() + "I" + number() + "." + targetSid;
    }

    private String sid() {
        return text.substring(0, 3);
    }

    private String number() {
        return text.substring(4);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 40));
    }

    @Override
    public String toString() {
        return text;
    }
}
