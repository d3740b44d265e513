package io.imaint.simulator.odata;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Up to where a caller knows the changes of a set.
 *
 * @param at when it was issued, in whole seconds
 * @param sequence the position of the last change it covers
 */
record DeltaToken(Instant at, long sequence) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FORM = Pattern.compile("D([0-9]{14})_([0-9]{9,18})");

    DeltaToken {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** A text such as {@code D20261123034612_000030000}. */
    String text() {
        return "D%s_%09d".formatted(TIME.format(at.atOffset(ZoneOffset.UTC)), sequence);
    }

    static Optional<DeltaToken> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            var at = LocalDateTime.parse(parts.group(1), TIME).toInstant(ZoneOffset.UTC);
            return Optional.of(new DeltaToken(at, Long.parseLong(parts.group(2))));
        } catch (DateTimeException refused) {
            return Optional.empty();
        }
    }
}
