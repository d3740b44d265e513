package io.imaint.services.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.services.ServedPlant;
import io.imaint.services.user.Role;
import io.imaint.services.user.UserCollections;
import io.imaint.store.DocumentWritten;
import io.imaint.store.Documents.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Goal: who may sees how the seed data stands, and decides conflicts; nobody sees what was delivered inside a document. */
final class SeedRoutesIT {
    private static final ServiceModule<Seeding> SEED = SeedService.module(Sources.DECLARED, List.of());

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(SEED);

    @TempDir
    Path home = Path.of("");

    private static Caller caller(String id, String permission) {
        return new Caller(id, Set.of(new Permission(permission)), PlantScope.ALL);
    }

    @Test
    void theStartDeliversAndTheStateShowsIt() {
        var answer = plant.as(caller("reader", "seed.read")).get("/api/seed");

        assertThat(answer.status()).isEqualTo(200);
        var roles = answer.json().path("collections").get(1);
        assertThat(roles.path("collection").stringValue()).isEqualTo("Role");
        assertThat(roles.path("version").longValue()).isEqualTo(2);
        assertThat(roles.path("documents").longValue()).isGreaterThan(5);
        assertThat(roles.path("changed").longValue()).isZero();
        assertThat(plant.the(SEED).report()).isPresent();
        assertThat(plant.as(caller("other", "audit.read")).get("/api/seed").status())
                .isEqualTo(403);
        assertThat(plant.anonymous().get("/api/seed").status()).isEqualTo(401);
    }

    @Test
    void aConflictIsDecidedOverTheApiAndTheAuditTrailShowsTheFieldOnly() {
        var id = conflict();
        var editor = plant.as(caller("editor", "seed.edit"));
        var path = "/api/seed/conflicts/" + id + "/resolve";

        assertThat(plant.as(caller("reader", "seed.read"))
                        .send("POST", path, "{\"take\": \"theirs\"}")
                        .status())
                .isEqualTo(403);
        assertThat(editor.send("POST", path, "{\"take\": \"both\"}").status()).isEqualTo(400);
        assertThat(editor.send("POST", "/api/seed/conflicts/none/resolve", "{\"take\": \"mine\"}")
                        .status())
                .isEqualTo(404);
        var answer = editor.send("POST", path, "{\"take\": \"theirs\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("state").stringValue()).isEqualTo("theirs");
        assertThat(plant.store()
                        .documents(UserCollections.ROLES)
                        .find("technician")
                        .orElseThrow()
                        .value()
                        .name())
                .containsEntry("en", "Craftsperson");
        assertThat(plant.store().facts().after(0, 100))
                .filteredOn(fact -> fact.name().equals(DocumentWritten.class.getSimpleName()))
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(fact.data().toString()).doesNotContain(SeedDocuments.SEED));
    }

    @Test
    void aConflictGetsAnEditedValueOnlyIfTheDocumentStaysValid() {
        var id = conflict();
        var editor = plant.as(caller("editor", "seed.edit"));
        var path = "/api/seed/conflicts/" + id + "/resolve";

        for (var wrong : List.of(
                "{\"take\": \"value\"}",
                "{\"take\": \"value\", \"value\": null}",
                "{\"take\": \"mine\", \"value\": \"Fitter\"}",
                "{\"take\": \"value\", \"value\": 7}")) {
            var refused = editor.send("POST", path, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.json().path("code").stringValue()).isEqualTo("seed-value-invalid");
        }
        var answer = editor.send("POST", path, "{\"take\": \"value\", \"value\": \"Fitter\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("state").stringValue()).isEqualTo("value");
        assertThat(plant.store()
                        .documents(UserCollections.ROLES)
                        .find("technician")
                        .orElseThrow()
                        .value()
                        .name())
                .containsEntry("en", "Fitter");
        assertThat(plant.get("/api/seed").json().path("conflicts")).isEmpty();
    }

    /** A role whose name the customer and a source changed. */
    private String conflict() {
        var roles = plant.store().documents(UserCollections.ROLES);
        roles.update("technician", stored -> Change.of(renamed(stored.value())));
        var whole = plant.store()
                .documents(UserCollections.ROLES.whole())
                .find("technician")
                .orElseThrow()
                .value();
        var seeded = new SeedDocuments(UserCollections.ROLES).seeded(whole);
        var source = Sources.folder(
                home,
                "Role.json",
                Sources.file(
                        "Role",
                        SeedJson.node(seeded.put("name", Release.text("Craftsperson")))
                                .toString()));
        var seeds = new Seeds(plant.store(), Sources.DECLARED, java.time.InstantSource.system());
        return seeds.seed(source).conflicts().getFirst().id();
    }

    private static Role renamed(Role role) {
        return new Role(
                role.id(),
                Map.of("en", "Mechanic"),
                role.description(),
                role.startPage(),
                role.secondFactor(),
                role.permissions(),
                role.machine());
    }
}
