package io.imaint.services.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The verification of the audit trail over HTTP. */
class AuditRoutesIT {
    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant");

    private static final String VERIFICATION = "/api/audit/verification";

    @RegisterExtension
    private final ServedPlant plant = new ServedPlant(AuditService.MODULE);

    private static Caller auditor(PlantScope plants) {
        return new Caller("auditor", Set.of(new Permission("audit.read")), plants);
    }

    @Test
    void verifiesTheTrail() {
        plant.store()
                .as(new Caller("ann", Set.of(), PlantScope.ALL))
                .documents(TOOLS)
                .insert(new Document().put("id", "1").put("plant", "1000"));
        var auditor = plant.as(auditor(PlantScope.ALL));
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var answer = auditor.get(VERIFICATION);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("entries").asInt()).isEqualTo(1);
            assertThat(answer.json().get("head").asString()).hasSize(64);
            assertThat(answer.json().get("findings")).isEmpty();
            assertThat(answer.json().hasNonNull("broken")).isFalse();
        });
    }

    @Test
    void answersBusyWhileItVerifiesForSomebodyElse() throws Exception {
        var tools =
                plant.store().as(new Caller("ann", Set.of(), PlantScope.ALL)).documents(TOOLS);
        for (int i = 0; i < 300; i++) { // So that a verification takes a while.
            tools.insert(new Document().put("id", Integer.toString(i)).put("plant", "1000"));
        }
        var auditor = plant.as(auditor(PlantScope.ALL));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> auditor.get(VERIFICATION).json().get("entries").asInt() == 300);
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var callers = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 64; i++) {
                callers.execute(() -> statuses.add(auditor.get(VERIFICATION).status()));
            }
        }
        assertThat(statuses).hasSize(64).contains(200, 503).containsOnly(200, 503);
    }

    @Test
    void isOnlyForWhoMayReadTheTrailOfAllPlants() {
        assertThat(plant.anonymous().get(VERIFICATION).status()).isEqualTo(401);
        assertThat(plant.as(new Caller("ann", Set.of(), PlantScope.ALL))
                        .get(VERIFICATION)
                        .status())
                .isEqualTo(403);
        var ofOne = plant.as(auditor(PlantScope.of("1000"))).get(VERIFICATION);
        assertThat(ofOne.status()).isEqualTo(403);
        assertThat(ofOne.text()).contains("all plants");
    }
}
