package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;

class ODataLiteralsTest {
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    @Example
    void writesWhatTheSpecificationShows() {
        assertThat(Literals.literal(EdmKind.STRING, "O'Neil")).isEqualTo("'O''Neil'");
        assertThat(Literals.literal(EdmKind.DATE_TIME, LocalDate.of(9999, 12, 31)))
                .isEqualTo("datetime'9999-12-31T00:00:00'");
        assertThat(Literals.literal(EdmKind.DATE_TIME_OFFSET, Instant.ofEpochSecond(0)))
                .isEqualTo("datetimeoffset'1970-01-01T00:00:00Z'");
        assertThat(Literals.literal(EdmKind.TIME, LocalTime.of(8, 30))).isEqualTo("time'PT08H30M00S'");
        assertThat(Literals.literal(EdmKind.DECIMAL, new BigDecimal("1.50"))).isEqualTo("1.50M");
        assertThat(Literals.literal(EdmKind.INT64, 5L)).isEqualTo("5L");
        assertThat(Literals.literal(EdmKind.BINARY, new byte[] {1, -1})).isEqualTo("X'01FF'");
        assertThat(Literals.literal(EdmKind.GUID, "005056ab-0000-1ed0-8000-000000000001"))
                .isEqualTo("guid'005056ab-0000-1ed0-8000-000000000001'");
    }

    @Example
    void writesKeysOfOneAndOfSeveralProperties() {
        var one = new EntityType("A", List.of(EdmProperty.of("ID", EdmKind.STRING)), List.of("ID"));
        assertThat(EntityKey.address(one, List.of("0004 7/1'"))).isEqualTo("('0004%207%2F1''')");
        var two = new EntityType(
                "B",
                List.of(EdmProperty.of("Until", EdmKind.DATE_TIME), EdmProperty.of("ID", EdmKind.STRING)),
                List.of("ID", "Until"));
        assertThat(EntityKey.address(two, List.of("10", LocalDate.of(9999, 12, 31))))
                .isEqualTo("(ID='10',Until=datetime'9999-12-31T00:00:00')");
    }

    @Property
    void texts(@ForAll String value) {
        assertThat(there(EdmKind.STRING, value)).contains(value);
    }

    @Property
    void guids(@ForAll long most, @ForAll long least) {
        var value = new UUID(most, least).toString();
        assertThat(there(EdmKind.GUID, value)).contains(value);
    }

    @Property
    void datesWithTimes(
            @ForAll @LongRange(min = FIRST_SECOND, max = LAST_SECOND) long second,
            @ForAll @LongRange(min = 0, max = 9_999_999) long ticks) {
        var value = LocalDateTime.ofEpochSecond(second, (int) ticks * 100, ZoneOffset.UTC);
        assertThat(there(EdmKind.DATE_TIME, value)).contains(value);
        assertThat(there(EdmKind.DATE_TIME, value.toLocalDate()))
                .contains(value.toLocalDate().atStartOfDay());
    }

    @Property
    void moments(@ForAll @LongRange(min = FIRST_SECOND, max = LAST_SECOND) long second) {
        var value = Instant.ofEpochSecond(second, 120_000_000);
        assertThat(there(EdmKind.DATE_TIME_OFFSET, value)).contains(value);
    }

    @Property
    void times(@ForAll @LongRange(min = 0, max = DAY_NANOS - 1) long nanos) {
        var value = LocalTime.ofNanoOfDay(nanos);
        assertThat(there(EdmKind.TIME, value)).contains(value);
    }

    @Property
    void decimals(@ForAll @BigRange(min = "-1e30", max = "1e30") @Scale(12) BigDecimal value) {
        assertThat(there(EdmKind.DECIMAL, value)).contains(value);
    }

    @Property
    void floatingNumbers(@ForAll double value) {
        assertThat(there(EdmKind.DOUBLE, value)).contains(value);
        assertThat(there(EdmKind.SINGLE, value)).contains(value);
    }

    @Property
    void wholeNumbers(@ForAll long value) {
        assertThat(there(EdmKind.INT64, value)).contains(value);
        assertThat(there(EdmKind.INT32, value)).contains(value);
    }

    @Property
    void bytes(@ForAll byte[] value) {
        assertThat(there(EdmKind.BINARY, value))
                .hasValueSatisfying(read -> assertThat((byte[]) read).isEqualTo(value));
    }

    @Example
    void truths() {
        assertThat(there(EdmKind.BOOLEAN, true)).contains(true);
        assertThat(there(EdmKind.BOOLEAN, false)).contains(false);
    }

    @Property
    void anyTextGivesAnAnswer(@ForAll EdmKind kind, @ForAll String text) {
        assertThat(Literals.parse(kind, text)).isNotNull();
        for (var frame : List.of("'%s'", "datetime'%s'", "time'PT%sS'", "guid'%s'", "X'%s'", "%sM", "1%sd", "%sL")) {
            assertThat(Literals.parse(kind, frame.replace("%s", text))).isNotNull();
        }
    }

    @Example
    void refusesWhatIsNoLiteral() {
        assertThat(Literals.parse(EdmKind.STRING, "'it's'")).isEmpty();
        assertThat(Literals.parse(EdmKind.STRING, "'")).isEmpty();
        assertThat(Literals.parse(EdmKind.DECIMAL, "1e999999999M")).isEmpty();
        assertThat(Literals.parse(EdmKind.DATE_TIME, "datetime'2023-02-29T00:00:00'"))
                .isEmpty();
        assertThat(Literals.parse(EdmKind.GUID, "guid'1-1-1-1-1'")).isEmpty();
        assertThat(Literals.parse(EdmKind.STRING, "'" + "x".repeat(100_000) + "'"))
                .isEmpty();
    }

    @Property
    void encodingIsUndoneByDecoding(@ForAll String text) {
        var valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(URLDecoder.decode(Literals.encoded(valid), StandardCharsets.UTF_8))
                .isEqualTo(valid);
    }

    private static Optional<Object> there(EdmKind kind, Object value) {
        return Literals.parse(kind, Literals.literal(kind, value));
    }
}
