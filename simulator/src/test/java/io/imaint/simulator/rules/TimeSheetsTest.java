package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: nobody works more than a day has hours, and what was approved stays to be seen. Method: each rule for one person. */
class TimeSheetsTest {
    private final Workshop workshop = new Workshop();
    private final Bench bench = new Bench(workshop);
    private final Row order = bench.releasedOrder();

    private final Row created = bench.order();

    private Row book(String hours, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 8];
        System.arraycopy(namesAndValues, 0, all, 8, namesAndValues.length);
        System.arraycopy(
                new Object[] {
                    "PERNR",
                    "00000007",
                    "WORKDATE",
                    TODAY,
                    "RAUFNR",
                    order.text("AUFNR"),
                    "CATSHOURS",
                    new BigDecimal(hours)
                },
                0,
                all,
                0,
                8);
        return bench.create(IcwpModel.TIME_SHEET, all);
    }

    @Test
    void isInProcessOrReleasedAtFirst() {
        var external = UUID.randomUUID();
        var record = book("2.5", "EXTID", external);
        assertThat(record.text("COUNTER")).isEqualTo("000000000001");
        assertThat(record.text("STATUS")).isEqualTo("10");
        assertThat(record.text("MEINH")).isEqualTo("H");
        assertThat(record.value("EXTID")).isEqualTo(external);
        assertThat(book("1", "STATUS", "20").text("STATUS")).isEqualTo("20");
        bench.refused("LR/061", () -> book("1", "STATUS", "30"));
    }

    @Test
    void refusesWhatCannotBe() {
        bench.refused("LR/013", () -> book("0"));
        bench.refused("LR/013", () -> book("24.01"));
        bench.refused("BM/302", () -> book("1", "MEINH", "MIN"));
        bench.refused("PG/001", () -> book("1", "PERNR", "00000099"));
        bench.refused("IW/010", () -> book("1", "RAUFNR", "000000099999"));
        bench.refused("BS/013", () -> book("1", "RAUFNR", created.text("AUFNR")));
        bench.refused("CN/018", () -> book("1", "VORNR", "0990"));
        bench.refused("LR/016", () -> book("1", "RAUFNR", null));
        assertThat(book("1", "RAUFNR", null, "AWART", "0800").text("AWART")).isEqualTo("0800");
    }

    @Test
    void aDayHasTwentyFourHours() {
        book("20");
        bench.refused("LR/014", () -> book("4.25"));
        var last = book("4");
        book("24", "WORKDATE", TODAY.minusDays(1));
        bench.refused("LR/014", () -> bench.update(last, "CATSHOURS", new BigDecimal("5")));
        bench.update(last, "STATUS", "60");
        book("4");
    }

    @Test
    void hoursFollowFromTheClock() {
        var record = bench.create(
                IcwpModel.TIME_SHEET,
                "PERNR",
                "00000007",
                "WORKDATE",
                TODAY,
                "RAUFNR",
                order.text("AUFNR"),
                "BEGUZ",
                LocalTime.of(6, 0),
                "ENDUZ",
                LocalTime.of(8, 20));
        assertThat(record.decimal("CATSHOURS")).isEqualByComparingTo("2.33");
        bench.refused("LR/015", () -> book("1", "BEGUZ", LocalTime.of(8, 0), "ENDUZ", LocalTime.of(6, 0)));
    }

    @Test
    void isChangedUntilItIsApproved() {
        var record = book("2");
        assertThat(bench.update(record, "CATSHOURS", BigDecimal.ONE, "STATUS", "20")
                        .text("STATUS"))
                .isEqualTo("20");
        bench.refused("LR/061", () -> bench.update(record, "STATUS", "30"));
        bench.refused("BS/013", () -> bench.update(record, "RAUFNR", created.text("AUFNR")));
    }

    @Test
    void anApprovedOneIsReplacedByAnother() {
        var approved = approved("30");
        var replacement = bench.update(approved, "CATSHOURS", BigDecimal.ONE);
        assertThat(replacement.key()).isNotEqualTo(approved.key());
        assertThat(replacement.text("REFCOUNTER")).isEqualTo("000000000500");
        assertThat(replacement.text("STATUS")).isEqualTo("20");
        assertThat(replacement.value("EXTID")).isNull();
        var old = bench.now(approved);
        assertThat(old.text("STATUS")).isEqualTo("50");
        assertThat(old.decimal("CATSHOURS")).isEqualByComparingTo("8");
        bench.refused("LR/062", () -> bench.update(approved, "CATSHOURS", BigDecimal.TEN));
        book("23");
    }

    private Row approved(String status) {
        workshop.add(
                IcwpModel.TIME_SHEET,
                "COUNTER",
                "000000000500",
                "PERNR",
                "00000007",
                "WORKDATE",
                TODAY,
                "RAUFNR",
                order.text("AUFNR"),
                "CATSHOURS",
                new BigDecimal("8"),
                "MEINH",
                "H",
                "STATUS",
                status,
                "EXTID",
                UUID.randomUUID());
        return bench.now(IcwpModel.TIME_SHEET, "000000000500");
    }

    @Test
    void aRejectedOneIsMendedAndInProcessAgain() {
        assertThat(bench.update(approved("40"), "CATSHOURS", BigDecimal.ONE).text("STATUS"))
                .isEqualTo("10");
    }

    @Test
    void aCancelledOneStaysAsItIs() {
        var record = book("2");
        bench.refused("LR/063", () -> bench.update(record, "STATUS", "60", "CATSHOURS", BigDecimal.ONE));
        assertThat(bench.update(record, "STATUS", "60").text("STATUS")).isEqualTo("60");
        bench.refused("LR/062", () -> bench.update(record, "STATUS", "10"));
        assertThat(bench.update(approved("30"), "STATUS", "60").text("STATUS")).isEqualTo("60");
    }
}
