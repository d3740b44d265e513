package io.imaint.checks;

import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;
import static io.imaint.checks.TwoPlants.city;
import static io.imaint.checks.TwoPlants.other;
import static io.imaint.checks.TwoPlants.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.imaint.checks.ServedCatalogue.PublishedRoute;
import io.imaint.checks.ServedCatalogue.Reply;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.node.ObjectNode;

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

    @BeforeAll
    static void start() {
        program = ServedCatalogue.start(home, TwoPlants::fill);
        routes = byName(program.routes(), PublishedRoute::name);
        rows = byName(new ScopeTable(program).rows(), ScopeRow::route);
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
                    "metrics.read", // The server's own page demands it, which the description leaves out.
                    "settings.edit")); // Who has it sets values for others; everybody sets their own.
            assertThat(seeded).containsExactlyInAnyOrderElementsOf(demanded);
        }
    }

    @TestFactory
    Stream<DynamicNode> permissions() {
        return each((route, row) -> {
            if (route.open()) {
                return Stream.of(test("is open", () -> assertServed(call(null, row, HAMBURG), row)));
            }
            var needed = Optional.ofNullable(route.permission()).map(Permission::new);
            return Stream.concat(
                    Stream.of(
                            test("asks for a token", () -> assertAsksForToken(route)),
                            test("needs no other permission", () -> {
                                Predicate<Permission> least = permission -> needed.equals(Optional.of(permission));
                                assertServed(call(caller(ScopeTable.EVERYWHERE, least), row, HAMBURG), row);
                            })),
                    needed.stream()
                            .map(permission -> test("names the permission that is missing", () -> {
                                assertMissing(route, caller("nobody", held -> false), permission);
                                assertMissing(route, caller("nearly", held -> !held.equals(permission)), permission);
                            })));
        });
    }

    private static void assertAsksForToken(PublishedRoute route) {
        assertThat(program.send(null, route.method(), anyTarget(route), null).status())
                .isEqualTo(401);
        if (route.method().equals("GET")) {
            assertThat(program.send(null, "HEAD", anyTarget(route), null).status())
                    .isEqualTo(401);
        }
    }

    private static void assertServed(Reply reply, ScopeRow row) {
        if (row instanceof ScopeRow.Unscoped unscoped && !unscoped.refusal().isEmpty()) {
            assertThat(reply.json().get("code").asString()).as(reply.toString()).isEqualTo(unscoped.refusal());
        } else {
            assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
        }
    }

    private static void assertMissing(PublishedRoute route, Caller caller, Permission needed) {
        var reply = program.send(caller, route.method(), anyTarget(route), null);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(403);
        assertThat(reply.json().get("detail").asString()).contains(needed.name());
        if (route.path().startsWith("/scim/")) { // Its errors have no code.
            assertThat(reply.json().get("status").asString()).isEqualTo("403");
            assertThat(reply.json().at("/schemas/0").asString()).endsWith(":2.0:Error");
        } else {
            assertThat(reply.json().get("code").asString()).isEqualTo("permission-missing");
        }
    }

    private static String anyTarget(PublishedRoute route) {
        return route.path().replaceAll("\\{[^}]+}", "1");
    }

    @TestFactory
    Stream<DynamicNode> plants() {
        return each((route, row) -> switch (row) {
            case ScopeRow.OneObject object ->
                Stream.of(HAMBURG, ROTTERDAM)
                        .map(plant -> test(
                                "hides an object of " + other(plant) + " from " + plant, () -> hides(object, plant)));
            case ScopeRow.Listed listed ->
                Stream.of(
                        test("lists what the caller sees", () -> lists(listed)),
                        test("binds cursors to the plants", () -> bindsCursors(listed)));
            case ScopeRow.Overview overview -> Stream.of(test("shows what the caller sees", () -> overlooks(overview)));
            case ScopeRow.Changes changes ->
                Stream.of(HAMBURG, ROTTERDAM)
                        .map(plant -> test(
                                "sends no changes of " + other(plant) + " to " + plant, () -> follows(changes, plant)));
            case ScopeRow.Unscoped unscoped ->
                Stream.of(test("is confined to no plant: " + unscoped.reason(), () -> {
                    for (var plant : List.of(HAMBURG, "nowhere")) {
                        assertThat(call(confined(plant, onlyOf(unscoped)), unscoped, HAMBURG)
                                        .status())
                                .as(plant)
                                .isLessThan(500);
                    }
                }));
        });
    }

    /** What is of another plant is missing, exactly as what does not exist, with all permissions or only the route's. */
    private static void hides(ScopeRow.OneObject object, String plant) {
        var own = call(confined(plant), object, plant);
        assertThat(own.status()).as(own.toString()).isBetween(200, 299);
        assertShowsOnly(own.body(), plant);
        var all = call(confined(ScopeTable.EVERYWHERE), object, plant);
        assertThat(all.status()).as(all.toString()).isBetween(200, 299);
        assertFigures(object.figures(), plant, own, all);
        var least = call(confined(plant, onlyOf(object)), object, plant);
        assertThat(least.status()).as(least.toString()).isBetween(200, 299);
        assertShowsOnly(least.body(), plant);
        for (var caller : List.of(plant, "nowhere")) {
            assertMissing(object, confined(caller, onlyOf(object)), plant, "\"1\"");
            assertMissing(object, confined(caller, onlyOf(object)), plant, "\"99\"");
        }
    }

    /** Whatever version the caller names or has, and whatever part they ask for. */
    private static void assertMissing(ScopeRow.OneObject object, Caller caller, String plant, String version) {
        var route = published(object);
        var key = object.key().apply(other(plant));
        var headers = route.method().equals("GET")
                ? new String[] {"If-None-Match", version, "Range", "bytes=0-0"}
                : new String[] {"If-Match", version};
        Function<String, Reply> asking =
                which -> program.send(caller, route.method(), object.targetOf(which), object.body(plant), headers);
        var hidden = asking.apply(key);
        var missing = asking.apply(object.missing());
        assertThat(missing.status()).as(missing.toString()).isEqualTo(404);
        assertThat(hidden.status()).as(hidden.toString()).isEqualTo(404);
        assertThat(problem(hidden).replace(key, object.missing())).isEqualTo(problem(missing));
        assertThat(hidden.headers().keySet()).isEqualTo(missing.headers().keySet());
    }

    private static String problem(Reply reply) {
        return ((ObjectNode) reply.json()).put("requestId", "").toString();
    }

    private static void assertFigures(List<ScopeRow.Figure> figures, String plant, Reply own, Reply all) {
        for (var figure : figures) {
            var pointer = figure.pointer(plant);
            assertThat(own.json().at(pointer).asInt()).as(pointer).isEqualTo(figure.ofPlant());
            assertThat(all.json().at(pointer).asInt()).as(pointer).isEqualTo(figure.ofAll());
        }
    }

    private static void assertShowsOnly(String body, String plant) {
        var other = other(plant);
        assertThat(body).doesNotContain(city(other), '"' + other + '"', '"' + status(other) + '"', "Nowhere", "CLSD");
    }

    private static void lists(ScopeRow.Listed listed) {
        var hamburg = items(listed, HAMBURG);
        var rotterdam = items(listed, ROTTERDAM);
        assertThat(hamburg).isNotEmpty().allSatisfy(item -> assertShowsOnly(item.toString(), HAMBURG));
        assertThat(rotterdam).isNotEmpty().allSatisfy(item -> assertShowsOnly(item.toString(), ROTTERDAM));
        assertThat(items(listed, "nowhere")).isEmpty();
        assertThat(items(listed, ScopeTable.EVERYWHERE)).hasSize(hamburg.size() + rotterdam.size() + listed.ofNone());
    }

    /** All items that a caller finds page by page, which is as many as the total says. */
    private static List<JsonNode> items(ScopeRow.Listed listed, String who) {
        var items = new ArrayList<JsonNode>();
        var total = -1L;
        for (String next = ""; next != null; ) {
            var reply = program.send(confined(who, onlyOf(listed)), "GET", page(listed, next), null);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            reply.json().get("items").forEach(items::add);
            total = reply.json().get("total").asLong(-1);
            next = reply.json().get("next").asString(null);
        }
        if (total >= 0) {
            assertThat(total).as("total of " + who).isEqualTo(items.size());
        }
        return items;
    }

    private static void bindsCursors(ScopeRow.Listed listed) {
        var first = program.send(confined(ScopeTable.EVERYWHERE, onlyOf(listed)), "GET", page(listed, ""), null)
                .json();
        if (!paged(listed)) {
            assertThat(first.get("next").isNull()).isTrue();
            return;
        }
        var cursor = first.get("next").asString();
        for (var who : List.of(HAMBURG, ROTTERDAM, "nowhere")) {
            var refused = program.send(confined(who, onlyOf(listed)), "GET", page(listed, cursor), null);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.json().get("code").asString()).isEqualTo("cursor-invalid");
        }
    }

    private static boolean paged(ScopeRow.Listed listed) {
        return published(listed).paged();
    }

    private static String page(ScopeRow.Listed listed, String after) {
        var target = listed.target(HAMBURG);
        if (!paged(listed)) {
            return target;
        }
        return target + (target.contains("?") ? "&" : "?") + "limit=1" + (after.isEmpty() ? "" : "&after=" + after);
    }

    private static void overlooks(ScopeRow.Overview overview) {
        var all = call(confined(ScopeTable.EVERYWHERE, onlyOf(overview)), overview, HAMBURG);
        var none = call(confined("nowhere", onlyOf(overview)), overview, HAMBURG);
        assertThat(none.status()).isEqualTo(200);
        assertThat(none.body()).doesNotContain("REL", "TECO", "Hamburg", "Rotterdam", "HH", "RO");
        for (var plant : List.of(HAMBURG, ROTTERDAM)) {
            var own = call(confined(plant, onlyOf(overview)), overview, HAMBURG);
            assertThat(own.status()).as(own.toString()).isEqualTo(200);
            assertShowsOnly(own.body(), plant);
            assertFigures(overview.figures(), plant, own, all);
        }
    }

    /** From the beginning on, up to a document that comes last. */
    private static void follows(ScopeRow.Changes changes, String plant) {
        var last = plant + "-last";
        try (var lines = program.events(confined(plant), changes.target(plant), "0")) {
            TwoPlants.addAndRemove(program.store(), other(plant), other(plant) + "-gone");
            TwoPlants.addLast(program.store(), plant, last);
            var seen = lines.filter(line -> line.startsWith("data:"))
                    .takeWhile(line -> !line.contains(last))
                    .collect(Collectors.joining("\n"));
            assertThat(seen).contains(TwoPlants.number(plant, 1)).doesNotContain("-last", other(plant) + "-gone");
            assertThat(TwoPlants.keys(other(plant)))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(seen).doesNotContain('"' + key + '"'));
        }
    }

    /** Sends a row's request, with the version that stands there where it has to name one. */
    private static Reply call(@Nullable Caller caller, ScopeRow row, String plant) {
        var route = published(row);
        var target = row.target(plant);
        if (!route.versioned()) {
            return program.send(caller, route.method(), target, row.body(plant));
        }
        var tag = program.send(confined(ScopeTable.EVERYWHERE), "GET", target, null)
                .header("etag");
        return program.send(caller, route.method(), target, row.body(plant), "If-Match", tag);
    }

    private static PublishedRoute published(ScopeRow row) {
        return Objects.requireNonNull(routes.get(row.route()), row.route());
    }

    private static Caller caller(String id, Predicate<Permission> permissions) {
        return new Caller(id, permissions, PlantScope.ALL);
    }

    /** The permission that a row's route needs, and no other. */
    private static Predicate<Permission> onlyOf(ScopeRow row) {
        var needed = published(row).permission();
        return permission -> permission.name().equals(needed);
    }

    /** One of the callers, who may do everything within their plants. */
    private static Caller confined(String who) {
        return confined(who, permission -> true);
    }

    private static Caller confined(String who, Predicate<Permission> permissions) {
        var scope = switch (who) {
            case ScopeTable.EVERYWHERE -> PlantScope.ALL;
            case "nowhere" -> PlantScope.NONE;
            default -> PlantScope.of(who);
        };
        return new Caller(who, permissions, scope);
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
