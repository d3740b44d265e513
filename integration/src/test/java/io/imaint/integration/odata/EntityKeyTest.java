package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Goal: two keys have one text exactly if SAP takes them for the same. Method: pairs by type, and back from the text to the value. */
class EntityKeyTest {
    @Example
    void theEndOfADayIsNotItsBeginning() {
        assertThat(texts(
                        EdmKind.TIME,
                        "\"PT24H00M00S\"",
                        "\"PT00H00M00S\"",
                        "\"PT0S\"",
                        "\"PT08H30M00S\"",
                        "\"PT8H30M\""))
                .containsExactly("24:00", "00:00", "00:00", "08:30", "08:30");
    }

    @Example
    void numbersAreTheSameHoweverTheyAreWritten() {
        assertThat(texts(
                        EdmKind.DECIMAL,
                        "\"1.0\"",
                        "\"1.00\"",
                        "\"1\"",
                        "\"100\"",
                        "\"0.000\"",
                        "\"-0.0\"",
                        "\"1.001\""))
                .containsExactly("1", "1", "1", "100", "0", "0", "1.001");
        assertThat(texts(EdmKind.DOUBLE, "\"1.0E+0\"", "1", "\"-0.0\"", "\"0\"", "\"1.0000000000000002\""))
                .containsExactly("1.0", "1.0", "0.0", "0.0", "1.0000000000000002");
        assertThat(texts(EdmKind.INT64, "\"007\"", "7")).containsExactly("7", "7");
    }

    @Example
    void aGuidIsTheSameInCapitals() {
        assertThat(texts(
                        EdmKind.GUID,
                        "\"005056AB-0000-1ED0-8000-00000000000F\"",
                        "\"005056ab-0000-1ed0-8000-00000000000f\""))
                .containsOnly("005056ab-0000-1ed0-8000-00000000000f");
        assertThat(Literals.parse(EdmKind.GUID, "guid'005056AB-0000-1ED0-8000-00000000000F'"))
                .contains("005056ab-0000-1ed0-8000-00000000000f");
    }

    @Example
    void textsDifferByCaseAndByEachSpaceAndZero() {
        assertThat(texts(EdmKind.STRING, "\"a\"", "\"A\"", "\"a \"", "\" a\"", "\"0a\""))
                .doesNotHaveDuplicates();
    }

    @Example
    void bytesAndTruthsDiffer() {
        assertThat(texts(EdmKind.BINARY, "\"AQ==\"", "\"Af8=\"")).containsExactly("01", "01FF");
        assertThat(texts(EdmKind.BOOLEAN, "true", "false")).containsExactly("true", "false");
    }

    @Example
    void anInitialDateIsTheEmptyText() {
        assertThat(texts(EdmKind.DATE_TIME, "null", "\"\"")).containsExactly("", "");
    }

    /** JSON ends at milliseconds, the address does not. */
    @Example
    void aTimeInTheKeyHasAllDigitsOfTheAddress() {
        for (var kind : List.of(EdmKind.DATE_TIME, EdmKind.DATE_TIME_OFFSET)) {
            var literal = kind == EdmKind.DATE_TIME ? "datetime'%s'" : "datetimeoffset'%sZ'";
            var rows = new StringBuilder();
            for (var time :
                    List.of("2023-11-14T22:13:20.1234567", "2023-11-14T22:13:20.1234568", "2023-11-14T22:13:21")) {
                rows.append(rows.isEmpty() ? "" : ",")
                        .append("{\"__metadata\":{\"id\":\"x\",\"uri\":\"http://h/sap(1)/Set(")
                        .append(literal.formatted(time.replace(":", "%3A")))
                        .append(")\",\"type\":\"T\"},\"K\":\"/Date(1700000000123)/\"}");
            }
            assertThat(keys(type(kind, 7), "{\"d\":{\"results\":[%s]}}".formatted(rows)))
                    .map(text -> text.replace("Z", ""))
                    .containsExactly(
                            "2023-11-14T22:13:20.123456700",
                            "2023-11-14T22:13:20.123456800",
                            "2023-11-14T22:13:20.123");
        }
    }

    @Property
    void eachTextLeadsBackToItsValue(
            @ForAll String text, @ForAll long number, @ForAll byte[] bytes, @ForAll double real) {
        assertBack(EdmKind.STRING, text);
        assertBack(EdmKind.INT64, number);
        var decimal = BigDecimal.valueOf(number, 3).stripTrailingZeros();
        assertBack(EdmKind.DECIMAL, decimal.setScale(Math.max(0, decimal.scale()))); // No text has an exponent.
        assertBack(EdmKind.DATE_TIME, LocalDateTime.ofEpochSecond(number % 60_000_000_000L, 100, ZoneOffset.UTC));
        assertBack(EdmKind.DATE_TIME_OFFSET, Instant.ofEpochSecond(number % 60_000_000_000L, 100));
        assertBack(EdmKind.TIME, LocalTime.ofSecondOfDay(Math.floorMod(number, 86_400)));
        assertBack(EdmKind.BOOLEAN, number > 0);
        if (real != 0) {
            assertBack(EdmKind.DOUBLE, real);
        }
        assertThat(EntityKey.value(EdmProperty.of("K", EdmKind.BINARY), EntityKey.text(bytes)))
                .hasValueSatisfying(back -> assertThat((byte[]) back).isEqualTo(bytes));
    }

    @Example
    void readsBackTheEndOfADayAndADay() {
        assertBack(EdmKind.TIME, Duration.ofDays(1));
        assertThat(Literals.literal(EdmKind.TIME, Duration.ofDays(1))).isEqualTo("time'PT24H00M00S'");
        assertThat(EntityKey.value(Types.day("Day"), EntityKey.text(LocalDate.of(9999, 12, 31))))
                .contains(LocalDate.of(9999, 12, 31).atStartOfDay());
        assertThat(EntityKey.value(Types.day("Day"), "")).isEmpty();
        assertThat(EntityKey.value(EdmProperty.of("K", EdmKind.TIME), "25:00")).isEmpty();
    }

    private static void assertBack(EdmKind kind, Object value) {
        assertThat(EntityKey.value(EdmProperty.of("K", kind), EntityKey.text(value)))
                .isEqualTo(Optional.of(value));
    }

    private static List<String> texts(EdmKind kind, String... values) {
        var rows = String.join("},{\"K\":", values);
        return keys(type(kind, 0), "{\"d\":[{\"K\":%s}]}".formatted(rows));
    }

    private static List<String> keys(EntityType type, String page) {
        var keys = new ArrayList<String>();
        NotedRows.into(row -> keys.add(EntityKey.text(row.value("K"))), type, page);
        return keys;
    }

    private static EntityType type(EdmKind kind, int precision) {
        var key =
                new EdmProperty("K", kind, "", false, 0, precision, 0, false, "", EdmProperty.Abilities.DEFAULT, null);
        return new EntityType("T", List.of(key), List.of("K"));
    }
}
