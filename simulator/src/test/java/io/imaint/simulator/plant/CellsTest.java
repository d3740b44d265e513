package io.imaint.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.plant.Cells.BadCell;
import io.imaint.simulator.plant.Dictionary.Field;
import io.imaint.simulator.plant.Dictionary.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CellsTest {
    @Property
    void readsADateInEachForm(
            @ForAll @IntRange(min = 1, max = 9999) int year, @ForAll @IntRange(min = 1, max = 365) int day)
            throws BadCell {
        LocalDate date = LocalDate.ofYearDay(year, day);
        String[] parts = date.toString().split("-", -1);
        assertThat(Cells.date(parts[0] + parts[1] + parts[2])).isEqualTo(date);
        assertThat(Cells.date(date.toString())).isEqualTo(date);
        assertThat(Cells.date(parts[2] + "." + parts[1] + "." + parts[0])).isEqualTo(date);
    }

    @Property
    void readsATimeInEachForm(@ForAll @IntRange(min = 0, max = 86_399) int second) throws BadCell {
        LocalTime time = LocalTime.ofSecondOfDay(second);
        String text = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        assertThat(Cells.time(text)).isEqualTo(time);
        assertThat(Cells.time(text.replace(":", ""))).isEqualTo(time);
    }

    @Property
    void readsANumberWithEitherSignAndAnyThousands(
            @ForAll @LongRange(min = -99_999_999_999L, max = 99_999_999_999L) long hundredths,
            @ForAll @IntRange(min = 0, max = 3) int style)
            throws BadCell {
        BigDecimal number = BigDecimal.valueOf(hundredths, 2);
        String grouped = "%,.2f".formatted(number.abs());
        String text = switch (style) {
            case 0 -> grouped;
            case 1 -> grouped.replace(',', '_').replace('.', ',').replace('_', '.');
            case 2 -> number.abs().toPlainString();
            default -> number.abs().toPlainString().replace('.', ',');
        };
        String signed = hundredths < 0 ? text + "-" : text;
        assertThat(Cells.decimal(signed, 13, 2)).isEqualTo(number);
        assertThat(Cells.decimal(hundredths < 0 ? "-" + text : text, 13, 2)).isEqualTo(number);
    }

    @Property
    void refusesOrReadsAnyTextButNeverFails(@ForAll String text, @ForAll Kind kind) {
        try {
            Cells.read(new Field("FIELD", kind, 12, 3), text);
        } catch (BadCell e) {
            assertThat(e).hasMessageStartingWith("\"");
        }
    }

    @Test
    void takesOneSignBeforeThreeDigitsAsTheFieldsDecimalsSay() throws BadCell {
        assertThat(Cells.decimal("1.234", 13, 3)).isEqualTo(new BigDecimal("1.234"));
        assertThat(Cells.decimal("1,234", 13, 3)).isEqualTo(new BigDecimal("1.234"));
        assertThat(Cells.decimal("1.234", 13, 2)).isEqualTo(new BigDecimal("1234.00"));
        assertThat(Cells.decimal("1,234", 7, 1)).isEqualTo(new BigDecimal("1234.0"));
        assertThat(Cells.decimal("1.234.567", 13, 3)).isEqualTo(new BigDecimal("1234567.000"));
        assertThat(Cells.decimal("1'234.5", 13, 3)).isEqualTo(new BigDecimal("1234.500"));
    }

    @Test
    void refusesWhatIsNoNumber() {
        for (String text : new String[] {"abc", "1.2.3", "1,23,4", "-", ".", "5.", ".5", "1..2", "1-2", "--1"}) {
            assertThatThrownBy(() -> Cells.decimal(text, 13, 3)).as(text).isInstanceOf(BadCell.class);
        }
        assertThatThrownBy(() -> Cells.decimal("12.34", 7, 1)).hasMessageContaining("more digits");
        assertThatThrownBy(() -> Cells.decimal("1234567", 7, 1)).hasMessageContaining("more digits");
    }

    @Test
    void takesZerosAndBlanksForInitial() throws BadCell {
        assertThat(Cells.date("00000000")).isNull();
        assertThat(Cells.date("00.00.0000")).isNull();
        assertThat(Cells.date("0000-00-00")).isNull();
        assertThat(Cells.date("")).isNull();
        assertThat(Cells.read(new Field("AUFPL", Kind.DIGITS, 10, 0), "0")).isNull();
        assertThat(Cells.read(new Field("KTEXT", Kind.TEXT, 40, 0), "   ")).isNull();
    }

    @Test
    void putsBackLeadingZerosOfNumbersOnly() throws BadCell {
        Field order = new Field("AUFNR", Kind.ALPHA, 12, 0);
        assertThat(Cells.read(order, "4000001")).isEqualTo("000004000001");
        assertThat(Cells.read(order, " 000004000001 ")).isEqualTo("000004000001");
        assertThat(Cells.read(order, "PUMP-A")).isEqualTo("PUMP-A");
        assertThatThrownBy(() -> Cells.read(order, "4,00E+06")).hasMessageContaining("spreadsheet");
        assertThatThrownBy(() -> Cells.read(new Field("OBJID", Kind.DIGITS, 8, 0), "1A"))
                .hasMessageContaining("digits");
    }
}
