package io.imaint.services.alert;

import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The texts of alerts: those in the store, and the program's own where the store has none. */
final class AlertStrings {
    private static final String RESOURCE = "alert-strings.json";

    /** An alert's text in one language. */
    record Rendered(String language, AlertText text) {}

    private final Documents<AlertString> stored;
    private final Map<String, AlertString> standard = standard();

    AlertStrings(Store store) {
        this.stored = store.documents(AlertCollections.STRINGS);
    }

    private static Map<String, AlertString> standard() {
        try (var resource = Objects.requireNonNull(AlertStrings.class.getResourceAsStream(RESOURCE))) {
            var texts = new JsonMapper()
                    .readValue(resource.readAllBytes(), new TypeReference<Map<String, Map<String, AlertText>>>() {});
            return texts.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, entry -> new AlertString(entry.getKey(), entry.getValue())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Optional<AlertString> find(String key) {
        return stored.find(key).map(Stored::value).or(() -> Optional.ofNullable(standard.get(key)));
    }

    /** The text of an alert in the language nearest to the one wanted; its fact's name where the text is gone. */
    Rendered rendered(Alert alert, String language) {
        return rendered(alert.text(), alert.places(), language)
                .orElseGet(() -> new Rendered(AlertString.FALLBACK, new AlertText(alert.fact(), alert.subject())));
    }

    Optional<Rendered> rendered(String key, Map<String, String> places, String language) {
        return find(key)
                .flatMap(string -> string.in(language))
                .map(nearest -> new Rendered(
                        nearest.getKey().toLowerCase(Locale.ROOT),
                        nearest.getValue().filled(places)));
    }
}
