package io.imaint.integration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Mapping.Field;
import io.imaint.integration.definition.Mapping.Lookup;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityType;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingFieldsTest {
    private static EdmProperty property(String name, EdmKind kind, int length, int precision, int scale) {
        return new EdmProperty(
                name,
                kind,
                "Edm." + kind,
                true,
                length,
                precision,
                scale,
                false,
                "",
                EdmProperty.Abilities.DEFAULT,
                null);
    }

    private static final EntityType TYPE = new EntityType(
            "Thing",
            List.of(
                    property("AUFNR", EdmKind.STRING, 12, 0, 0),
                    property("KTEXT", EdmKind.STRING, 10, 0, 0),
                    property("GSTRP", EdmKind.DATE_TIME, 0, 0, 0),
                    property("DATS", EdmKind.STRING, 8, 0, 0),
                    property("UZEIT", EdmKind.TIME, 0, 0, 0),
                    property("STAMP", EdmKind.DATE_TIME_OFFSET, 0, 0, 0),
                    property("ARBEI", EdmKind.DECIMAL, 0, 7, 1),
                    property("READG", EdmKind.DOUBLE, 0, 0, 0),
                    property("ABNUM", EdmKind.INT32, 0, 0, 0),
                    property("BIG", EdmKind.INT64, 0, 0, 0),
                    property("MSAUS", EdmKind.STRING, 1, 0, 0),
                    property("BOOL", EdmKind.BOOLEAN, 0, 0, 0),
                    property("KIND", EdmKind.STRING, 2, 0, 0),
                    property("STATUSES", EdmKind.STRING, 100, 0, 0)),
            List.of("AUFNR"));

    private static Field field(String from, String to, Conversion convert) {
        return new Field(from, to, convert, false, convert == Conversion.LIFECYCLE ? List.of("REL") : List.of());
    }

    private static Mapping mapping() {
        var table = new LinkedHashMap<String, Object>();
        table.put("01", "pump");
        table.put("02", "motor");
        return new Mapping(
                "ThingSet",
                "WorkOrders",
                List.of("AUFNR"),
                List.of(
                        field("AUFNR", "orderNumber", Conversion.TEXT),
                        field("KTEXT", "description", Conversion.TEXT),
                        field("GSTRP", "basicStart", Conversion.DATE),
                        field("DATS", "day", Conversion.DATE),
                        field("UZEIT", "time", Conversion.TEXT),
                        field("STAMP", "at", Conversion.INSTANT),
                        field("ARBEI", "work", Conversion.TEXT),
                        field("READG", "reading", Conversion.TEXT),
                        field("ABNUM", "call", Conversion.TEXT),
                        field("BIG", "big", Conversion.TEXT),
                        field("MSAUS", "breakdown", Conversion.FLAG),
                        field("BOOL", "flag", Conversion.FLAG),
                        new Field("KIND", "kind", Conversion.LOOKUP, false, List.of(), new Lookup(table, null)),
                        field("STATUSES", "systemStatuses", Conversion.CODES),
                        field("STATUSES", "lifecycleStatus", Conversion.LIFECYCLE),
                        field("GONE", "gone", Conversion.TEXT)));
    }

    private static Map<String, @Nullable Object> properties(Document values) {
        return new OutgoingFields(mapping(), TYPE).properties(values);
    }

    private static @Nullable Object one(String field, @Nullable Object value) {
        return properties(new Document().put(field, value)).values().iterator().next();
    }

    @ParameterizedTest
    @CsvSource({
        "orderNumber, 4711,                 000000004711",
        "orderNumber, 000000004711,         000000004711",
        "orderNumber, X4711,                X4711",
        "description, pump,                 pump",
        "basicStart,  2026-01-05,           /Date(1767571200000)/",
        "basicStart,  2026-01-05T06:00,     /Date(1767592800000)/",
        "day,         2026-01-05,           20260105",
        "time,        08:30,                PT08H30M00S",
        "time,        23:59:59,             PT23H59M59S",
        "at,          2026-01-05T00:00:00Z, /Date(1767571200000+0000)/",
        "work,        1.5,                  1.5",
        "kind,        motor,                02"
    })
    void aTextBecomesTheLiteralOfItsProperty(String field, String value, String literal) {
        assertThat(one(field, value)).isEqualTo(literal);
    }

    @Test
    void numbersAreTextsWhereSapWritesTexts() {
        assertThat(one("work", new BigDecimal("12"))).isEqualTo("12.0");
        assertThat(one("work", 2L)).isEqualTo("2.0");
        assertThat(one("reading", new BigDecimal("12.50"))).isEqualTo("12.50");
        assertThat(one("big", 9_007_199_254_740_993L)).isEqualTo("9007199254740993");
        assertThat(one("call", 7L)).isEqualTo(7);
    }

    @Test
    void flagsAreCrosses() {
        assertThat(one("breakdown", true)).isEqualTo("X");
        assertThat(one("breakdown", false)).isEqualTo("");
        assertThat(one("breakdown", null)).isEqualTo("");
        assertThat(one("flag", true)).isEqualTo(true);
    }

    @Test
    void nothingClearsAProperty() {
        assertThat(one("description", null)).as("SAP's texts are never null").isEqualTo("");
        assertThat(one("basicStart", null)).isNull();
        assertThat(one("work", null)).isNull();
    }

    @Test
    void allFieldsWithoutAPropertyAreNamed() {
        assertThatThrownBy(() -> properties(new Document()
                        .put("description", "x")
                        .put("colour", "red")
                        .put("gone", "1")
                        .put("systemStatuses", List.of("REL"))
                        .put("lifecycleStatus", "REL")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(OutboundProblem.COMMAND_FIELD_UNMAPPED);
                    assertThat(failure.detail()).contains("colour, gone, systemStatuses, lifecycleStatus");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "description, longer than ten",
        "basicStart,  tomorrow",
        "time,        25:00",
        "work,        much",
        "work,        1.25",
        "work,        12345678.5",
        "call,        1.5",
        "call,        99999999999",
        "breakdown,   X",
        "kind,        turbine"
    })
    void aValueThatDoesNotFitIsNamed(String field, String value) {
        assertThatThrownBy(() -> one(field, value)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(OutboundProblem.COMMAND_VALUE_UNFIT);
            assertThat(failure.detail()).contains(field, value);
        });
    }
}
