package io.imaint.simulator.faults;

import java.time.Duration;

/** The written form of spans of time: {@code 40ms}, {@code 2s}, {@code 5m}, {@code 3h}. */
final class Spans {
    /** Ten years in the smallest unit: beyond every limit that a span of a rule has. */
    private static final int DIGITS_MAX = 12;

    private Spans() {}

    /** A span in its largest unit that leaves no rest. */
    static String text(Duration span) {
        long ms = span.toMillis();
        if (ms == 0 || ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** Reads the form that {@link #text} writes. */
    static Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > DIGITS_MAX) {
            throw notOne(text);
        }
        long number = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw notOne(text);
        };
    }

    /** Refuses what the text form cannot say. */
    static void verifyWhole(Duration span) {
        if (span.isNegative() || !span.equals(Duration.ofMillis(span.toMillis()))) {
            throw new IllegalArgumentException("a span is zero or more, in whole milliseconds, not " + span);
        }
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("'%s' is no span of time, such as 40ms, 2s, 5m or 3h".formatted(text));
    }
}
