package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Literals;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for rows by the ids of their documents, some at a time. */
final class ReconciliationFilter {
    /** So that a refused or slow one costs little; SAP's parser gets slow with long disjunctions. */
    private static final int KEYS_MAX = 20;

    /** Together with the selected properties it stays below what proxies let pass. */
    private static final int LENGTH_MAX = 2_000;

    /** Rows to ask for at once. */
    record Batch(List<String> ids, String filter) {}

    private final List<EdmProperty> keys;

    ReconciliationFilter(Integration integration, EntityType type) {
        this.keys = integration.mapping().keys().stream()
                .map(key -> type.properties().get(type.place(key)))
                .toList();
    }

    /**
     * The batches that ask for all of the ids.
     *
     * @param impossible takes the ids that no row can have by this mapping
     * @param unaskable takes the ids for which SAP has no literal, such as one with a date that is not there
     */
    List<Batch> batches(Collection<String> ids, Collection<String> impossible, Collection<String> unaskable) {
        var batches = new ArrayList<Batch>();
        var some = new ArrayList<String>();
        var filter = new StringBuilder();
        for (var id : ids) {
            var values = keys.size() == 1 ? List.of(id) : List.of(id.split("/", -1));
            var condition = values.size() == keys.size() ? condition(values) : Optional.<String>empty();
            if (condition.isEmpty()) {
                (values.size() == keys.size() ? unaskable : impossible).add(id);
                continue;
            }
            if (some.size() == KEYS_MAX
                    || (!some.isEmpty()
                            && Literals.encoded(filter + condition.get()).length() > LENGTH_MAX)) {
                batches.add(new Batch(List.copyOf(some), filter.toString()));
                some.clear();
                filter.setLength(0);
            }
            some.add(id);
            filter.append(filter.isEmpty() ? "" : " or ").append(condition.get());
        }
        if (!some.isEmpty()) {
            batches.add(new Batch(List.copyOf(some), filter.toString()));
        }
        return batches;
    }

    private Optional<String> condition(List<String> values) {
        var terms = new ArrayList<String>();
        for (int i = 0; i < keys.size(); i++) {
            boolean single = keys.size() == 1;
            var value =
                    single ? values.get(i) : values.get(i).replace("%2F", "/").replace("%25", "%");
            var literal = literal(keys.get(i), value);
            if (literal == null) {
                return Optional.empty();
            }
            terms.add(keys.get(i).name() + " eq " + literal);
        }
        return Optional.of("(" + String.join(" and ", terms) + ")");
    }

    private static @Nullable String literal(EdmProperty property, String value) {
        try {
            Object typed = switch (property.kind()) {
                case STRING, GUID -> value;
                case DATE_TIME -> value.indexOf('T') < 0 ? LocalDate.parse(value) : LocalDateTime.parse(value);
                case DATE_TIME_OFFSET -> Instant.parse(value);
                case TIME -> LocalTime.parse(value);
                case DECIMAL -> new BigDecimal(value);
                case DOUBLE, SINGLE -> Double.valueOf(value);
                case INT64, INT32, INT16, BYTE, SBYTE -> Long.valueOf(value);
                case BOOLEAN -> Boolean.valueOf(value);
                case BINARY, COMPLEX, UNKNOWN -> "";
            };
            return switch (property.kind()) {
                case BINARY, COMPLEX, UNKNOWN -> null;
                case STRING,
                        GUID,
                        DATE_TIME,
                        DATE_TIME_OFFSET,
                        TIME,
                        DECIMAL,
                        DOUBLE,
                        SINGLE,
                        INT64,
                        INT32,
                        INT16,
                        BYTE,
                        SBYTE,
                        BOOLEAN -> Literals.literal(property.kind(), typed);
            };
        } catch (DateTimeException | NumberFormatException otherType) {
            return null;
        }
    }
}
