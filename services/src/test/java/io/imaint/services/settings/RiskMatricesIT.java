package io.imaint.services.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.services.user.UserService;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Risk matrices over HTTP, as they are delivered. */
class RiskMatricesIT {
    private static final String STANDARD = "/api/risk-matrices/standard-5x5";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(SettingsService.module(UserService.MODULE));

    private ApiClient reporter;

    @BeforeEach
    void seed() {
        new Seeds(plant.store(), List.of(), InstantSource.system()).seed(SeedSource.PROGRAM);
        reporter = plant.as(new Caller("anna", Set.of(), PlantScope.of("1000")));
    }

    @Test
    void theDeliveredMatrixIsListedByItsName() {
        var listed = reporter.get("/api/risk-matrices");
        assertThat(listed.status()).as(listed.text()).isEqualTo(200);
        assertThat(listed.each("id")).containsExactly("standard-5x5");
        assertThat(listed.json().at("/items/0/name/en").asString()).isEqualTo("Standard risk matrix 5 × 5");
        assertThat(listed.json().at("/items/0/cells").isMissingNode()).isTrue();
    }

    @Test
    void everyCellLeadsToALevelWithAPriorityAndDates() {
        var matrix = reporter.get(STANDARD).json();
        assertThat(matrix.required("cells").size()).isEqualTo(25);
        var levels = matrix.required("levels");
        assertThat(levels.get(0).required("sapPriority").asString()).isEqualTo("1");
        assertThat(levels.get(0).required("finishWithin").asString()).isEqualTo("PT24H");
        assertThat(ApiClient.Answer.texts(levels, "key"))
                .containsAll(ApiClient.Answer.texts(matrix.required("cells"), "level"));
        assertThat(matrix.at("/consequences/0/descriptions/4/text/de").asString())
                .isEqualTo("Ein oder mehrere Todesfälle.");
    }

    @Test
    void aClientThatHasTheVersionIsAnsweredWithoutTheMatrix() {
        var tag = reporter.get(STANDARD).header("etag");
        var again = reporter.send("GET", STANDARD, null, "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void anUnknownMatrixIsNotFoundAndNobodyReadsOneUnsigned() {
        var missing = reporter.get("/api/risk-matrices/none");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().required("code").asString()).isEqualTo("risk-matrix-not-found");
        assertThat(plant.anonymous().get(STANDARD).status()).isEqualTo(401);
    }
}
