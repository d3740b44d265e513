package io.imaint.integration.delta;

import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** The values of a row's key, read back from the id of its document. */
final class KeyValues {
    private final List<EdmProperty> properties;

    /** @param keys of a mapping, in the order in which it joins them */
    KeyValues(List<String> keys, EntityType type) {
        this.properties =
                keys.stream().map(key -> type.properties().get(type.place(key))).toList();
    }

    /** The properties of the key, in the order of their values. */
    List<EdmProperty> properties() {
        return properties;
    }

    /** The values as texts; empty for an id that no row can have by this mapping. */
    Optional<List<String>> texts(String id) {
        if (properties.size() == 1) {
            return Optional.of(List.of(id));
        }
        var parts = List.of(id.split("/", -1));
        return parts.size() == properties.size()
                ? Optional.of(parts.stream()
                        .map(part -> part.replace("%2F", "/").replace("%25", "%"))
                        .toList())
                : Optional.empty();
    }

    /** A text as a value of the Java type of a property's kind; empty when it is none, as a date that is not there. */
    static Optional<Object> value(EdmProperty property, String text) {
        try {
            return switch (property.kind()) {
                case STRING, GUID -> Optional.of(text);
                case DATE_TIME ->
                    Optional.of(
                            text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text));
                case DATE_TIME_OFFSET -> Optional.of(Instant.parse(text));
                case TIME -> Optional.of(LocalTime.parse(text));
                case DECIMAL -> Optional.of(new BigDecimal(text));
                case DOUBLE, SINGLE -> Optional.of(Double.valueOf(text));
                case INT64, INT32, INT16, BYTE, SBYTE -> Optional.of(Long.valueOf(text));
                case BOOLEAN -> Optional.of(Boolean.valueOf(text));
                case BINARY, COMPLEX, UNKNOWN -> Optional.empty();
            };
        } catch (DateTimeException | NumberFormatException otherType) {
            return Optional.empty();
        }
    }
}
