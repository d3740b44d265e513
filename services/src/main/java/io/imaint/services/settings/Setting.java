package io.imaint.services.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a setting. Its JSON Schema, delivered with the seed data, describes each field.
 *
 * @param id group and name, such as {@code rounds.buffer}
 * @param type what values are, such as {@code duration}
 * @param title texts by language
 * @param value the delivered value
 * @param min the smallest value: a whole number, a text for decimals
 * @param pattern what a text must match as a whole
 * @param options the only values of a choice
 * @param allowed the only words of a set; null allows any
 * @param references the collection in which the value is a key
 * @param levels where it may be set
 */
record Setting(
        String id,
        String group,
        String type,
        Map<String, String> title,
        Map<String, String> description,
        Object value,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable String unit,
        @Nullable String pattern,
        @Nullable List<Option> options,
        @Nullable List<String> allowed,
        @Nullable String references,
        List<Level> levels) {
    /** What a choice offers. */
    record Option(String key, Map<String, String> label) {}

    Setting {
        levels = List.copyOf(levels);
    }
}
