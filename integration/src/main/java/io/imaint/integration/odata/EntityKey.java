package io.imaint.integration.odata;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the key out of an entity's address, {@code https://host/…/Set(A='1',B=datetime'2025-01-01T00:00:00')}. */
final class EntityKey {
    private EntityKey() {}

    /** The key's values by place; empty unless the address has one readable value for each of the key's properties. */
    static Optional<Map<Integer, Object>> of(EntityType type, String address) {
        String plain;
        try {
            plain = URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException stray) {
            return Optional.empty();
        }
        int open = plain.indexOf('(');
        if (open < 0 || !plain.endsWith(")")) {
            return Optional.empty();
        }
        var values = new HashMap<Integer, Object>();
        var parts = parts(plain.substring(open + 1, plain.length() - 1));
        for (var part : parts) {
            int equals = parts.size() == 1 && type.keys().size() == 1 && !named(type, part) ? -1 : part.indexOf('=');
            var name = equals < 0
                    ? type.keys().getFirst()
                    : part.substring(0, equals).strip();
            if (!type.keys().contains(name)) {
                return Optional.empty();
            }
            int place = type.place(name);
            var property = type.properties().get(place);
            Literals.parse(property.kind(), part.substring(equals + 1).strip())
                    .ifPresent(value -> values.put(place, day(property, value)));
        }
        return values.size() == type.keys().size() ? Optional.of(values) : Optional.empty();
    }

    private static boolean named(EntityType type, String part) {
        return part.startsWith(type.keys().getFirst() + "=");
    }

    /** Literals know no days, rows do. */
    private static Object day(EdmProperty property, Object value) {
        boolean day = property.date()
                && value instanceof LocalDateTime time
                && time.toLocalTime().equals(LocalTime.MIDNIGHT);
        return day ? ((LocalDateTime) value).toLocalDate() : value;
    }

    /** Parted at the commas outside of quotes. */
    private static List<String> parts(String predicate) {
        var parts = new ArrayList<String>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < predicate.length(); i++) {
            char c = predicate.charAt(i);
            quoted ^= c == '\'';
            if (c == ',' && !quoted) {
                parts.add(predicate.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(predicate.substring(start));
        return parts;
    }
}
