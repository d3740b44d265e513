package io.imaint.kernel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.SettingsProblem;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class FailureTest {
    @Test
    void saysInOneLineWhatHappenedAndWhatToDo() {
        var line = SettingsProblem.SETTINGS_INVALID.because("port is '70000'").line();
        assertThat(line)
                .startsWith("Settings are invalid: port is '70000'. Correct them")
                .endsWith(" [settings-invalid]")
                .doesNotContain("\n");
    }

    @Test
    void writesOneFullStopAfterADetailThatHasOne() {
        assertThat(SettingsProblem.SETTINGS_INVALID.because("it is wrong.").line())
                .contains("it is wrong. Correct")
                .doesNotContain("..");
    }

    @Test
    void keepsItsCause() {
        var cause = new IllegalStateException("disk");
        assertThat(SettingsProblem.SETTINGS_INVALID.because("x", cause)).hasCause(cause);
    }

    @Test
    void letsOnlySapAndCapacityPassByThemselves() {
        assertThat(Blame.SAP.mayPass()).isTrue();
        assertThat(Blame.CAPACITY.mayPass()).isTrue();
        assertThat(Blame.CALLER.mayPass()).isFalse();
        assertThat(Blame.PLATFORM.mayPass()).isFalse();
    }
}
