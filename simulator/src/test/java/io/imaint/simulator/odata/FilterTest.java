package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.odata.Filter.Comparison;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilterTest {
    private static final HandmadePlant PLANT = new HandmadePlant(60);

    private static @Nullable Object literal(String filter, EntitySet set) {
        return ((Comparison) FilterParser.parse(filter, set)).value();
    }

    private static void refusesOrAccepts(ThrowingCallable parse) {
        assertThatCode(() -> {
                    try {
                        parse.call();
                    } catch (ODataFault expected) {
                        assertThat(expected.status()).isBetween(400, 501);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void textLiteralsRoundTrip(@ForAll String text) {
        var filter = "KTEXT eq '" + text.replace("'", "''") + "'";
        assertThat(literal(filter, IcwpModel.WORK_ORDER)).isEqualTo(text);
    }

    @Property(tries = 200)
    void dateLiteralsRoundTrip(@ForAll @IntRange(min = -700_000, max = 2_900_000) int day) {
        var date = LocalDate.ofEpochDay(day);
        var filter = "GSTRP eq datetime'" + date.atStartOfDay().plusSeconds(1).toString() + "'";
        assertThat(literal(filter, IcwpModel.WORK_ORDER))
                .isEqualTo(date.atStartOfDay().plusSeconds(1));
    }

    @Property(tries = 200)
    void timestampAndTimeLiteralsRoundTrip(@ForAll @IntRange(min = 0, max = 86_399) int second) {
        var instant = Instant.ofEpochSecond(1_750_000_000L + second);
        assertThat(literal("CHANGEDAT eq datetimeoffset'" + instant + "'", IcwpModel.WORK_ORDER))
                .isEqualTo(instant);
        var time = LocalTime.ofSecondOfDay(second);
        var written = "PT%02dH%02dM%02dS".formatted(time.getHour(), time.getMinute(), time.getSecond());
        assertThat(literal("MZEIT eq time'" + written + "'", IcwpModel.NOTIFICATION))
                .isEqualTo(time);
    }

    @Property(tries = 200)
    void numberLiteralsRoundTrip(@ForAll int number, @ForAll @IntRange(min = 0, max = 3) int scale) {
        var decimal = BigDecimal.valueOf(number, scale);
        assertThat(literal("BRGEW eq " + decimal.toPlainString() + "M", IcwpModel.EQUIPMENT))
                .isEqualTo(decimal);
        assertThat(literal("ABNUM eq " + number, IcwpModel.WORK_ORDER)).isEqualTo(number);
        assertThat(literal("AUSZT eq " + decimal.doubleValue() + "d", IcwpModel.NOTIFICATION))
                .isEqualTo(decimal.doubleValue());
    }

    @Property(tries = 300)
    void keysRoundTripThroughAddresses(@ForAll("keyParts") String order, @ForAll("keyParts") String operation) {
        var key = new Literals.Bytes();
        key.addQuoted(order);
        var first = new String(key.bytes(), 0, key.length(), StandardCharsets.US_ASCII);
        key.clear();
        key.addQuoted(operation);
        var second = new String(key.bytes(), 0, key.length(), StandardCharsets.US_ASCII);
        assertThat(ResourcePath.parse("/PlantSet(" + first + ")", IcwpModel.MODEL))
                .isEqualTo(new Resource.Entity(IcwpModel.PLANT, Optional.empty(), List.of(order)));
        assertThat(ResourcePath.parse(
                        "/OperationSet(VORNR=" + second + ",AUFNR=" + first + ",UVORN='')", IcwpModel.MODEL))
                .isEqualTo(new Resource.Entity(
                        IcwpModel.OPERATION,
                        Optional.empty(),
                        List.of(IcwpModel.OPERATION.properties().getFirst().internal(order), operation, "")));
        var token = new SkipToken.OfRows(
                List.of(order, operation, ""),
                List.of(operation),
                7,
                SkipToken.NONE,
                Optional.of(new DeltaToken(Instant.ofEpochSecond(1_750_000_000), 12)));
        var sorted = RowOrder.parse("LTXA1 desc", IcwpModel.OPERATION);
        assertThat(SkipToken.decoded(token.encoded(), IcwpModel.OPERATION, sorted))
                .isEqualTo(token);
    }

    @Provide
    Arbitrary<String> keyParts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(30)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Property(tries = 2000)
    void readsAnyTextOrRefusesIt(@ForAll("almostFilters") String text) {
        refusesOrAccepts(() -> FilterParser.parse(text, IcwpModel.WORK_ORDER));
        refusesOrAccepts(() -> QueryOptions.ofRows(Query.parse(text), IcwpModel.WORK_ORDER));
        refusesOrAccepts(
                () -> QueryOptions.ofRows(Query.parse("$filter=" + text + "&$skiptoken=" + text), IcwpModel.OPERATION));
        refusesOrAccepts(() -> ResourcePath.parse("/" + text, IcwpModel.MODEL));
        refusesOrAccepts(() -> ResourcePath.parse("/OperationSet(" + text, IcwpModel.MODEL));
    }

    /** Words of the language in any order, with anything between. */
    @Provide
    Arbitrary<String> almostFilters() {
        var words = Arbitraries.of(
                "AUFNR",
                "KTEXT",
                "ABNUM",
                " eq ",
                " and ",
                " or ",
                "not ",
                "(",
                ")",
                "'",
                "'a'",
                ",",
                "substringof(",
                "substring(",
                "tolower(",
                "length(",
                "startswith(",
                "concat(",
                "replace(",
                "year(",
                "round(",
                " add ",
                " mod ",
                "true",
                "datetime'",
                "null",
                "12",
                "-",
                "%",
                "%2",
                "%27",
                "$select=",
                "$top=",
                "&",
                "=",
                "/",
                "$count",
                "WorkOrderSet",
                "('1')");
        return Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(3))
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    @Test
    void refusesDeepNesting() {
        for (var opening : List.of("(", "not ")) {
            assertThatThrownBy(() -> FilterParser.parse(opening.repeat(100_000), IcwpModel.WORK_ORDER))
                    .isInstanceOf(ODataFault.class)
                    .hasMessageContaining("nested deeper");
        }
    }

    @Property(tries = 1000)
    void seekingFindsWhatScanningFinds(@ForAll("keyFilters") String text) {
        var set = IcwpModel.OPERATION;
        var filter = FilterParser.parse(text, set);
        var scanned = PLANT.all(set).stream().filter(filter::matches).toList();
        assertThat(found(new RowScan(PLANT, set, filter, KeyRange.of(filter, set)), set))
                .as(text)
                .containsExactlyElementsOf(scanned.stream().map(FilterTest::key).toList());
        assertThat(RowScan.count(PLANT, set, filter)).isEqualTo(scanned.size());
    }

    private static String key(@Nullable Object[] row) {
        return row[0] + "/" + row[1] + "/" + row[2];
    }

    private static List<String> found(RowScan scan, EntitySet set) {
        var row = new @Nullable Object[set.properties().size()];
        var keys = new ArrayList<String>();
        while (scan.next(row)) {
            keys.add(key(row));
        }
        return keys;
    }

    /** Conditions on the parts of the key, combined in any way. */
    @Provide
    Arbitrary<String> keyFilters() {
        var operators = Arbitraries.of("eq", "ne", "gt", "ge", "lt", "le");
        var orders = Arbitraries.integers().between(0, 61).map(HandmadePlant::orderNumber);
        var onOrder = Combinators.combine(operators, orders)
                .as((operator, order) -> "AUFNR " + operator + " '" + order + "'");
        var starts = orders.map(order -> "startswith(AUFNR,'" + order.substring(0, 11) + "')");
        var onOperation = Combinators.combine(operators, Arbitraries.of("0010", "0020", "0025"))
                .as((operator, number) -> "VORNR " + operator + " '" + number + "'");
        var simple = Arbitraries.oneOf(onOrder, starts, onOperation, Arbitraries.of("UVORN eq ''", "ARBEI gt 1M"));
        return Arbitraries.lazyOf(
                () -> simple,
                () -> Combinators.combine(keyFilters(), Arbitraries.of(" and ", " or "), keyFilters())
                        .as((one, word, other) -> "(" + one + word + other + ")"),
                () -> simple.map(term -> "not (" + term + ")"));
    }
}
