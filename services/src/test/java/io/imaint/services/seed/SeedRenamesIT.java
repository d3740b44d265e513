package io.imaint.services.seed;

import static io.imaint.services.seed.Release.permission;
import static io.imaint.services.seed.Release.role;
import static io.imaint.services.seed.Release.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.services.user.Group;
import io.imaint.services.user.Role;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Documents.Change;
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

/** Goal: when a release renames a document, what a customer did to it and whatever refers to it goes along. */
final class SeedRenamesIT {
    @TempDir
    Path home = Path.of("");

    private @Nullable Store opened;

    @BeforeEach
    void open() {
        opened = StoreService.open(new StoreSettings(home.resolve("store"), Optional.empty()));
        seed(before());
    }

    @AfterEach
    void close() {
        store().close();
    }

    private Store store() {
        return Objects.requireNonNull(opened);
    }

    private Seeds seeds() {
        return new Seeds(
                store(),
                Sources.DECLARED,
                List.of(new SeedReferrer(UserCollections.GROUPS, "roles", "Role")),
                InstantSource.system());
    }

    private SeedReport seed(Release release) {
        return seeds().seed(release.in(home.resolve("release")));
    }

    private static Release before() {
        return new Release()
                .with("Permission", permission("work.read"), permission("work.edit"))
                .with("Role", role("technician", "work.read"), role("planner", "work.read", "work.edit"));
    }

    /** {@code work.read} is {@code orders.read} by now, and the technician a {@code mechanic}. */
    private static Release after() {
        return new Release()
                .with("Permission", permission("orders.read"), permission("work.edit"))
                .with("Role", role("mechanic", "orders.read"), role("planner", "orders.read", "work.edit"))
                .renaming("Permission", "work.read", "orders.read")
                .renaming("Role", "technician", "mechanic");
    }

    private void change(String id, String name, String... permissions) {
        store().documents(UserCollections.ROLES)
                .update(
                        id,
                        stored -> Change.of(new Role(
                                id,
                                Map.of("en", name),
                                stored.value().description(),
                                stored.value().startPage(),
                                stored.value().secondFactor(),
                                List.of(permissions),
                                false)));
    }

    private Role stored(String id) {
        return store().documents(UserCollections.ROLES).find(id).orElseThrow().value();
    }

    private boolean isThere(String id) {
        return store().documents(UserCollections.ROLES).find(id).isPresent();
    }

    private void assertIn(Release release) {
        assertThat(seed(release).nothing()).isTrue();
        assertThat(seeds().conflicts()).isEmpty();
    }

    @Test
    void theDocumentHasItsNewKeyAndRolesTheNewPermission() {
        var report = seed(after());

        assertThat(report.conflicts()).isEmpty();
        assertThat(report.renamed()).isEqualTo(2);
        assertThat(report.deleted()).isZero();
        assertThat(isThere("technician")).isFalse();
        assertThat(stored("mechanic").permissions()).containsExactly("orders.read");
        assertThat(stored("planner").permissions()).containsExactlyInAnyOrder("orders.read", "work.edit");
        assertThat(seeds().standing()).allSatisfy(standing -> {
            assertThat(standing.changed()).isZero();
            assertThat(standing.removed()).isZero();
        });
        assertIn(after());
    }

    @Test
    void whatTheCustomerChangedGoesAlong() {
        change("technician", "Fitter", "work.read", "work.edit");

        var mechanic = role("mechanic", "orders.read").put("name", text("technician"));
        assertThat(seed(after().with("Role", mechanic.put("startPage", "/home")))
                        .conflicts())
                .isEmpty();

        assertThat(stored("mechanic").name()).containsEntry("en", "Fitter");
        assertThat(stored("mechanic").permissions()).containsExactlyInAnyOrder("orders.read", "work.edit");
        assertThat(stored("mechanic").startPage()).isEqualTo("/home");
    }

    @Test
    void aPermissionThatTheCustomerTookAwayStaysAwayUnderItsNewName() {
        change("planner", "planner", "work.edit");

        seed(after());

        assertThat(stored("planner").permissions()).containsExactly("work.edit");
        assertIn(after());
    }

    @Test
    void rolesAndGroupsOfTheCustomerFollow() {
        store().documents(UserCollections.ROLES)
                .insert(new Role(
                        "guard",
                        Map.of("en", "Guard"),
                        Map.of("en", "Guards"),
                        "/work",
                        "optional",
                        List.of("work.read"),
                        false));
        var groups = store().documents(UserCollections.GROUPS);
        groups.insert(
                new Group("crew", "Crew", List.of("technician", "guard"), false, List.of(), List.of(), null, false));

        seed(after());

        assertThat(stored("guard").permissions()).containsExactly("orders.read");
        assertThat(groups.find("crew").orElseThrow().value().roles()).containsExactly("mechanic", "guard");
        assertThat(seeds().standing().get(1).added()).isEqualTo(1);
        assertIn(after());
    }

    @Test
    void whatTheCustomerRemovedStaysRemoved() {
        var documents = store().documents(UserCollections.ROLES);
        documents.remove(
                "technician", documents.find("technician").orElseThrow().rev());

        assertThat(seed(after()).removedHere()).containsExactly("Role mechanic");

        assertThat(isThere("mechanic")).isFalse();
        assertIn(after());
    }

    @Test
    void anOpenConflictIsOneOfTheRenamedDocument() {
        change("technician", "Fitter", "work.read");
        var craftsperson = role("technician", "work.read").put("name", text("Craftsperson"));
        seed(before().with("Role", craftsperson));

        seed(after().with("Role", role("mechanic", "orders.read").put("name", text("Craftsperson"))));

        var conflict = seeds().conflicts().getFirst();
        assertThat(conflict.document()).isEqualTo("mechanic");
        seeds().resolve(conflict.id(), new SeedDecision.Theirs());
        assertThat(stored("mechanic").name()).containsEntry("en", "Craftsperson");
        assertThat(seeds().conflicts()).isEmpty();
    }

    @Test
    void aDocumentOfTheCustomerWithTheNewKeyIsNotOverwritten() {
        change("technician", "Fitter", "work.read");
        store().documents(UserCollections.ROLES)
                .insert(new Role(
                        "mechanic",
                        Map.of("en", "Ours"),
                        Map.of("en", "Ours"),
                        "/work",
                        "optional",
                        List.of("work.read"),
                        false));

        var report = seed(after());

        assertThat(report.conflicts()).extracting(SeedConflict::document).contains("technician", "mechanic");
        assertThat(stored("mechanic").name()).containsEntry("en", "Ours");
        assertThat(stored("technician").name()).containsEntry("en", "Fitter");
    }

    @Test
    void aCrashBetweenTheNewAndTheOldDocumentIsMadeGood() {
        change("technician", "Fitter", "work.read");
        var whole = store().documents(UserCollections.ROLES.whole());
        var old = whole.find("technician").orElseThrow().value();
        seed(after());
        whole.insert(old);

        var report = seed(after());

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(report.conflicts()).isEmpty();
        assertThat(isThere("technician")).isFalse();
        assertThat(stored("mechanic").name()).containsEntry("en", "Fitter");
    }

    @Test
    void releasesMayBeSkipped() {
        var last = new Release()
                .with("Permission", permission("orders.see"), permission("work.edit"))
                .with("Role", role("mechanic", "orders.see"), role("planner", "orders.see", "work.edit"))
                .renaming("Permission", "work.read", "orders.read")
                .renaming("Role", "technician", "mechanic")
                .renaming("Permission", "orders.read", "orders.see");
        change("planner", "Scheduler", "work.read", "work.edit");

        assertThat(seed(last).renamed()).isEqualTo(2);

        assertThat(stored("planner").name()).containsEntry("en", "Scheduler");
        assertThat(stored("planner").permissions()).containsExactlyInAnyOrder("orders.see", "work.edit");
        assertIn(last);
    }

    @Test
    void aKeyThatTheCustomerTookUpLaterIsTheirs() {
        seed(after());
        store().documents(UserCollections.ROLES)
                .insert(new Role(
                        "technician",
                        Map.of("en", "Ours"),
                        Map.of("en", "Ours"),
                        "/work",
                        "optional",
                        List.of("orders.read"),
                        false));

        assertIn(after());

        assertThat(stored("technician").name()).containsEntry("en", "Ours");
    }

    @Test
    void aListThatLeadsNowhereIsRefused() {
        for (var wrong : List.of(
                after().renaming("Role", "guard", "nobody"),
                after().renaming("Role", "planner", "mechanic"),
                after().renaming("Role", "technician", "planner"),
                after().renaming("Role", "a", "b").renaming("Role", "b", "a"),
                after().renaming("User", "a", "b"),
                after().renaming("Nothing", "a", "b"),
                after().renaming("Role", "", "planner"))) {
            assertThatThrownBy(() -> seed(wrong))
                    .hasMessageContaining("SEED_INVALID")
                    .hasMessageContaining("seed.json");
        }
        assertThat(stored("technician").permissions()).containsExactly("work.read");
    }

    @Test
    void aPlanShowsTheRenameAndWritesNothing() {
        long position = store().position();

        var plan = seeds().plan(after().in(home.resolve("release")));

        assertThat(plan.steps())
                .filteredOn(step -> step.action().equals("rename"))
                .extracting(SeedReport.Step::document)
                .containsExactly("orders.read", "mechanic");
        assertThat(store().position()).isEqualTo(position);
        assertThat(isThere("technician")).isTrue();
    }
}
