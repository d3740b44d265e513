package io.imaint.services.seed;

import static io.imaint.services.seed.Release.permission;
import static io.imaint.services.seed.Release.role;
import static io.imaint.services.seed.Release.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: an upgrade of seed data loses nothing that a customer did, and brings everything else. */
final class SeedUpgradeIT {
    @TempDir
    Path home = Path.of("");

    private @Nullable Store opened;

    @BeforeEach
    void open() {
        opened = StoreService.open(new StoreSettings(home.resolve("store"), Optional.empty()));
        seed(first());
    }

    @AfterEach
    void close() {
        store().close();
    }

    private Store store() {
        return Objects.requireNonNull(opened);
    }

    private Seeds seeds() {
        return new Seeds(store(), Sources.DECLARED, InstantSource.system());
    }

    private SeedReport seed(Release release) {
        return seeds().seed(release.in(home.resolve("release")));
    }

    private static Release first() {
        return new Release()
                .with("Permission", permission("work.read"), permission("work.edit"), permission("work.plan"))
                .with("Role", role("technician", "work.read"), role("planner", "work.read", "work.plan"))
                .with("User", administrator());
    }

    private static Document administrator() {
        return new Document()
                .put("id", "administrator")
                .put("displayName", "Administrator")
                .put("status", "invited")
                .put("roles", List.of("planner"))
                .put("groups", List.of())
                .put("allPlants", true)
                .put("plants", List.of())
                .put("workCenters", List.of())
                .put("language", "en");
    }

    private void change(String role, java.util.function.Function<Role, Role> change) {
        store().documents(UserCollections.ROLES)
                .update(role, stored -> io.imaint.store.Documents.Change.of(change.apply(stored.value())));
    }

    private static Role named(Role role, String name) {
        return new Role(
                role.id(),
                Map.of("en", name),
                role.description(),
                role.startPage(),
                role.secondFactor(),
                role.permissions(),
                role.machine());
    }

    private Role stored(String id) {
        return store().documents(UserCollections.ROLES).find(id).orElseThrow().value();
    }

    private static Document changedRole(String id, String name, String... permissions) {
        return Release.role(id, permissions).put("name", text(name));
    }

    @Test
    void theCustomersChangeStaysAndTheReleasesArrives() {
        change("technician", role -> named(role, "Mechanic"));

        var report = seed(first().with("Role", role("technician", "work.read", "work.edit")));

        assertThat(report.conflicts()).isEmpty();
        assertThat(stored("technician").name()).containsEntry("en", "Mechanic");
        assertThat(stored("technician").permissions()).containsExactly("work.read", "work.edit");
        assertThat(seed(first().with("Role", role("technician", "work.read", "work.edit")))
                        .nothing())
                .isTrue();
    }

    @Test
    void whatBothChangedIsAskedOnceAndStaysUntilItIsDecided() {
        change("technician", role -> named(role, "Mechanic"));
        var release = first().with("Role", changedRole("technician", "Craftsperson", "work.read"));

        var conflicts = seed(release).conflicts();

        assertThat(conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.path()).isEqualTo("/name/en");
            assertThat(conflict.base()).isEqualTo("technician");
            assertThat(conflict.mine()).isEqualTo("Mechanic");
            assertThat(conflict.theirs()).isEqualTo("Craftsperson");
        });
        assertThat(stored("technician").name()).containsEntry("en", "Mechanic");
        assertThat(seed(release).nothing()).isTrue();
        assertThat(seeds().conflicts()).hasSize(1);

        seeds().resolve(conflicts.getFirst().id(), new SeedDecision.Theirs());

        assertThat(stored("technician").name()).containsEntry("en", "Craftsperson");
        assertThat(seeds().conflicts()).isEmpty();
        assertThat(seeds().standing().get(1).changed()).isZero();
    }

    @Test
    void aConflictDecidedForTheCustomerChangesNothing() {
        change("technician", role -> named(role, "Mechanic"));
        var conflict = seed(first().with("Role", changedRole("technician", "Craftsperson", "work.read")))
                .conflicts()
                .getFirst();

        seeds().resolve(conflict.id(), new SeedDecision.Mine());

        assertThat(stored("technician").name()).containsEntry("en", "Mechanic");
        assertThat(seeds().conflicts()).isEmpty();
        assertThatThrownBy(() -> seeds().resolve("unknown", new SeedDecision.Mine()))
                .hasMessageContaining("SEED_CONFLICT_NOT_FOUND");
    }

    @Test
    void aConflictMayGetAnotherValueThatLeadsSomewhere() {
        change("technician", role -> named(role, "Mechanic"));
        var report = seed(first().without("Role", "technician"));
        var id = report.conflicts().getFirst().id();
        var edited = changedRole("technician", "Fitter", "work.read", "work.edit");

        for (var wrong : List.of(
                changedRole("technician", "Fitter", "work.unknown"),
                changedRole("fitter", "Fitter", "work.read"),
                edited.copy().put("salary", 1))) {
            assertThatThrownBy(() -> seeds().resolve(id, new SeedDecision.Value(wrong)))
                    .hasMessageContaining("SEED_VALUE_INVALID");
        }
        assertThatThrownBy(() -> seeds().resolve(id, new SeedDecision.Value("Fitter")))
                .hasMessageContaining("SEED_VALUE_INVALID");
        assertThat(seeds().conflicts()).hasSize(1);

        assertThat(seeds().resolve(id, new SeedDecision.Value(edited)).state()).isEqualTo(SeedConflict.State.VALUE);

        assertThat(stored("technician").name()).containsEntry("en", "Fitter");
        assertThat(stored("technician").permissions()).containsExactly("work.read", "work.edit");
        assertThat(seeds().conflicts()).isEmpty();
    }

    @Test
    void whatTheCustomerRemovedStaysRemoved() {
        remove(UserCollections.ROLES, "technician");

        assertThat(seed(first()).nothing()).isTrue();
        var report = seed(first().with("Role", changedRole("technician", "Craftsperson", "work.read")));

        assertThat(report.removedHere()).containsExactly("Role technician");
        assertThat(store().documents(UserCollections.ROLES).find("technician")).isEmpty();
        assertThat(seed(first().with("Role", changedRole("technician", "Craftsperson", "work.read")))
                        .removedHere())
                .isEmpty();
    }

    private <T> void remove(CollectionType<T> type, String key) {
        var documents = store().documents(type);
        assertThat(documents.remove(key, documents.find(key).orElseThrow().rev()))
                .isTrue();
    }

    @Test
    void whatTheReleaseRemovesGoesUnlessItWasChangedHere() {
        change("technician", role -> named(role, "Mechanic"));

        var report = seed(first().without("Role", "technician").without("Permission", "work.edit"));

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.path()).isEmpty());
        assertThat(stored("technician").name()).containsEntry("en", "Mechanic");
        seeds().resolve(report.conflicts().getFirst().id(), new SeedDecision.Theirs());
        assertThat(store().documents(UserCollections.ROLES).find("technician")).isEmpty();
    }

    @Test
    void whatIsReferredToIsNotRemoved() {
        var report = seed(first().without("Role", "planner")
                .with("User", administrator().put("roles", List.of("technician")))
                .without("User", "administrator"));

        assertThat(report.deleted()).isZero();
        assertThat(report.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).contains("User administrator refers to it"));
        assertThat(stored("planner").permissions()).isNotEmpty();
    }

    @Test
    void whatBothAddedIsAConflictUnlessItIsEqual() {
        store().documents(UserCollections.ROLES)
                .insert(new Role(
                        "operator",
                        Map.of("en", "Mine"),
                        Map.of("en", "x"),
                        "/work",
                        "optional",
                        List.of("work.read"),
                        false));
        store().documents(UserCollections.ROLES)
                .insert(new Role(
                        "guard",
                        Map.of("en", "guard"),
                        Map.of("en", "A guard"),
                        "/work",
                        "optional",
                        List.of("work.read"),
                        false));

        var report = seed(first().with("Role", role("operator", "work.read"), role("guard", "work.read")));

        assertThat(report.conflicts()).extracting(SeedConflict::document).containsExactly("operator");
        assertThat(stored("operator").name()).containsEntry("en", "Mine");
    }

    @Test
    void usersAreInsertedOnceAndThenTheirOwn() {
        var users = store().documents(UserCollections.USERS);
        var invited = users.find("administrator").orElseThrow();
        users.replace(active(invited.value()), invited.rev());

        var report = seed(first().with("User", administrator().put("displayName", "Root")));

        assertThat(report.conflicts()).isEmpty();
        var user = users.find("administrator").orElseThrow().value();
        assertThat(user.status()).isEqualTo(User.Status.ACTIVE);
        assertThat(user.displayName()).isEqualTo("Administrator");
        assertThat(user.rightsVersion()).isEqualTo(7);
        assertThat(seed(first().without("User", "administrator")).deleted()).isZero();
    }

    private static User active(User user) {
        return new User(
                user.id(),
                user.displayName(),
                user.email(),
                User.Status.ACTIVE,
                user.roles(),
                user.groups(),
                user.allPlants(),
                user.plants(),
                user.workCenters(),
                user.personnelNumber(),
                user.language(),
                user.timeZone(),
                "from the identity system",
                7,
                user.shownPlants(),
                true);
    }

    @Test
    void aMergedDocumentThatWouldBeInvalidStaysAsTheCustomerHasIt() {
        change(
                "planner",
                role -> new Role(
                        role.id(),
                        role.name(),
                        role.description(),
                        role.startPage(),
                        role.secondFactor(),
                        List.of("work.read"),
                        role.machine()));

        var report = seed(first().with("Role", role("planner", "work.plan")));

        assertThat(report.conflicts())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.reason()).contains("invalid"));
        assertThat(stored("planner").permissions()).containsExactly("work.read");
    }

    @Test
    void anInvalidReleaseWritesNothing() {
        long position = store().position();

        assertThatThrownBy(() -> seed(first().with("Role", role("planner", "work.unknown"))
                        .with("Permission", permission("work.new"))))
                .hasMessageContaining("SEED_INVALID")
                .hasMessageContaining("Role.json planner")
                .hasMessageContaining("work.unknown");
        assertThat(store().position()).isEqualTo(position);
        assertThat(seeds().standing().getFirst().documents()).isEqualTo(3);
    }

    @Test
    void aSourceWithoutAListOfCollectionsOnlyAdds() {
        var own = Sources.folder(
                home.resolve("own"),
                "Role.json",
                Sources.file("Role", SeedJson.node(role("guard", "work.read")).toString()));

        var report = seeds().seed(own);

        assertThat(report.inserted()).isEqualTo(1);
        assertThat(report.deleted()).isZero();
        assertThat(stored("technician").id()).isEqualTo("technician");
    }
}
