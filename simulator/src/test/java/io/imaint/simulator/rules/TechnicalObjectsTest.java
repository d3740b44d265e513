package io.imaint.simulator.rules;

import static io.imaint.simulator.rules.Bench.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: the plant's structure stays a tree of things that exist. Method: each rule on the workshop's places and equipment. */
class TechnicalObjectsTest {
    private final Bench bench = new Bench();

    private Row location(String key, @Nullable Object... namesAndValues) {
        return make(IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", key, namesAndValues);
    }

    private Row equipment(@Nullable Object... namesAndValues) {
        return make(IcwpModel.EQUIPMENT, "EQKTX", "Pump", namesAndValues);
    }

    private Row make(EntitySet set, String name, String value, @Nullable Object... namesAndValues) {
        var all = new @Nullable Object[namesAndValues.length + 2];
        System.arraycopy(namesAndValues, 0, all, 2, namesAndValues.length);
        all[0] = name;
        all[1] = value;
        return bench.create(set, all);
    }

    @Test
    void aPlaceStandsBelowTheNearestOneOfItsStructure() {
        var external = UUID.randomUUID();
        var place = location("1000-a-07-P01", "EXTID", external);
        assertThat(place.text("TPLNR")).isEqualTo("1000-A-07-P01");
        assertThat(place.text("TPLMA")).isEqualTo(Workshop.HALL);
        assertThat(place.text("STATUSES")).isEqualTo("CRTE");
        assertThat(place.text("SWERK")).isEqualTo("1000");
        assertThat(place.text("KOSTL")).isEqualTo("4711");
        assertThat(place.text("ILOAN")).hasSize(12);
        assertThat(place.text("OBJNR")).hasSize(22).startsWith("IF");
        assertThat(place.value("EXTID")).isEqualTo(external);
        assertThat(location("ELSEWHERE").text("TPLMA")).isEmpty();
        assertThat(location("YARD", "TPLMA", "1000").text("TPLMA")).isEqualTo("1000");
    }

    @Test
    void aPlaceIsKnownByOneKey() {
        bench.refused("IL/010", () -> location(Workshop.HALL));
        bench.refused("IL/010", () -> location("1000-a"));
        bench.refused("IL/012", () -> location("A\tB"));
        bench.refused("IL/012", () -> location("../etc?"));
        bench.refused("00/055", () -> bench.create(IcwpModel.FUNCTIONAL_LOCATION, "PLTXT", "x"));
        bench.refused("IL/001", () -> location("YARD", "TPLMA", "NOWHERE"));
        bench.refused("M3/014", () -> location("YARD", "SWERK", "9999"));
        bench.refused("CR/025", () -> location("YARD", "SWERK", "1000", "ARBPL", "NONE"));
        bench.refused("IE/071", () -> location("YARD", "RBNR", "NONE"));
    }

    @Test
    void aPlaceIsNotAboveItself() {
        var hall = bench.now(IcwpModel.FUNCTIONAL_LOCATION, Workshop.HALL);
        bench.refused("IE/145", () -> bench.update(hall, "TPLMA", Workshop.LINE));
        bench.refused("IE/145", () -> bench.update(hall, "TPLMA", Workshop.HALL));
        bench.refused("IL/001", () -> bench.update(hall, "TPLMA", "NOWHERE"));
        assertThat(bench.update(hall, "PLTXT", "Hall", "TPLMA", null).date("AEDAT"))
                .isEqualTo(TODAY);
    }

    @Test
    void anEquipmentIsNumberedBySapOrByPeople() {
        var numbered = equipment();
        assertThat(numbered.text("EQUNR")).isEqualTo("000000000000000005");
        assertThat(numbered.text("STATUSES")).isEqualTo("AVLB");
        assertThat(numbered.text("OBJNR")).isEqualTo("IE000000000000000005");
        assertThat(equipment("EQUNR", "crane-1").text("EQUNR")).isEqualTo("CRANE-1");
        bench.refused("IE/029", () -> equipment("EQUNR", "CRANE-1"));
        bench.refused("IL/012", () -> equipment("EQUNR", "A*B"));
    }

    @Test
    void aNumberThatPeopleTookIsPassedOver() {
        equipment("EQUNR", "000000000000000005");
        equipment("EQUNR", "000000000000000006");
        assertThat(equipment().text("EQUNR")).isEqualTo("000000000000000007");
    }

    @Test
    void anEquipmentIsCreatedInItsPlace() {
        var installed = equipment("TPLNR", Workshop.HALL);
        assertThat(installed.text("STATUSES")).isEqualTo("INST");
        assertThat(installed.text("SWERK")).isEqualTo("1000");
        assertThat(installed.text("KOSTL")).isEqualTo("4711");
        var part = equipment("HEQUI", Workshop.PUMP);
        assertThat(part.text("STATUSES")).isEqualTo("ASEQ INST");
        assertThat(part.text("TPLNR")).isEqualTo(Workshop.HALL);
        bench.refused("IE/157", () -> equipment("HEQUI", Workshop.PUMP, "TPLNR", Workshop.LINE));
        bench.refused("IL/001", () -> equipment("TPLNR", "NOWHERE"));
        bench.refused("IL/061", () -> equipment("TPLNR", "1000-X"));
        bench.refused("IE/003", () -> equipment("HEQUI", "NONE"));
    }

    @Test
    void refusesWhatCannotBe() {
        bench.refused("M3/305", () -> equipment("MATNR", "NONE"));
        bench.refused("M3/014", () -> equipment("IWERK", "9999"));
        bench.refused("00/086", () -> equipment("BRGEW", new BigDecimal("-1")));
        bench.refused("IE/062", () -> equipment("BAUMM", "13"));
        bench.refused("IE/063", () -> equipment("BAUJJ", "19X0"));
        var scrapped = bench.now(IcwpModel.EQUIPMENT, Workshop.SCRAPPED);
        bench.refused("IE/054", () -> bench.update(scrapped, "EQKTX", "x"));
    }

    @Test
    void anEquipmentIsNotInItself() {
        var pump = bench.now(IcwpModel.EQUIPMENT, Workshop.PUMP);
        bench.refused("IE/145", () -> bench.update(pump, "HEQUI", Workshop.MOTOR));
        bench.refused("IE/145", () -> bench.update(pump, "HEQUI", Workshop.PUMP));
    }

    @Test
    void anotherSuperiorTakesAnEquipmentAlong() {
        var spare = bench.now(IcwpModel.EQUIPMENT, Workshop.SPARE);
        var inside = bench.update(spare, "HEQUI", Workshop.PUMP);
        assertThat(inside.text("TPLNR")).isEqualTo(Workshop.HALL);
        assertThat(inside.text("STATUSES")).isEqualTo("ASEQ INST");
        var out = bench.update(spare, "HEQUI", null);
        assertThat(out.text("TPLNR")).isEmpty();
        assertThat(out.text("STATUSES")).isEqualTo("AVLB");
    }
}
