package io.imaint.checks;

import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;
import static io.imaint.checks.TwoPlants.other;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.imaint.checks.ServedCatalogue.PublishedRoute;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.user.UserCollections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: no route of the catalogue lets anybody do or see more than their permissions and plants allow. Method: all routes,
 * as the API's description publishes them, are called by everybody of {@link ScopeTable#CALLERS} over {@link TwoPlants}; a
 * route without a row in {@link ScopeTable} fails.
 */
class ScopeMatrixIT {
    @TempDir
    private static Path home = Path.of("");

    private static ServedCatalogue program;
    private static Map<String, PublishedRoute> routes = Map.of();
    private static Map<String, ScopeRow> rows = Map.of();
    private static ScopeChecks checks;

    @BeforeAll
    static void start() {
        program = ServedCatalogue.start(home, TwoPlants::fill);
        routes = byName(program.routes(), PublishedRoute::name);
        rows = byName(new ScopeTable(program).rows(), ScopeRow::route);
        checks = new ScopeChecks(program, routes);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        var named = new LinkedHashMap<String, T>();
        for (var one : all) {
            assertThat(named.put(name.apply(one), one))
                    .as("a second " + name.apply(one))
                    .isNull();
        }
        return named;
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void everyRouteHasARowAndEveryRowARoute() {
        assertThat(rows.keySet())
                .as("give a new route its row in ScopeTable, and remove the row of one that is gone")
                .containsExactlyInAnyOrderElementsOf(routes.keySet());
    }

    @Test
    void theCatalogueIsTheProgramsOwn(@TempDir Path empty) {
        try (var list = Program.start(empty, Map.of(), "run", "--list", "--json")) {
            assertThat(JsonMapper.shared().readTree(list.output()).valueStream())
                    .map(target -> target.get("name").asString())
                    .filteredOn(name -> !name.equals("sap-gateway-simulator")) // It has a server of its own.
                    .containsExactlyElementsOf(ServedCatalogue.targets());
        }
    }

    /** What is seeded without being planned is what routes demand. */
    @Test
    void theSeedKnowsEveryPermissionOfARoute() throws IOException {
        var demanded = program.routes().stream()
                .map(PublishedRoute::permission)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        try (var seed = getClass().getResourceAsStream("/io/imaint/services/seed/Permission.json")) {
            var seeded = JsonMapper.shared()
                    .readTree(seed)
                    .get("documents")
                    .valueStream()
                    .filter(permission -> !permission.path("planned").asBoolean(false))
                    .map(permission -> permission.get("id").asString())
                    .collect(Collectors.toSet());
            demanded.addAll(Set.of(
                    "outbox.edit", // Who has it decides about all entries; everybody decides about their own.
                    "metrics.read", // The server's own page demands it, which the description leaves out.
                    "settings.edit", // Who has it sets values for others; everybody sets their own.
                    "work-orders.confirm-others")); // Who has it records the work of others; many record their own.
            assertThat(seeded).containsExactlyInAnyOrderElementsOf(demanded);
        }
    }

    @TestFactory
    Stream<DynamicNode> permissions() {
        return each((route, row) -> {
            if (route.open()) {
                return Stream.of(test("is open", () -> ScopeChecks.assertServed(checks.call(null, row, HAMBURG), row)));
            }
            var needed = Optional.ofNullable(route.permission()).map(Permission::new);
            return Stream.concat(
                    Stream.of(
                            test("asks for a token", () -> checks.assertAsksForToken(route)),
                            test("needs no other permission", () -> {
                                Predicate<Permission> least = permission -> needed.equals(Optional.of(permission));
                                ScopeChecks.assertServed(
                                        checks.call(ScopeChecks.caller(ScopeTable.EVERYWHERE, least), row, HAMBURG),
                                        row);
                            })),
                    needed.stream()
                            .map(permission -> test("names the permission that is missing", () -> {
                                checks.assertMissing(route, ScopeChecks.caller("nobody", held -> false), permission);
                                checks.assertMissing(
                                        route,
                                        ScopeChecks.caller("nearly", held -> !held.equals(permission)),
                                        permission);
                            })));
        });
    }

    @TestFactory
    Stream<DynamicNode> plants() {
        return each((route, row) -> switch (row) {
            case ScopeRow.OneObject object ->
                Stream.of(HAMBURG, ROTTERDAM)
                        .map(plant -> test(
                                "hides an object of " + other(plant) + " from " + plant,
                                () -> checks.hides(object, plant)));
            case ScopeRow.Listed listed ->
                Stream.of(
                        test("lists what the caller sees", () -> checks.lists(listed)),
                        test("binds cursors to the plants", () -> checks.bindsCursors(listed)));
            case ScopeRow.Overview overview ->
                Stream.of(test("shows what the caller sees", () -> checks.overlooks(overview)));
            case ScopeRow.Changes changes ->
                Stream.of(HAMBURG, ROTTERDAM)
                        .map(plant -> test(
                                "sends no changes of " + other(plant) + " to " + plant,
                                () -> checks.follows(changes, plant)));
            case ScopeRow.Unscoped unscoped ->
                Stream.of(test("is confined to no plant: " + unscoped.reason(), () -> {
                    for (var plant : List.of(HAMBURG, "nowhere")) {
                        assertThat(checks.callWithLeast(plant, unscoped).status())
                                .as(plant)
                                .isLessThan(500);
                    }
                }));
        });
    }

    /** Whoever has one of the delivered roles passes exactly where their role says so, within their plants. */
    @TestFactory
    Stream<DynamicNode> roles() throws IOException {
        var roles = deliveredRoles();
        assertThat(roles.keySet())
                .contains("technician", "operator", "supervisor", "planner", "administrator", "integration");
        // An open route knows nobody's role, so that one stands for all.
        return each((route, row) -> roles.entrySet().stream()
                .limit(route.open() ? 1 : roles.size())
                .map(role -> {
                    var stored = program.store()
                            .documents(UserCollections.ROLES)
                            .find(role.getKey())
                            .orElseThrow()
                            .value();
                    Predicate<Permission> held =
                            permission -> stored.permissions().contains(permission.name());
                    var needed = route.permission();
                    return needed == null || role.getValue().contains(needed)
                            ? test(role.getKey() + " passes", () -> checks.passes(row, held))
                            : test(
                                    role.getKey() + " is refused",
                                    () -> checks.refuses(row, held, new Permission(needed)));
                }));
    }

    /** The permissions of each role, as the files say. */
    private static Map<String, Set<String>> deliveredRoles() throws IOException {
        try (var seed = ScopeMatrixIT.class.getResourceAsStream("/io/imaint/services/seed/Role.json")) {
            var roles = new LinkedHashMap<String, Set<String>>();
            JsonMapper.shared()
                    .readTree(seed)
                    .get("documents")
                    .forEach(role -> roles.put(
                            role.get("id").asString(),
                            role.get("permissions")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .collect(Collectors.toSet())));
            return roles;
        }
    }

    /** The tests of one route. */
    private interface Tests {
        Stream<DynamicTest> of(PublishedRoute route, ScopeRow row);
    }

    private static Stream<DynamicNode> each(Tests tests) {
        return routes.values().stream()
                .filter(route -> rows.containsKey(route.name()))
                .map(route -> dynamicContainer(
                        route.name(), tests.of(route, Objects.requireNonNull(rows.get(route.name())))));
    }

    private static DynamicTest test(String name, Executable work) {
        return dynamicTest(name, work);
    }
}
