package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: readings are believed only where they can be true, and counters count on. Method: each rule on the workshop's points. */
class MeasurementDocumentsTest {
    private final Bench bench = new Bench();

    private Row read(String point, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 2];
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        all[0] = "POINT";
        all[1] = point;
        return bench.create(IcwpModel.MEASUREMENT_DOCUMENT, all);
    }

    private Row count(double reading, int daysAgo) {
        return read(Workshop.COUNTER, "READG", reading, "IDATE", TODAY.minusDays(daysAgo));
    }

    private void counts(Row document, @Nullable Double difference, @Nullable Double total) {
        var now = bench.now(document);
        assertThat(now.number("CDIFF")).isEqualTo(difference);
        assertThat(now.number("CNTRR")).isEqualTo(total);
    }

    @Test
    void aReadingIsKeptWithItsUnitAndMoment() {
        var external = UUID.randomUUID();
        var document = read(Workshop.THERMOMETER, "READG", 21.5, "EXTID", external);
        assertThat(document.text("MDOCM")).isEqualTo("00000000000000000001");
        assertThat(document.text("RECDU")).isEqualTo("CEL");
        assertThat(document.text("READGI")).isEqualTo("X");
        assertThat(document.date("IDATE")).isEqualTo(TODAY);
        assertThat(document.time("ITIME")).isEqualTo(LocalTime.NOON);
        assertThat(document.text("READR")).isEqualTo("ADA");
        assertThat(document.value("EXTID")).isEqualTo(external);
        assertThat(document.value("CNTRR")).isNull();
        assertThat(bench.said).extracting(said -> said.code()).containsExactly("IR/182");
    }

    @Test
    void zeroIsAReadingAndNothingIsNone() {
        assertThat(read(Workshop.THERMOMETER, "READG", 0.0).text("READGI")).isEqualTo("X");
        bench.refused("IR/061", () -> read(Workshop.THERMOMETER));
        bench.refused("IR/062", () -> read(Workshop.THERMOMETER, "READG", Double.NaN));
        assertThat(read(Workshop.LOOK, "VLCOD", "CLEAR").text("READGI")).isEmpty();
    }

    @Test
    void needsAPointInUse() {
        bench.refused("IR/004", () -> read("000000009999", "READG", 1.0));
        bench.refused("IR/052", () -> read(Workshop.RETIRED, "READG", 1.0));
        bench.refused("IW/010", () -> read(Workshop.THERMOMETER, "READG", 1.0, "AUFNR", "000000099999"));
    }

    @Test
    void outsideTheRangeIsAcceptedWithAWarning() {
        read(Workshop.THERMOMETER, "READG", 80.0);
        assertThat(bench.said).hasSize(1);
        read(Workshop.THERMOMETER, "READG", 80.1);
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("IR/067"));
        read(Workshop.THERMOMETER, "READG", -10.1);
        assertThat(bench.said).anySatisfy(message -> assertThat(message.code()).isEqualTo("IR/067"));
    }

    @Test
    void theFutureCannotBeRead() {
        bench.refused("IR/041", () -> read(Workshop.THERMOMETER, "READG", 1.0, "IDATE", TODAY.plusDays(1)));
        bench.refused("IR/041", () -> read(Workshop.THERMOMETER, "READG", 1.0, "ITIME", LocalTime.of(12, 1)));
        read(Workshop.THERMOMETER, "READG", 1.0, "IDATE", TODAY.minusDays(1), "ITIME", LocalTime.of(23, 0));
    }

    @Test
    void aCounterCountsOn() {
        counts(count(120, 9), null, 120.0);
        counts(count(180, 8), 60.0, 180.0);
        counts(count(180, 7), 0.0, 180.0);
        bench.refused("IR/055", () -> count(179, 6));
        bench.refused("IR/063", () -> count(-1, 6));
        bench.refused("IR/061", () -> read(Workshop.COUNTER, "VLCOD", "CLEAR"));
    }

    @Test
    void anExchangedCounterStartsAnew() {
        count(120, 9);
        var exchanged = read(Workshop.COUNTER, "READG", 5.0, "IDATE", TODAY.minusDays(8), "EXCHG", "X");
        counts(exchanged, 0.0, 120.0);
        counts(count(30, 7), 25.0, 145.0);
        bench.refused("00/002", () -> read(Workshop.COUNTER, "READG", 1.0, "EXCHG", "?"));
    }

    @Test
    void aCounterThatOverflowsGoesOn() {
        count(9_990, 9);
        counts(count(20, 8), 30.0, 10_020.0);
        bench.refused("IR/055", () -> count(15, 7));
    }

    @Test
    void anEarlierReadingFitsBetweenItsNeighbours() {
        count(100, 9);
        var last = count(200, 5);
        bench.refused("IR/055", () -> count(99, 7));
        bench.refused("IR/055", () -> count(201, 7));
        counts(count(150, 7), 50.0, 150.0);
        counts(last, 50.0, 200.0);
        var first = count(40, 20);
        counts(first, null, 40.0);
        counts(last, 50.0, 200.0);
    }

    @Test
    void anEarlierReadingBeforeAnExchangeMovesAllTotals() {
        count(100, 9);
        read(Workshop.COUNTER, "READG", 0.0, "IDATE", TODAY.minusDays(5), "EXCHG", "X");
        var last = count(10, 4);
        counts(last, 10.0, 110.0);
        count(130, 7);
        counts(last, 10.0, 140.0);
    }

    @Test
    void aCancelledReadingCountsNoMore() {
        count(100, 9);
        var wrong = count(900, 8);
        bench.refused("IR/055", () -> count(120, 7));
        assertThat(bench.update(wrong, "CANCL", "X").date("AEDAT")).isEqualTo(TODAY);
        counts(count(120, 7), 20.0, 120.0);
        bench.refused("IR/081", () -> bench.update(wrong, "CANCL", null));
        bench.update(wrong, "CANCL", "X");
    }

    @Test
    void aReadingInTheMiddleIsTakenOutOfTheCount() {
        count(100, 9);
        var middle = count(150, 8);
        var last = count(200, 7);
        bench.update(middle, "CANCL", "X");
        counts(last, 100.0, 200.0);
    }

    @Test
    void anExchangeThatLaterReadingsNeedIsNotCancelled() {
        count(100, 9);
        var exchange = read(Workshop.COUNTER, "READG", 0.0, "IDATE", TODAY.minusDays(8), "EXCHG", "X");
        count(10, 7);
        bench.refused("IR/055", () -> bench.update(exchange, "CANCL", "X"));
    }

    @Test
    void codesComeFromTheGroupOfThePoint() {
        assertThat(read(Workshop.LOOK, "VLCOD", "CLEAR").text("CODGR")).isEqualTo("OILSTATE");
        bench.refused("IR/072", () -> read(Workshop.LOOK, "VLCOD", "NONE"));
        bench.refused("00/055", () -> read(Workshop.LOOK, "READG", 1.0));
        bench.refused("IR/071", () -> read(Workshop.LOOK, "VLCOD", "CLEAR", "CODGR", "OTHER"));
        bench.refused("IR/071", () -> read(Workshop.THERMOMETER, "READG", 1.0, "VLCOD", "CLEAR"));
    }
}
