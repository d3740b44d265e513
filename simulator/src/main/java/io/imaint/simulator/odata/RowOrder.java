package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order of rows: by some properties, and by the key where those are equal. An initial value comes before all others.
 *
 * @param terms empty for the order of the keys, in which rows come anyway
 */
record RowOrder(EntitySet set, List<Term> terms) implements Comparator<@Nullable Object[]> {
    record Term(int place, boolean descending) {}

    static RowOrder parse(@Nullable String orderBy, EntitySet set) {
        var terms = new ArrayList<Term>();
        if (orderBy != null) {
            for (var text : orderBy.split(",", -1)) {
                var words = text.strip().split("\\s+", -1);
                if (set.find(words[0]) == null) {
                    throw ODataFault.noProperty(words[0], set.typeName());
                }
                var direction = words.length == 1 ? "asc" : words[1];
                if (words.length > 2 || !(direction.equals("asc") || direction.equals("desc"))) {
                    throw ODataFault.uriSyntax(
                            "Invalid value '%s' for system query option '$orderby'".formatted(orderBy));
                }
                int place = set.place(words[0]);
                if (terms.stream().noneMatch(term -> term.place() == place)) {
                    terms.add(new Term(place, direction.equals("desc")));
                }
            }
        }
        return new RowOrder(set, isKeyOrder(terms, set) ? List.of() : List.copyOf(terms));
    }

    private static boolean isKeyOrder(List<Term> terms, EntitySet set) {
        for (int i = 0; i < terms.size(); i++) {
            if (i >= set.keyLength() || !terms.get(i).equals(new Term(i, false))) {
                return false;
            }
        }
        return true;
    }

    boolean byKey() {
        return terms.isEmpty();
    }

    @Override
    public int compare(@Nullable Object[] one, @Nullable Object[] other) {
        for (var term : terms) {
            int order = compareValues(one[term.place()], other[term.place()]);
            if (order != 0) {
                return term.descending() ? -order : order;
            }
        }
        for (int i = 0; i < set.keyLength(); i++) {
            int order = Filter.text(one[i]).compareTo(Filter.text(other[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareValues(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        return switch (one) {
            case String text -> text.compareTo((String) other);
            case LocalDate date -> date.compareTo((LocalDate) other);
            case LocalTime time -> time.compareTo((LocalTime) other);
            case Instant instant -> instant.compareTo((Instant) other);
            case BigDecimal decimal -> decimal.compareTo((BigDecimal) other);
            case Integer number -> number.compareTo((Integer) other);
            case Double number -> number.compareTo((Double) other);
            case UUID id -> id.toString().compareTo(other.toString());
            default -> throw new AssertionError(one.getClass());
        };
    }

    /** The values by which a row is sorted, as text; empty texts for initial ones. */
    List<String> position(@Nullable Object[] row) {
        return terms.stream()
                .map(term -> row[term.place()])
                .map(value -> value == null ? "" : value.toString())
                .toList();
    }

    /**
     * A row that stands where a row with this position and key stands.
     *
     * @throws RuntimeException if the texts are no values of the properties
     */
    @Nullable
    Object[] rowAt(List<String> position, List<String> key) {
        var row = new @Nullable Object[set.properties().size()];
        for (int i = 0; i < terms.size(); i++) {
            int place = terms.get(i).place();
            row[place] = value(set.properties().get(place), position.get(i));
        }
        for (int i = 0; i < key.size(); i++) {
            row[i] = key.get(i);
        }
        return row;
    }

    private static @Nullable Object value(Property property, String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (property.type()) {
            case STRING -> text;
            case DATE -> LocalDate.parse(text);
            case TIME -> LocalTime.parse(text);
            case TIMESTAMP -> Instant.parse(text);
            case DECIMAL -> new BigDecimal(text);
            case INT32 -> Integer.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case GUID -> UUID.fromString(text);
        };
    }
}
