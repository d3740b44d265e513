package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: what the customer changed stays, what a release changed arrives, and nothing else happens. */
final class ThreeWayMergeTest {
    private static final SeedSchema SCHEMA = schema("""
            {"properties": {
              "items": {"x-key": "key", "items": {"properties": {"tags": {"x-set": true}}}},
              "tags": {"x-set": true},
              "inner": {"properties": {"items": {"x-key": "key"}}}}}""");

    private static SeedSchema schema(String json) {
        try {
            return new SeedSchema(SeedJson.read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (SeedJson.Broken broken) {
            throw new AssertionError(broken);
        }
    }

    private static ThreeWayMerge.Merged merged(@Nullable Document base, Document mine, Document theirs) {
        return ThreeWayMerge.merge(base, mine, theirs, SCHEMA.shape(theirs));
    }

    private static Document json(String json) {
        try {
            return (Document) Objects.requireNonNull(
                    SeedJson.kept(SeedJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))));
        } catch (SeedJson.Broken broken) {
            throw new AssertionError(broken);
        }
    }

    @Provide
    Arbitrary<Document> documents() {
        var scalars = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 3).map(number -> (Object) (long) number),
                Arbitraries.of("x", "y").map(text -> (Object) text),
                Arbitraries.just(true));
        var tags =
                Arbitraries.of("red", "green", "blue").list().uniqueElements().ofMaxSize(3);
        var items = Combinators.combine(Arbitraries.of("p", "q", "r", "s"), scalars, tags)
                .as((key, value, set) ->
                        new Document().put("key", key).put("value", value).put("tags", set))
                .list()
                .uniqueElements(item -> Objects.requireNonNull(item.get("key")))
                .ofMaxSize(4);
        var inner = Combinators.combine(scalars.injectNull(0.3), items.injectNull(0.3))
                .as((value, list) -> put(put(new Document(), "a", value), "items", list));
        return Combinators.combine(
                        scalars.injectNull(0.3),
                        scalars.list().ofMaxSize(2).injectNull(0.3),
                        tags.injectNull(0.2),
                        items.injectNull(0.2),
                        inner.injectNull(0.2))
                .as((a, plain, set, list, nested) -> {
                    var document = new Document().put("id", "one");
                    put(document, "a", a);
                    put(document, "plain", plain);
                    put(document, "tags", set);
                    put(document, "items", list);
                    return put(document, "inner", nested);
                });
    }

    private static Document put(Document document, String field, @Nullable Object value) {
        return value == null ? document : document.put(field, value);
    }

    @Property
    void aReleaseThatChangesNothingLeavesMine(@ForAll("documents") Document base, @ForAll("documents") Document mine) {
        assertThat(merged(base, mine, base)).isEqualTo(new ThreeWayMerge.Merged(mine, List.of()));
    }

    @Property
    void whatNobodyChangedBecomesTheirs(@ForAll("documents") Document base, @ForAll("documents") Document theirs) {
        var merged = merged(base, base, theirs);

        assertThat(ThreeWayMerge.same(merged.value(), theirs)).isTrue();
        assertThat(merged.clashes()).isEmpty();
    }

    @Property
    void mergingAgainChangesNothing(
            @ForAll("documents") Document base,
            @ForAll("documents") Document mine,
            @ForAll("documents") Document theirs) {
        var once = (Document) Objects.requireNonNull(merged(base, mine, theirs).value());

        assertThat(merged(theirs, once, theirs)).isEqualTo(new ThreeWayMerge.Merged(once, List.of()));
    }

    @Property
    void everyPlaceThatTheCustomerChangedKeepsTheirValue(
            @ForAll("documents") Document base,
            @ForAll("documents") Document mine,
            @ForAll("documents") Document theirs) {
        var merged = leaves(
                (Document) Objects.requireNonNull(merged(base, mine, theirs).value()));
        var own = leaves(mine);
        var before = leaves(base);

        own.stream()
                .filter(leaf -> !before.contains(leaf))
                .forEach(leaf -> assertThat(merged).contains(leaf));
    }

    @Property
    void everyPlaceThatOnlyTheReleaseChangedGetsItsValue(
            @ForAll("documents") Document base, @ForAll("documents") Document theirs) {
        var mine = base.copy().put("a", "the customer's");

        var merged =
                (Document) Objects.requireNonNull(merged(base, mine, theirs).value());

        for (var field : List.of("plain", "tags", "items", "inner")) {
            assertThat(ThreeWayMerge.same(merged.get(field), theirs.get(field))).isTrue();
        }
        assertThat(merged.get("a")).isEqualTo("the customer's");
    }

    @Property
    void conflictsAreTheSameWhoeverIsMine(
            @ForAll("documents") Document base,
            @ForAll("documents") Document mine,
            @ForAll("documents") Document theirs) {
        assertThat(places(ThreeWayMerge.merge(base, mine, theirs, SCHEMA.shape(base))))
                .isEqualTo(places(ThreeWayMerge.merge(base, theirs, mine, SCHEMA.shape(base))));
    }

    @Property
    void aSkippedReleaseIsLikeOneAfterTheOtherWithoutConflict(
            @ForAll("documents") Document base,
            @ForAll("documents") Document middle,
            @ForAll("documents") Document last) {
        var mine = base.copy().put("own", "the customer's");

        var first = (Document) Objects.requireNonNull(merged(base, mine, middle).value());
        var stepwise = merged(middle, first, last);
        var skipping = merged(base, mine, last);

        assertThat(ThreeWayMerge.same(stepwise.value(), skipping.value())).isTrue();
        assertThat(stepwise.clashes()).isEmpty();
    }

    @Test
    void theCustomersOwnItemsStandAfterTheirLeftNeighbour() {
        var merged = merged(
                json("{'items': [{'key': 'p'}, {'key': 'q'}]}"),
                json("{'items': [{'key': 'p'}, {'key': 'mine'}, {'key': 'q'}]}"),
                json("{'items': [{'key': 'q', 'value': 2}, {'key': 'p'}, {'key': 'new'}]}"));

        assertThat(merged)
                .isEqualTo(new ThreeWayMerge.Merged(
                        json("{'items': [{'key': 'q', 'value': 2}, {'key': 'p'}, {'key': 'mine'}, {'key': 'new'}]}"),
                        List.of()));
    }

    @Test
    void aPlaceThatBothChangedIsAConflictAndMineStays() {
        var merged = merged(
                json("{'inner': {'items': [{'key': 'p', 'value': 1}]}}"),
                json("{'inner': {'items': [{'key': 'p', 'value': 2}]}}"),
                json("{'inner': {'items': [{'key': 'p', 'value': 3}], 'a': 1}}"));

        assertThat(merged.value()).isEqualTo(json("{'inner': {'items': [{'key': 'p', 'value': 2}], 'a': 1}}"));
        assertThat(merged.clashes()).containsExactly(new ThreeWayMerge.Clash("/inner/items/p/value", 1L, 2L, 3L));
    }

    @Test
    void whatOneRemovedAndTheOtherChangedIsAConflict() {
        var merged = merged(json("{'a': 1}"), json("{}"), json("{'a': 2}"));

        assertThat(merged.value()).isEqualTo(json("{}"));
        assertThat(merged.clashes()).containsExactly(new ThreeWayMerge.Clash("/a", 1L, null, 2L));
    }

    private static Set<String> places(ThreeWayMerge.Merged merged) {
        return new TreeSet<>(
                merged.clashes().stream().map(ThreeWayMerge.Clash::path).toList());
    }

    /** All places with a value, items of lists by key under their key, those of sets under their value. */
    private static Set<List<Object>> leaves(Document document) {
        var leaves = new LinkedHashSet<List<Object>>();
        leaves("", document, leaves);
        return leaves;
    }

    private static void leaves(String path, @Nullable Object value, Set<List<Object>> into) {
        if (value instanceof Document document) {
            document.forEach((name, inner) -> leaves(path + "/" + name, inner, into));
        } else if (value instanceof List<?> list && path.endsWith("/items")) {
            for (var item : list) {
                leaves(path + "/" + ((Document) item).get("key"), item, into);
            }
        } else if (value instanceof List<?> list && path.endsWith("/tags")) {
            list.forEach(item -> into.add(List.of(path, item)));
        } else if (value != null) {
            into.add(new ArrayList<>(List.of(path, value)));
        }
    }
}
