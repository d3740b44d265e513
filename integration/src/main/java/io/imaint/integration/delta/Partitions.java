package io.imaint.integration.delta;

import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityKey;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.state.LoadState;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each id of a document to one of the ranges in which the last load read.
 *
 * <p>The id alone decides, by the order of Java, for SAP's rows and the store's documents alike: so the two sides of a
 * range always speak of the same keys, whatever order SAP has, and what is newer than the plan falls into a range as well.
 * A key without a value belongs to the first, as it does in a load.
 */
final class Partitions {
    /** All in one: no load was split, or by something that is not in the id. */
    static final Partitions ALL = new Partitions(0, 0, null, List.of());

    private final int keys;
    private final int place;
    private final @Nullable EdmProperty property;
    private final List<Object> boundaries;

    private Partitions(int keys, int place, @Nullable EdmProperty property, List<Object> boundaries) {
        this.keys = keys;
        this.place = place;
        this.property = property;
        this.boundaries = boundaries;
    }

    /** @param keys of the mapping by which ids are made */
    static Partitions of(List<String> keys, EntityType type, LoadState.KeyRanges ranges) {
        int place = keys.indexOf(ranges.property());
        if (place < 0 || ranges.boundaries().isEmpty()) {
            return ALL;
        }
        var property = type.properties().get(type.place(ranges.property()));
        var boundaries = ranges.boundaries().stream()
                .map(literal -> Literals.parse(property.kind(), literal))
                .flatMap(Optional::stream)
                .sorted(Partitions::compare)
                .toList();
        return new Partitions(keys.size(), place, property, boundaries);
    }

    /** How many there are; one at least. */
    int count() {
        return boundaries.size() + 1;
    }

    /** The partition of an id, from 0: how many boundaries are not above its value. */
    int of(String id) {
        var own = value(id);
        if (own == null) {
            return 0;
        }
        int low = 0;
        int high = boundaries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(own, boundaries.get(middle)) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The property by which they are divided; null for one of everything. */
    @Nullable
    String property() {
        return property == null ? null : property.name();
    }

    /** The least value of a partition; null for the first. */
    @Nullable
    String from(int partition) {
        return partition == 0 ? null : boundaries.get(partition - 1).toString();
    }

    /** The value below which a partition ends; null for the last. */
    @Nullable
    String below(int partition) {
        return partition == boundaries.size() ? null : boundaries.get(partition).toString();
    }

    private @Nullable Object value(String id) {
        if (property == null) {
            return null;
        }
        var texts = RowMapping.values(id, keys).orElse(null);
        return texts == null
                ? null
                : EntityKey.value(property, texts.get(place)).orElse(null);
    }

    /** A value that compares with all others of its kind: the end of a day is no {@link LocalTime}. */
    private static Object ordered(Object value) {
        return switch (value) {
            case LocalTime time -> Duration.ofNanos(time.toNanoOfDay());
            default -> value;
        };
    }

    @SuppressWarnings("unchecked") // Both are values of one property, of a kind by which a load can be split.
    private static int compare(Object one, Object other) {
        return ((Comparable<Object>) ordered(one)).compareTo(ordered(other));
    }
}
