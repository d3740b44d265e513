package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a document is a map that keeps its order. Method: the same random steps on it and on a linked map. */
class DocumentTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9, 30, 400, 5_000})
    void isAMapThatKeepsItsOrder(int names) {
        var random = new Random(names);
        var document = new Document(random.nextInt(20));
        var map = new LinkedHashMap<String, Object>();
        for (int step = 0; step < names * 4; step++) {
            var name = "field" + random.nextInt(names);
            var value = random.nextInt(10) == 0 ? null : Long.valueOf(step);
            document.putKept(name, value);
            map.put(name, value);
            var asked = "field" + random.nextInt(names + 1);
            assertThat(document.get(asked)).isEqualTo(map.get(asked));
            assertThat(document.has(asked)).isEqualTo(map.containsKey(asked));
        }
        assertThat(document.fields()).isEqualTo(map);
        assertThat(document.fields().keySet()).containsExactlyElementsOf(map.keySet());
        assertThat(Jsonb.read(Jsonb.write(document)).fields().keySet()).containsExactlyElementsOf(map.keySet());
        assertThat(document).hasToString(map.toString());
    }

    @Test
    void findsNamesWithTheSameHash() {
        var document = new Document();
        for (int i = 0; i < 64; i++) { // "Aa" and "BB" have the same hash, and so have all texts made of them.
            document.put(colliding(i), i);
        }
        for (int i = 0; i < 64; i++) {
            assertThat(document.get(colliding(i))).isEqualTo((long) i);
        }
    }

    private static String colliding(int number) {
        var name = new StringBuilder();
        for (int bit = 0; bit < 6; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    @Test
    void isEqualInWhateverOrder() {
        var one = new Document().put("a", 1).put("b", null);
        var other = new Document().put("b", null).put("a", 1);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(new Document().put("a", 1).put("c", null));
        assertThat(one).isNotEqualTo(new Document().put("a", 1));
        assertThat(one).isNotEqualTo(new Document().put("a", 2).put("b", null));
    }

    @Test
    void aCopyLeavesItsOriginalAlone() {
        var original = new Document().put("a", 1);
        var copy = original.copy().put("a", 2);
        for (int i = 0; i < 20; i++) {
            copy.put("more" + i, i);
        }
        assertThat(original.fields()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void instantsAreWrittenAsTheFormatterOfTheLibraryWritesThem() {
        var formatter = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var instant = Instant.ofEpochSecond(
                    random.nextLong(-70_000_000_000L, 300_000_000_000L), random.nextLong(1_000_000_000L));
            assertThat(Values.text(instant)).isEqualTo(formatter.format(instant.atOffset(ZoneOffset.UTC)));
        }
    }
}
