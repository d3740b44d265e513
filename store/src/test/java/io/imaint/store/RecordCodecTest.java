package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.OrderNumber;
import io.imaint.kernel.identifiers.PlantCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Records as documents: what is written is read again, and nothing that a record does not know is lost. */
@SuppressWarnings("NullAway") // It cannot follow the nulls that jqwik injects.
class RecordCodecTest {
    enum Grade {
        LOW,
        VERY_HIGH;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    sealed interface Channel {
        record Email(String address) implements Channel {}

        record WebPush(String endpoint, int attempts) implements Channel {}
    }

    record Step(String name, @Nullable BigDecimal hours, List<Step> parts) {}

    record Task(
            String id,
            OrderNumber order,
            Optional<EquipmentNumber> equipment,
            @Nullable PlantCode plant,
            int attempts,
            long total,
            @Nullable Long limit,
            boolean done,
            @Nullable BigDecimal amount,
            @Nullable LocalDate day,
            @Nullable LocalTime time,
            @Nullable Instant at,
            @Nullable Duration every,
            Grade grade,
            @Nullable Grade before,
            List<String> words,
            List<Channel> channels,
            Map<String, Step> steps,
            Map<Grade, Long> counts,
            @Nullable Step first,
            Optional<Channel> last) {}

    private static final RecordCodec<Task> TASKS = RecordCodec.of(Task.class);

    @Property(tries = 300)
    void readsWhatItWrote(@ForAll("tasks") Task task) {
        assertThat(TASKS.read(TASKS.write(task))).isEqualTo(task);
        assertThat(TASKS.read(Jsonb.read(Jsonb.write(TASKS.write(task))))).isEqualTo(task);
        assertThat(TASKS.read((Document) MongoFormat.kept(MongoFormat.bson(TASKS.write(task)))))
                .isEqualTo(task);
    }

    @Property(tries = 100)
    void readsFieldsInWhateverOrder(@ForAll("tasks") Task task, @ForAll java.util.Random random) {
        var written = TASKS.write(task);
        var names = new java.util.ArrayList<>(written.fields().keySet());
        java.util.Collections.shuffle(names, random);
        var shuffled = new Document();
        names.forEach(name -> shuffled.put(name, written.get(name)));
        assertThat(TASKS.read(shuffled)).isEqualTo(task);
        assertThat(TASKS.write(TASKS.read(shuffled))).isEqualTo(written);
    }

    @Property(tries = 100)
    void keepsWhatTheRecordDoesNotKnow(@ForAll("tasks") Task before, @ForAll("tasks") Task after) {
        var stored = TASKS.write(before).put("later", "x").put("more", new Document().put("deep", 1));
        if (stored.get("first") instanceof Document first) {
            first.put("unknown", true);
        }
        var merged = TASKS.merged(stored, TASKS.write(after));
        assertThat(TASKS.read(merged)).isEqualTo(after);
        assertThat(merged.text("later")).contains("x");
        assertThat(merged.get("more")).isEqualTo(new Document().put("deep", 1));
        if (before.first() != null && after.first() != null) {
            assertThat(((Document) merged.get("first")).flag("unknown")).isTrue();
        }
    }

    record Small(
            String id, int n, boolean flag, List<String> words, Map<String, Long> counts, Optional<String> maybe) {}

    @Example
    void readsAbsentFieldsAsNothing() {
        var small = RecordCodec.of(Small.class);
        var expected = new Small("1", 0, false, List.of(), Map.of(), Optional.empty());
        assertThat(small.read(new Document().put("id", "1"))).isEqualTo(expected);
        assertThat(small.read(new Document().put("id", "1").put("words", null).put("n", null)))
                .isEqualTo(expected);
    }

    @Example
    void namesTheFieldThatDoesNotFit() {
        var tasks = RecordCodec.of(Task.class);
        assertUnfit(Small.class, new Document(), "id is missing");
        assertUnfit(Small.class, new Document().put("id", 1), "id is 1, not a text");
        assertUnfit(
                Small.class,
                new Document().put("id", "1").put("n", 5_000_000_000L),
                "n is 5000000000, not a whole number of 32 bits");
        assertUnfit(
                Small.class,
                new Document().put("id", "1").put("counts", Map.of("a", "x")),
                "counts.a is 'x', not a whole number");
        assertUnfit(
                Step.class,
                new Document()
                        .put("name", "a")
                        .put("parts", List.of(new Document().put("name", "b").put("hours", "1.5"))),
                "parts[].hours is '1.5', not a number");
        var task = tasks.write(new Task(
                "1",
                new OrderNumber("4711"),
                Optional.empty(),
                null,
                0,
                0,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                Grade.LOW,
                null,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                Optional.empty()));
        assertUnfit(Task.class, task.copy().put("day", "2026-02-30"), "day is '2026-02-30', not a date");
        assertUnfit(Task.class, task.copy().put("day", "2026-0x-30"), "day is '2026-0x-30', not a date");
        assertUnfit(Task.class, task.copy().put("plant", "10000"), "plant is '10000', not a PlantCode");
        assertUnfit(Task.class, task.copy().put("grade", "urgent"), "grade is 'urgent', not one of [low, very-high]");
        assertUnfit(
                Task.class,
                task.copy().put("last", new Document().put("type", "fax")),
                "last.type is 'fax', not one of [email, webPush]");
    }

    private static void assertUnfit(Class<? extends Record> type, Document document, String message) {
        assertThatThrownBy(() -> RecordCodec.of(type).read(document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Example
    void storesEnumsAndIdentifiersAsTheApiShowsThem() {
        var step = new Step("a", null, List.of());
        var document = TASKS.write(new Task(
                "1",
                new OrderNumber("4711"),
                Optional.of(new EquipmentNumber("17")),
                new PlantCode("1000"),
                1,
                2,
                null,
                true,
                null,
                LocalDate.of(2026, 1, 2),
                LocalTime.of(7, 5),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMinutes(90),
                Grade.VERY_HIGH,
                null,
                List.of("x"),
                List.of(new Channel.WebPush("https://push", 3)),
                Map.of("s", step),
                Map.of(Grade.LOW, 5L),
                step,
                Optional.of(new Channel.Email("a@x"))));
        assertThat(document)
                .isEqualTo(new Document()
                        .put("id", "1")
                        .put("order", "000000004711")
                        .put("equipment", "000000000000000017")
                        .put("plant", "1000")
                        .put("attempts", 1)
                        .put("total", 2)
                        .put("limit", null)
                        .put("done", true)
                        .put("amount", null)
                        .put("day", "2026-01-02")
                        .put("time", "07:05:00")
                        .put("at", "2026-01-02T03:04:05.000Z")
                        .put("every", "PT1H30M")
                        .put("grade", "very-high")
                        .put("before", null)
                        .put("words", List.of("x"))
                        .put(
                                "channels",
                                List.of(new Document()
                                        .put("type", "webPush")
                                        .put("endpoint", "https://push")
                                        .put("attempts", 3)))
                        .put("steps", Map.of("s", stored(step)))
                        .put("counts", new Document().put("low", 5))
                        .put("first", stored(step))
                        .put("last", new Document().put("type", "email").put("address", "a@x")));
        assertThat(TASKS.read(document.put("grade", "VERY_HIGH")).grade()).isEqualTo(Grade.VERY_HIGH);
    }

    private static Document stored(Step step) {
        return RecordCodec.of(Step.class).write(step);
    }

    record Unstorable(Thread thread) {}

    @Example
    void refusesComponentsThatCannotBeStored() {
        assertThatThrownBy(() -> RecordCodec.of(Unstorable.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Thread");
    }

    @Provide
    Arbitrary<Task> tasks() {
        var texts = Arbitraries.strings().ofMaxLength(12);
        var amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1E12"), new BigDecimal("1E12"))
                .ofScale(3);
        var steps = Combinators.combine(texts, amounts.injectNull(0.3))
                .as((name, hours) -> new Step(name, hours, List.of()));
        var trees = Combinators.combine(
                        texts, amounts.injectNull(0.3), steps.list().ofMaxSize(2))
                .as(Step::new);
        Arbitrary<Channel> channels = Arbitraries.oneOf(
                texts.map(Channel.Email::new),
                Combinators.combine(texts, Arbitraries.integers()).as(Channel.WebPush::new));
        var instants = Arbitraries.longs()
                .between(-1_000_000_000_000L, 10_000_000_000_000L)
                .map(Instant::ofEpochMilli);
        var days = Arbitraries.longs().between(-700_000, 1_000_000).map(LocalDate::ofEpochDay);
        var times = Arbitraries.longs()
                .between(0, 86_399_999)
                .map(millis -> LocalTime.MIDNIGHT.plus(millis, ChronoUnit.MILLIS));
        var grades = Arbitraries.of(Grade.class);
        return Builders.withBuilder(Parts::new)
                .use(texts)
                .inSetter((parts, value) -> parts.text = value)
                .use(Arbitraries.integers())
                .inSetter((parts, value) -> parts.small = value)
                .use(Arbitraries.longs())
                .inSetter((parts, value) -> parts.whole = value)
                .use(amounts.injectNull(0.3))
                .inSetter((parts, value) -> parts.amount = value)
                .use(days.injectNull(0.3))
                .inSetter((parts, value) -> parts.day = value)
                .use(times.injectNull(0.3))
                .inSetter((parts, value) -> parts.time = value)
                .use(instants.injectNull(0.3))
                .inSetter((parts, value) -> parts.at = value)
                .use(grades)
                .inSetter((parts, value) -> parts.grade = value)
                .use(texts.list().ofMaxSize(3))
                .inSetter((parts, value) -> parts.words = value)
                .use(channels.list().ofMaxSize(3))
                .inSetter((parts, value) -> parts.channels = value)
                .use(Arbitraries.maps(texts, trees).ofMaxSize(3))
                .inSetter((parts, value) -> parts.steps = value)
                .use(trees.injectNull(0.3))
                .inSetter((parts, value) -> parts.first = value)
                .build(Parts::task);
    }

    private static final class Parts {
        private String text;
        private int small;
        private long whole;
        private BigDecimal amount;
        private LocalDate day;
        private LocalTime time;
        private Instant at;
        private Grade grade;
        private List<String> words;
        private List<Channel> channels;
        private Map<String, Step> steps;
        private Step first;

        private Task task() {
            var number = String.valueOf(Math.abs((long) small));
            return new Task(
                    text,
                    new OrderNumber(number),
                    amount == null ? Optional.empty() : Optional.of(new EquipmentNumber(number)),
                    day == null ? null : new PlantCode("1000"),
                    small,
                    whole,
                    day == null ? null : whole,
                    small > 0,
                    amount,
                    day,
                    time,
                    at,
                    at == null ? null : Duration.ofMillis(whole),
                    grade,
                    first == null ? null : grade,
                    words,
                    channels,
                    steps,
                    Map.of(grade, whole),
                    first,
                    channels.stream().findFirst());
        }
    }
}
