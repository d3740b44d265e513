package io.imaint.store;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Aggregation.By;
import io.imaint.store.Aggregation.Measure;
import io.imaint.store.Aggregation.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the answer to an {@link Aggregation} together. Neither engine knows time zones, so both group by the beginning of
 * a stored time that is just as fine as a zone's days need, the hour of UTC for most; those are folded here into the
 * spans that were asked for, and with them the sums, which add up.
 */
final class Figures {
    /** An hour of each of ten years, and several groups of other fields each; bounds memory to some ten MB. */
    static final int PARTS_MAX = 200_000;

    private static final int MONTH = "2026-03".length();
    private static final int DAY = "2026-03-30".length();
    private static final int HOUR = "2026-03-30T10".length();
    private static final int TEN_MINUTES = "2026-03-30T10:1".length();
    private static final int MINUTE = "2026-03-30T10:15".length();

    private static final int SECONDS_HOUR = 3_600;
    private static final int SECONDS_TEN_MINUTES = 600;

    /**
     * What is known of the values of one field in one group.
     *
     * @param least the least of all values, numbers before texts; null when there are none
     */
    record Tally(
            long numbers,
            BigDecimal sum,
            @Nullable Object least,
            @Nullable Object greatest) {
        static final Tally NONE = new Tally(0, BigDecimal.ZERO, null, null);

        Tally with(@Nullable Object value) {
            if (value == null) {
                return this;
            }
            boolean number = value instanceof Long || value instanceof BigDecimal;
            return plus(new Tally(number ? 1 : 0, number ? decimal(value) : BigDecimal.ZERO, value, value));
        }

        Tally plus(Tally other) {
            return new Tally(
                    numbers + other.numbers,
                    sum.add(other.sum),
                    least == null || (other.least != null && ORDER.compare(other.least, least) < 0)
                            ? other.least
                            : least,
                    greatest == null || (other.greatest != null && ORDER.compare(other.greatest, greatest) > 0)
                            ? other.greatest
                            : greatest);
        }
    }

    /**
     * A group as an engine gives it.
     *
     * @param keys the value of each field, the beginning of each time
     * @param tallies of each measured field
     */
    record Part(List<@Nullable Object> keys, long documents, List<Tally> tallies) {}

    /** Null, then numbers, texts, flags and times, each in their own order. */
    static final Comparator<@Nullable Object> ORDER = Figures::compare;

    private static final Comparator<List<@Nullable Object>> KEYS = (left, right) -> {
        int order = 0;
        for (int i = 0; i < left.size() && order == 0; i++) {
            order = ORDER.compare(left.get(i), right.get(i));
        }
        return order;
    };

    private final Aggregation aggregation;
    private final TreeMap<List<@Nullable Object>, Part> groups = new TreeMap<>(KEYS);
    private int parts;

    Figures(Aggregation aggregation) {
        this.aggregation = aggregation;
    }

    /** How much of a stored time an engine has to group by. */
    static int precision(By.Time time) {
        var rules = time.zone().getRules();
        if (rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC)) {
            return switch (time.span()) {
                case HOUR -> HOUR;
                case DAY, WEEK -> DAY;
                case MONTH -> MONTH;
            };
        }
        var offsets = Stream.concat(
                        Stream.of(
                                rules.getOffset(Instant.EPOCH),
                                rules.getOffset(Instant.ofEpochSecond(Integer.MAX_VALUE))),
                        rules.getTransitions().stream()
                                .filter(transition -> transition.getInstant().isAfter(Instant.EPOCH))
                                .map(transition -> transition.getOffsetAfter()))
                .mapToInt(ZoneOffset::getTotalSeconds)
                .toArray();
        if (Arrays.stream(offsets).allMatch(seconds -> seconds % SECONDS_HOUR == 0)) {
            return HOUR;
        }
        return Arrays.stream(offsets).allMatch(seconds -> seconds % SECONDS_TEN_MINUTES == 0) ? TEN_MINUTES : MINUTE;
    }

    /** Adds a group that an engine found. */
    void add(Part part) {
        if (++parts > PARTS_MAX) {
            throw tooMany(PARTS_MAX);
        }
        var keys = new ArrayList<@Nullable Object>();
        for (int i = 0; i < aggregation.by().size(); i++) {
            var kept = part.keys().get(i);
            keys.add(
                    switch (aggregation.by().get(i)) {
                        case By.Field field -> normal(kept);
                        case By.Time time -> kept == null ? null : span(time, kept);
                    });
        }
        groups.merge(keys, new Part(keys, part.documents(), part.tallies()), Figures::both);
        if (groups.size() > Aggregation.GROUPS_MAX) {
            throw tooMany(Aggregation.GROUPS_MAX);
        }
    }

    private Failure tooMany(int most) {
        var names = aggregation.by().stream().map(By::name).toList();
        return StoreProblem.QUERY_INVALID.because("grouping by %s gives more than %d groups".formatted(names, most));
    }

    private static Part both(Part left, Part right) {
        var tallies = new ArrayList<Tally>();
        for (int i = 0; i < left.tallies().size(); i++) {
            tallies.add(left.tallies().get(i).plus(right.tallies().get(i)));
        }
        return new Part(left.keys(), left.documents() + right.documents(), tallies);
    }

    private static Object span(By.Time time, Object kept) {
        var text = String.valueOf(kept);
        try {
            if (text.length() <= DAY) {
                var date = LocalDate.parse(text.length() == MONTH ? text + "-01" : text);
                return switch (time.span()) {
                    case HOUR, DAY -> first(date, Span.DAY);
                    case WEEK, MONTH -> first(date, time.span());
                };
            }
            var rest = "0000-00-00T00:00:00Z".substring(text.length());
            return span(Instant.parse(text + rest), time.span(), time.zone());
        } catch (DateTimeException none) {
            throw StoreProblem.QUERY_INVALID.because(time.field() + " holds '" + text + "', which is no time", none);
        }
    }

    private static Object span(Instant instant, Span span, ZoneId zone) {
        var local = instant.atZone(zone);
        return span == Span.HOUR
                ? local.truncatedTo(ChronoUnit.HOURS).toOffsetDateTime()
                : first(local.toLocalDate(), span);
    }

    private static LocalDate first(LocalDate date, Span span) {
        return switch (span) {
            case HOUR, DAY -> date;
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
        };
    }

    /** The groups in order. */
    List<Group> groups() {
        if (aggregation.by().isEmpty() && groups.isEmpty()) {
            add(new Part(
                    List.of(),
                    0,
                    aggregation.measured().stream().map(field -> Tally.NONE).toList()));
        }
        return groups.values().stream().map(this::group).toList();
    }

    private Group group(Part part) {
        var by = new Document();
        for (int i = 0; i < aggregation.by().size(); i++) {
            var key = part.keys().get(i);
            by.put(aggregation.by().get(i).name(), key instanceof OffsetDateTime hour ? hour.toString() : key);
        }
        var measured = aggregation.measured();
        var figures = new Document();
        for (var measure : aggregation.measures()) {
            figures.put(
                    measure.name(),
                    switch (measure) {
                        case Measure.Count count -> part.documents();
                        case Measure.Of of -> figure(of.figure(), part.tallies().get(measured.indexOf(of.field())));
                    });
        }
        return new Group(by, figures);
    }

    private static @Nullable Object figure(Aggregation.Figure figure, Tally tally) {
        return switch (figure) {
            case SUM -> whole(tally.sum().round(MathContext.DECIMAL128));
            case MIN -> tally.least();
            case MAX -> tally.greatest();
            case AVG ->
                tally.numbers() == 0
                        ? null
                        : normal(tally.sum().divide(BigDecimal.valueOf(tally.numbers()), MathContext.DECIMAL128));
        };
    }

    /** A number in the one form that it has as a group, whole if it is. */
    private static @Nullable Object normal(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? whole(decimal.stripTrailingZeros()) : value;
    }

    private static Object whole(BigDecimal decimal) {
        if (decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= 18) {
            return decimal.longValueExact();
        }
        return decimal;
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) number;
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        int kinds = Integer.compare(kind(left), kind(right));
        if (kinds != 0) {
            return kinds;
        }
        return switch (left) {
            case String text -> text.compareTo((String) right);
            case Boolean flag -> flag.compareTo((Boolean) right);
            case LocalDate date -> date.compareTo((LocalDate) right);
            case OffsetDateTime hour -> hour.compareTo((OffsetDateTime) right);
            default -> decimal(left).compareTo(decimal(right));
        };
    }

    private static int kind(Object value) {
        return switch (value) {
            case Long number -> 0;
            case BigDecimal number -> 0;
            case String text -> 1;
            case Boolean flag -> 2;
            case LocalDate date -> 3;
            case OffsetDateTime hour -> 4;
            default -> throw StoreProblem.QUERY_INVALID.because("lists and documents cannot be compared");
        };
    }
}
