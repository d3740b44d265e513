package io.imaint.integration.schedule;

import io.imaint.kernel.settings.Settings;
import io.imaint.store.replica.ReplicaLanguage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * In which languages the texts of customizing are replicated besides the logon language.
 *
 * @param languages as {@link ReplicaLanguage#language}
 * @param every the time after which they are read again
 */
record LanguageSettings(List<String> languages, Duration every) {
    private static final String NONE = "none";

    /** SAP itself has some forty; each is read whole. */
    private static final int LANGUAGES_MAX = 40;

    LanguageSettings {
        languages = List.copyOf(languages);
    }

    static LanguageSettings read(Settings settings) {
        var text = settings.text(
                "sap-text-languages",
                "DE,ES,HI",
                "the languages besides sap-language in which value lists are replicated, separated by commas, or none");
        var languages = text.strip().equalsIgnoreCase(NONE)
                ? List.<String>of()
                : Arrays.stream(text.split(",", -1))
                        .map(language -> language.strip().toUpperCase(Locale.ROOT))
                        .distinct()
                        .toList();
        if (languages.size() > LANGUAGES_MAX
                || !languages.stream()
                        .allMatch(language ->
                                ReplicaLanguage.FORM.matcher(language).matches())) {
            settings.report("sap-text-languages takes up to %d languages of two letters each, such as DE,ES, or none"
                    .formatted(LANGUAGES_MAX));
            languages = List.of();
        }
        return new LanguageSettings(
                languages,
                settings.duration(
                        "sap-texts-every",
                        Duration.ofHours(6),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30),
                        "the time after which texts in other languages are read again"));
    }
}
