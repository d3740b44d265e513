package io.imaint.services.seed;

import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges what a customer changed and what a release changes, given what was delivered before:
 *
 * <pre>
 *   mine = theirs            mine
 *   theirs = base            mine     (the release does not change it)
 *   mine = base              theirs   (the customer did not change it)
 *   three objects            field by field
 *   three lists by key       item by item, in the order of theirs; the customer's own after their left neighbour
 *   three sets               what both kept, and what either added
 *   anything else            mine, and a conflict
 * </pre>
 *
 * A field that is absent is a value like others and may be in conflict; null counts as absent.
 */
final class ThreeWayMerge {
    /**
     * A value that both changed, each to something else.
     *
     * @param path JSON pointer; the segment of an item in a list by key is that key
     */
    record Clash(
            String path,
            @Nullable Object base,
            @Nullable Object mine,
            @Nullable Object theirs) {}

    /** @param value null for an absent one */
    record Merged(@Nullable Object value, List<Clash> clashes) {}

    private final List<Clash> clashes = new ArrayList<>();

    private ThreeWayMerge() {}

    static Merged merge(
            @Nullable Object base, @Nullable Object mine, @Nullable Object theirs, Shape shape) {
        var merge = new ThreeWayMerge();
        var value = merge.value("", new Three(base, mine, theirs), shape);
        return new Merged(value, List.copyOf(merge.clashes));
    }

    /** The three values at one place. */
    private record Three(
            @Nullable Object base, @Nullable Object mine, @Nullable Object theirs) {}

    private @Nullable Object value(String path, Three three, Shape shape) {
        var mine = three.mine();
        var theirs = three.theirs();
        if (same(mine, theirs) || same(theirs, three.base())) {
            return mine;
        }
        if (same(mine, three.base())) {
            return theirs;
        }
        if (mine instanceof Document own && theirs instanceof Document delivered) {
            return object(path, three.base() instanceof Document before ? before : new Document(), own, delivered, shape);
        }
        if (mine instanceof List<?> own && theirs instanceof List<?> delivered) {
            var before = three.base() instanceof List<?> list ? list : List.of();
            if (shape.isSet()) {
                return set(before, own, delivered);
            }
            var merged = shape.itemKey().flatMap(key -> byKey(path, new Lists(before, own, delivered), key, shape));
            if (merged.isPresent()) {
                return merged.get();
            }
        }
        clashes.add(new Clash(path, three.base(), mine, theirs));
        return mine;
    }

    private Document object(String path, Document base, Document mine, Document theirs, Shape shape) {
        var names = new LinkedHashSet<String>();
        theirs.forEach((name, value) -> names.add(name));
        mine.forEach((name, value) -> names.add(name));
        var merged = new Document();
        for (var name : names) {
            var three = new Three(base.get(name), mine.get(name), theirs.get(name));
            var value = value(path + '/' + escaped(name), three, shape.field(name));
            if (value != null) {
                merged.putKept(name, value);
            }
        }
        return merged;
    }

    private static List<Object> set(List<?> base, List<?> mine, List<?> theirs) {
        var merged = new ArrayList<Object>();
        for (var item : theirs) {
            if (contains(mine, item) || !contains(base, item)) {
                merged.add(item);
            }
        }
        for (var item : mine) {
            if (!contains(base, item) && !contains(merged, item)) {
                merged.add(item);
            }
        }
        return merged;
    }

    private static boolean contains(List<?> list, Object item) {
        return list.stream().anyMatch(other -> same(other, item));
    }

    private record Lists(List<?> base, List<?> mine, List<?> theirs) {}

    /** Empty when items lack their key or share one, so that they cannot be told apart. */
    private Optional<List<Object>> byKey(String path, Lists lists, String key, Shape shape) {
        var base = items(lists.base(), key);
        var mine = items(lists.mine(), key);
        var theirs = items(lists.theirs(), key);
        if (base.isEmpty() || mine.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        var merged = new LinkedHashMap<Object, Object>();
        var own = mine.get();
        for (var id : theirs.get().keySet()) {
            item(path, id, three(base.get(), own, theirs.get(), id), shape, merged);
        }
        var order = new ArrayList<>(merged.keySet());
        Object left = null;
        for (var id : own.keySet()) {
            if (!theirs.get().containsKey(id)) {
                item(path, id, three(base.get(), own, theirs.get(), id), shape, merged);
                if (merged.containsKey(id)) {
                    order.add(left == null ? 0 : order.indexOf(left) + 1, id);
                }
            }
            left = merged.containsKey(id) ? id : left;
        }
        return Optional.of(order.stream().map(merged::get).map(Objects::requireNonNull).toList());
    }

    private static Three three(
            SequencedMap<Object, Object> base,
            SequencedMap<Object, Object> mine,
            SequencedMap<Object, Object> theirs,
            Object id) {
        return new Three(base.get(id), mine.get(id), theirs.get(id));
    }

    private void item(String path, Object id, Three three, Shape shape, SequencedMap<Object, Object> into) {
        var value = value(path + '/' + escaped(String.valueOf(id)), three, shape.item());
        if (value != null) {
            into.put(id, value);
        }
    }

    private static Optional<SequencedMap<Object, Object>> items(List<?> list, String key) {
        var items = new LinkedHashMap<Object, Object>();
        for (var item : list) {
            var id = item instanceof Document document ? document.get(key) : null;
            if (id == null || items.put(id, item) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(items);
    }

    /** Whether two values are equal when null counts as absent and numbers by what they are worth. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Document left && other instanceof Document right) {
            return covers(left, right) && covers(right, left);
        }
        if (one instanceof List<?> left && other instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!same(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(SeedJson.number(one), SeedJson.number(other));
    }

    private static boolean covers(Document left, Document right) {
        boolean[] all = {true};
        left.forEach((name, value) -> all[0] &= value == null ? right.get(name) == null : same(value, right.get(name)));
        return all[0];
    }

    /** A segment of a JSON pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
