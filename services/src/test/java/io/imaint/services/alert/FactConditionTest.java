package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.services.alert.FactCondition.Operator;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: a rule applies to the facts it describes and to no others. */
class FactConditionTest {
    private static final Document FACT = new Document()
            .put("priority", "1")
            .put("amount", new BigDecimal("12.50"))
            .put("on", "2026-11-29")
            .put("status", "REL")
            .put("nothing", null)
            .put(
                    "changes",
                    List.of(
                            new Document()
                                    .put("field", "status")
                                    .put("before", "CRTD")
                                    .put("after", "REL"),
                            new Document()
                                    .put("field", "amount")
                                    .put("before", new BigDecimal("12.5"))
                                    .put("after", new BigDecimal("12.50"))));

    @Test
    void findsEqualValues() {
        assertThat(holds("status", Operator.EQUAL, "REL")).isTrue();
        assertThat(holds("status", Operator.EQUAL, "rel")).isFalse();
    }

    @Test
    void comparesNumbersByTheirValue() {
        assertThat(holds("amount", Operator.EQUAL, "12.5")).isTrue();
        assertThat(holds("amount", Operator.AT_LEAST, "9")).isTrue();
        assertThat(holds("amount", Operator.BELOW, "100")).isTrue();
        assertThat(holds("amount", Operator.BELOW, "12.5")).isFalse();
    }

    @Test
    void comparesDatesByTheirText() {
        assertThat(holds("on", Operator.AT_LEAST, "2026-11-29")).isTrue();
        assertThat(holds("on", Operator.BELOW, "2026-11-29")).isFalse();
    }

    @Test
    void findsAnyOfSeveralValues() {
        assertThat(holds("status", Operator.IN, "CRTD", "REL")).isTrue();
        assertThat(holds("status", Operator.IN, "CRTD", "TECO")).isFalse();
    }

    @Test
    void findsOnlyWhatChangedToAValue() {
        assertThat(holds("status", Operator.CHANGED_TO, "REL")).isTrue();
        assertThat(holds("amount", Operator.CHANGED_TO, "12.5"))
                .as("it was so before")
                .isFalse();
        assertThat(holds("priority", Operator.CHANGED_TO, "1"))
                .as("it is no change")
                .isFalse();
        assertThat(holds("status", Operator.CHANGED_TO, "TECO"))
                .as("it is another value")
                .isFalse();
    }

    @Test
    void holdsForNoAbsentField() {
        for (var operator : Operator.values()) {
            assertThat(holds("unknown", operator, "1")).as(operator.toString()).isFalse();
            assertThat(holds("nothing", operator, "1")).as(operator.toString()).isFalse();
        }
    }

    @Test
    void refusesAConditionWithoutAValue() {
        assertThatThrownBy(() -> new FactCondition("status", Operator.IN, List.of()))
                .hasMessageContaining("1 to 100 values");
        assertThatThrownBy(() -> new FactCondition("status", Operator.EQUAL, List.of("a", "b")))
                .hasMessageContaining("exactly one");
    }

    private static boolean holds(String field, Operator operator, String... values) {
        return new FactCondition(field, operator, List.of(values)).holds(FACT);
    }
}
