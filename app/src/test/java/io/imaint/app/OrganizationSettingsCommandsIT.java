package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: settings of the organization are set and explained from the command line. Method: the commands over a store. */
class OrganizationSettingsCommandsIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void seed() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.documents(Replicas.PLANTS)
                    .upsertAll(List.of(new Document().put("id", "1000").put("plant", "1000")));
        }
        assertThat(imaint("seed")).as(err).isZero();
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode explained(String... more) {
        var words = new ArrayList<>(List.of("settings", "explain", "rounds.buffer", "--json"));
        words.addAll(List.of(more));
        assertThat(imaint(words.toArray(String[]::new))).as(err).isZero();
        return JsonMapper.shared().readTree(out);
    }

    @Test
    void aValueIsSetExplainedAndTakenBack() {
        assertThat(explained().get("value").asString()).isEqualTo("PT30M");
        assertThat(imaint("settings", "set", "rounds.buffer", "PT45M", "--level", "plant", "--subject", "1000"))
                .as(err)
                .isZero();
        assertThat(imaint("settings", "set", "rounds.buffer", "PT50M", "--level", "plant", "--subject", "1000"))
                .as(err)
                .isZero();
        assertThat(explained("--plant", "1000").get("value").asString()).isEqualTo("PT50M");
        assertThat(explained("--plant", "1000").at("/steps/0/wins").asBoolean()).isTrue();
        assertThat(explained().get("value").asString()).isEqualTo("PT30M");
        assertThat(imaint("settings", "explain", "rounds.buffer", "--user", "administrator", "--plant", "1000"))
                .as(err)
                .isZero();
        assertThat(out).contains("LEVEL", "PT50M", "delivered");
        assertThat(imaint("settings", "unset", "rounds.buffer", "--level", "plant", "--subject", "1000"))
                .isZero();
        assertThat(explained("--plant", "1000").get("value").asString()).isEqualTo("PT30M");
        assertThat(imaint("settings", "unset", "rounds.buffer", "--level", "plant", "--subject", "1000"))
                .isEqualTo(1);
        assertThat(err).contains("setting-value-not-found");
    }

    @Test
    void valuesThatAreNoTextAreJson() {
        assertThat(imaint("settings", "set", "planning.readiness", "[\"parts\"]", "--level", "global"))
                .as(err)
                .isZero();
        assertThat(imaint("settings", "set", "planning.readiness", "parts", "--level", "global"))
                .isEqualTo(2);
        assertThat(imaint("settings", "set", "safety.second-person", "false", "--level", "global"))
                .as(err)
                .isZero();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(imaint("settings", "set", "rounds.buffer", "soon", "--level", "plant", "--subject", "9999"))
                .isEqualTo(1);
        assertThat(err).contains("9999", "/value");
        assertThat(imaint("settings", "set", "rounds.buffer", "PT1H", "--level", "planet"))
                .isEqualTo(1);
        assertThat(imaint("settings", "explain", "no.such")).isEqualTo(1);
        assertThat(imaint("settings", "explain", "rounds.buffer", "--plant", "9999"))
                .isEqualTo(1);
        assertThat(imaint("settings", "set", "rounds.buffer", "PT1H")).isEqualTo(2);
    }

    @Test
    void settingsOfTheProcessAreStillListed() {
        assertThat(imaint("settings")).as(err).isZero();
        assertThat(out).contains("port = ");
    }
}
