package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import org.junit.jupiter.api.Test;

/** Goal: an equipment is in one place. Method: each rule on the workshop's pump, its motor and a spare. */
class InstallationsTest {
    private final Bench bench = new Bench();

    @Test
    void anAvailableEquipmentIsInstalledAtAPlace() {
        var installed = bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.SPARE, Workshop.LINE);
        assertThat(installed.text("TPLNR")).isEqualTo(Workshop.LINE);
        assertThat(installed.text("STATUSES")).isEqualTo("INST");
        assertThat(installed.text("KOSTL")).isEqualTo("4712");
    }

    @Test
    void refusesToInstallTwiceOrNowhere() {
        bench.refused("IE/151", () -> bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.PUMP, Workshop.LINE));
        bench.refused("IL/001", () -> bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.SPARE, "NOWHERE"));
        bench.refused("IL/061", () -> bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.SPARE, "1000-X"));
        bench.refused("IE/003", () -> bench.call(IcwpModel.INSTALL_EQUIPMENT, "NONE", Workshop.LINE));
    }

    @Test
    void whatIsInsideGoesAlong() {
        var pump = bench.call(IcwpModel.DISMANTLE_EQUIPMENT, Workshop.PUMP);
        assertThat(pump.text("TPLNR")).isEmpty();
        assertThat(pump.text("STATUSES")).isEqualTo("AVLB");
        var motor = bench.now(IcwpModel.EQUIPMENT, Workshop.MOTOR);
        assertThat(motor.text("TPLNR")).isEmpty();
        assertThat(motor.text("HEQUI")).isEqualTo(Workshop.PUMP);
        assertThat(motor.text("STATUSES")).isEqualTo("ASEQ");
        bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.PUMP, Workshop.LINE);
        assertThat(bench.now(motor).text("TPLNR")).isEqualTo(Workshop.LINE);
        assertThat(bench.now(motor).text("STATUSES")).isEqualTo("ASEQ INST");
    }

    @Test
    void aPartIsDismantledFromItsSuperior() {
        var motor = bench.call(IcwpModel.DISMANTLE_EQUIPMENT, Workshop.MOTOR);
        assertThat(motor.text("HEQUI")).isEmpty();
        assertThat(motor.text("STATUSES")).isEqualTo("AVLB");
    }

    @Test
    void aPartOfADismantledEquipmentIsNotInstalledByItself() {
        bench.call(IcwpModel.DISMANTLE_EQUIPMENT, Workshop.PUMP);
        bench.refused("BS/013", () -> bench.call(IcwpModel.INSTALL_EQUIPMENT, Workshop.MOTOR, Workshop.LINE));
    }

    @Test
    void whatIsNotInstalledIsNotDismantled() {
        bench.refused("IE/153", () -> bench.call(IcwpModel.DISMANTLE_EQUIPMENT, Workshop.SPARE));
    }
}
