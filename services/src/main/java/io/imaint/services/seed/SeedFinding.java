package io.imaint.services.seed;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One mistake in seed data.
 *
 * @param file its name; empty when no file is to blame
 * @param document the key of the document; empty when the file as a whole is wrong
 * @param pointer JSON pointer within the document, or {@code line 3, column 7} where the text is no JSON
 * @param reason what is wrong
 */
public record SeedFinding(String file, String document, String pointer, String reason) {
    /** As in {@code Role.json planner /permissions/3 refers to the Permission 'x', which does not exist}. */
    public String line() {
        return Stream.of(file, document, pointer, reason)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
