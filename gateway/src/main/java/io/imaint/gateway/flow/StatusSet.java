package io.imaint.gateway.flow;

import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/** Statuses of HTTP, as properties of targets write them: {@code 1xx,2xx,3xx,404}. */
final class StatusSet {
    static final StatusSet DEFAULT = parsed("1xx,2xx,3xx").orElseThrow();

    private final BitSet members = new BitSet(600);

    private StatusSet() {}

    /** Empty when the text is none. */
    static Optional<StatusSet> parsed(String text) {
        var set = new StatusSet();
        for (var part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            var one = part.strip();
            if (one.matches("[1-5]xx")) {
                int hundreds = (one.charAt(0) - '0') * 100;
                set.members.set(hundreds, hundreds + 100);
            } else if (one.matches("[1-5][0-9]{2}")) {
                set.members.set(Integer.parseInt(one));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(set);
    }

    boolean contains(int status) {
        return members.get(status);
    }
}
