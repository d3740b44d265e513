package io.imaint.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static String finding(Settings settings) {
        try {
            settings.verify();
            return "";
        } catch (Failure failure) {
            assertThat(failure.code()).isEqualTo(SettingsProblem.SETTINGS_INVALID);
            return failure.detail();
        }
    }

    @Test
    void takesTheCommandLineOverTheEnvironmentOverTheFile() {
        var file = Map.of("port", "1", "host", "file", "home", "/file");
        var environment = Map.of("IMAINT_PORT", "2", "IMAINT_HOST", "environment", "PATH", "/bin");
        var settings = Settings.of(file, environment, Map.of("port", "3"));
        assertThat(settings.integer("port", 0, 0, 9, "")).isEqualTo(3);
        assertThat(settings.text("host", "", "")).isEqualTo("environment");
        assertThat(settings.path("home", Path.of("/x"), "")).isEqualTo(Path.of("/file"));
        settings.verify();
    }

    @Test
    void carriesOnWithDefaultsAndReportsAllFindingsAtOnce() {
        var settings = Settings.of(
                Map.of("gap", "soon"), Map.of("IMAINT_PORT", "70000"), Map.of("mongo", "ftp://x", "surprise", "1"));
        assertThat(settings.integer("port", 8080, 0, 65_535, "")).isEqualTo(8080);
        assertThat(settings.duration("gap", SECOND, SECOND, HOUR, "")).isEqualTo(SECOND);
        assertThat(settings.address("mongo", "")).isEmpty();
        settings.report("gap and port exclude each other");
        assertThat(finding(settings))
                .contains("IMAINT_PORT is '70000' but must be 0 to 65535")
                .contains("gap in the settings file is 'soon' but must be PT1S to PT1H")
                .contains("--mongo is 'ftp://x' but must be http or https URL")
                .contains("gap and port exclude each other")
                .contains("--surprise is unknown");
    }

    @Test
    void suggestsTheNearestKeyForAnUnknownOne() {
        var settings = Settings.of(Map.of("prot", "1"));
        settings.integer("port", 0, 0, 9, "");
        settings.integer("ports", 0, 0, 9, "");
        assertThat(finding(settings)).contains("prot in the settings file is unknown (did you mean port?)");
        var far = Settings.of(Map.of("something-else", "1"));
        far.integer("port", 0, 0, 9, "");
        assertThat(finding(far)).contains("is unknown").doesNotContain("did you mean");
    }

    @Test
    void namesWhatToDoAboutARetiredKey() {
        var settings = Settings.of(Map.of(), Map.of("IMAINT_PAGE", "5"), Map.of());
        settings.retired("page", "set page-size-max");
        assertThat(finding(settings)).isEqualTo("IMAINT_PAGE is retired; set page-size-max");
    }

    @Test
    void passesOverVariablesThatAreNoSettings() {
        var environment = Map.of("IMAINT_JAVA_HOME", "/jdk", "IMAINT_TEST_MONGO_URI", "x", "HOME", "/root");
        assertThat(finding(Settings.of(Map.of(), environment, Map.of()))).isEmpty();
    }

    @Test
    void treatsBlankAsAbsent() {
        var settings = Settings.of(Map.of("port", " ", "name", ""));
        assertThat(settings.integer("port", 7, 0, 9, "")).isEqualTo(7);
        assertThat(settings.text("name", "")).isEmpty();
        settings.verify();
    }

    @Test
    void readsDurationsInBothForms() {
        var settings = Settings.of(Map.of("a", "1500ms", "b", "90s", "c", "2m", "d", "1h", "e", "PT5M"));
        assertThat(settings.duration("a", SECOND, SECOND, HOUR, "")).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.duration("b", SECOND, SECOND, HOUR, "")).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.duration("c", SECOND, SECOND, HOUR, "")).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.duration("d", SECOND, SECOND, HOUR, "")).isEqualTo(HOUR);
        assertThat(settings.duration("e", SECOND, SECOND, HOUR, "")).isEqualTo(Duration.ofMinutes(5));
        settings.verify();
    }

    @Test
    void refusesDurationsWithoutUnitOrBeyondAllBounds() {
        for (var wrong : new String[] {"30", "s", "h", "-1s", "2h", "9223372036854775807h", "P", "1d"}) {
            var settings = Settings.of(Map.of("gap", wrong));
            assertThat(settings.duration("gap", SECOND, SECOND, HOUR, "")).isEqualTo(SECOND);
            assertThat(finding(settings)).contains("'" + wrong + "'");
        }
    }

    @Property
    void neverFailsBeforeItsVerification(@ForAll String text) {
        var settings = Settings.of(Map.of("n", text, "d", text, "a", text, "p", text));
        settings.integer("n", 1, 0, 9, "");
        settings.duration("d", SECOND, SECOND, HOUR, "");
        settings.address("a", "");
        settings.path("p", "");
    }

    @Test
    void neverPrintsASecret() {
        var settings = Settings.of(Map.of("token", "hunter2"));
        Optional<Secret> secret = settings.secret("token", "");
        assertThat(secret.map(Secret::toString)).contains("***");
        assertThat(secret.map(Secret::reveal)).contains("hunter2");
        assertThat(settings.known().toString()).doesNotContain("hunter2");
    }

    @Test
    void listsTheKeysThatServicesRead() {
        var settings = Settings.of(Map.of());
        settings.integer("simulator-orders", 5, 1, 10, "orders of the simulated plant");
        assertThat(settings.known())
                .containsExactly(
                        new Settings.Known("simulator-orders", "1 to 10", "5", "orders of the simulated plant"));
        assertThat(settings.known().getFirst().environmentName()).isEqualTo("IMAINT_SIMULATOR_ORDERS");
        assertThatThrownBy(() -> settings.known().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesTheValueOfAKeyAndItsSource() {
        var settings = Settings.of(
                Map.of("port", "1", "host", "h"), Map.of("IMAINT_PORT", "2", "IMAINT_TOKEN", "hunter2"), Map.of());
        settings.integer("port", 8080, 0, 9, "");
        settings.text("host", "");
        settings.text("user", "nobody", "");
        settings.secret("token", "");
        assertThat(settings.known())
                .extracting(settings::current)
                .containsExactly(
                        new Settings.Current("h", "host in the settings file"),
                        new Settings.Current("2", "IMAINT_PORT"),
                        new Settings.Current("***", "IMAINT_TOKEN"),
                        new Settings.Current("nobody", "default"));
    }

    @Test
    void takesOneOfItsChoices() {
        var choices = List.of("json", "text");
        assertThat(Settings.of(Map.of("form", "TEXT")).choice("form", choices, "json", ""))
                .isEqualTo("text");
        var wrong = Settings.of(Map.of("form", "xml"));
        assertThat(wrong.choice("form", choices, "json", "")).isEqualTo("json");
        assertThat(finding(wrong)).contains("'xml'", "json, text");
    }
}
