package io.imaint.services.alert;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One text of alerts in all its languages.
 *
 * @param texts by language tag in lower case, such as {@code de} or {@code de-at}
 */
record AlertString(String id, Map<String, AlertText> texts) {
    /** What is spoken where nothing better is known; every default text has it. */
    static final String FALLBACK = "en";

    /** The text in a language; else in the language without its region; else in English; else in any. */
    Optional<Map.Entry<String, AlertText>> in(String language) {
        var tag = language.toLowerCase(Locale.ROOT).replace('_', '-');
        while (true) {
            var text = texts.get(tag);
            if (text != null) {
                return Optional.of(Map.entry(tag, text));
            }
            int dash = tag.lastIndexOf('-');
            if (dash < 0) {
                break;
            }
            tag = tag.substring(0, dash);
        }
        var fallback = texts.get(FALLBACK);
        return fallback != null
                ? Optional.of(Map.entry(FALLBACK, fallback))
                : texts.entrySet().stream().sorted(Map.Entry.comparingByKey()).findFirst();
    }
}
