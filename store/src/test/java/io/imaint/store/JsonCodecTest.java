package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.identifiers.OrderNumber;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

@NullMarked
class JsonCodecTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new SimpleModule().addSerializer(OrderNumber.class, new ValueSerializer<>() {
                @Override
                public void serialize(OrderNumber key, JsonGenerator json, SerializationContext context) {
                    json.writeString(key.value());
                }
            }))
            .build();

    enum Colour {
        RED,
        GREEN
    }

    record Inner(@Nullable String name, List<Integer> sizes) {}

    record More(@Nullable BigDecimal amount, @Nullable Duration duration) {}

    /** One component of each kind there is. */
    record Everything(
            OrderNumber order,
            @Nullable String text,
            long whole,
            int small,
            boolean flag,
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable Instant instant,
            @Nullable Colour colour,
            Optional<String> maybe,
            List<String> texts,
            List<BigDecimal> numbers,
            Map<String, String> entries,
            @Nullable Inner inner,
            @JsonUnwrapped @Nullable More more) {}

    /** What is stored; unwrapped components lie among the others. */
    record Kept(
            OrderNumber order,
            @Nullable String text,
            long whole,
            int small,
            boolean flag,
            @Nullable LocalDate date,
            @Nullable LocalTime time,
            @Nullable Instant instant,
            @Nullable Colour colour,
            Optional<String> maybe,
            List<String> texts,
            List<BigDecimal> numbers,
            Map<String, String> entries,
            @Nullable Inner inner,
            @Nullable BigDecimal amount,
            @Nullable Duration duration,
            @Nullable String unknownToTheProjection) {}

    private static String passedOn(Document document) {
        return JSON.writeValueAsString(JsonCodec.of(Everything.class).read(Jsonb.write(document)));
    }

    private static String throughTheRecord(Document document) {
        var kept = RecordCodec.of(Kept.class).read(document);
        return JSON.writeValueAsString(new Everything(
                kept.order,
                kept.text,
                kept.whole,
                kept.small,
                kept.flag,
                kept.date,
                kept.time,
                kept.instant,
                kept.colour,
                kept.maybe,
                kept.texts,
                kept.numbers,
                kept.entries,
                kept.inner,
                new More(kept.amount, kept.duration)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void writesWhatTheRecordWouldWrite(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var document = document(random);
            assertThat(passedOn(document)).isEqualTo(throughTheRecord(document));
        }
    }

    /** Some of the fields, in any order. */
    private static Document document(RandomGenerator random) {
        var written = RecordCodec.of(Kept.class).write(kept(random));
        var names = new ArrayList<>(written.fields().keySet());
        Collections.shuffle(names, Random.from(random));
        var document = new Document();
        for (var name : names) {
            if (name.equals("order") || random.nextInt(4) > 0) {
                document.put(name, written.get(name));
            }
        }
        return document;
    }

    private static Kept kept(RandomGenerator random) {
        var texts = List.of("", "pump", "Pumpe \"Süd\"\n\t\\", "पंप 🛠", "a".repeat(300), "\u0001\u2028");
        return new Kept(
                new OrderNumber("000004" + random.nextInt(100_000, 999_999)),
                texts.get(random.nextInt(texts.size())),
                random.nextLong(),
                random.nextInt(),
                random.nextBoolean(),
                LocalDate.ofEpochDay(random.nextInt(40_000)),
                LocalTime.ofSecondOfDay(random.nextInt(86_400)),
                Instant.ofEpochMilli(random.nextLong(1L << 42) * (random.nextBoolean() ? 1 : 1_000)),
                random.nextBoolean() ? Colour.RED : Colour.GREEN,
                random.nextBoolean() ? Optional.empty() : Optional.of("there"),
                texts.subList(0, random.nextInt(texts.size())),
                List.of(BigDecimal.valueOf(random.nextInt(), 3), new BigDecimal("1E+5"), BigDecimal.TEN),
                Map.of("one", "1"),
                new Inner(null, List.of(1, 2)),
                random.nextBoolean() ? new BigDecimal("12.50") : BigDecimal.valueOf(12),
                Duration.ofSeconds(random.nextInt(100_000)),
                "hidden");
    }

    @Test
    void tellsATextForALookup() {
        var document =
                new Document().put("order", "000004000001").put("text", "pump").put("texts", null);
        Projected<Everything> passedOn = JsonCodec.of(Everything.class).read(document);
        assertThat(passedOn.text("text")).contains("pump");
        assertThat(passedOn.text("colour")).isEmpty();
    }

    @Test
    void refusesADocumentThatDoesNotFitTheRecord() {
        var codec = JsonCodec.of(Everything.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.read(new Document().put("text", "no order")))
                .withMessageContaining("order is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        codec.read(new Document().put("order", "000004000001").put("whole", "three")))
                .withMessageContaining("whole is 'three', not a whole number");
    }

    @Test
    void refusesBytesThatAreNoDocument() {
        var codec = JsonCodec.of(Everything.class);
        var bytes = Jsonb.write(new Document().put("order", "000004000001").put("text", "pump"));
        for (int length = 0; length < bytes.length; length++) {
            var cut = java.util.Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> codec.read(cut));
        }
        var more = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> codec.read(more));
    }
}
