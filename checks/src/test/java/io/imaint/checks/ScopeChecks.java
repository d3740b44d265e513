package io.imaint.checks;

import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;
import static io.imaint.checks.TwoPlants.city;
import static io.imaint.checks.TwoPlants.other;
import static io.imaint.checks.TwoPlants.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.checks.ServedCatalogue.PublishedRoute;
import io.imaint.checks.ServedCatalogue.Reply;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the matrix asserts of one row, whoever calls. */
final class ScopeChecks {
    private static final Permission MASTER_DATA = new Permission("master-data.read");

    private final ServedCatalogue program;
    private final Map<String, PublishedRoute> routes;

    ScopeChecks(ServedCatalogue program, Map<String, PublishedRoute> routes) {
        this.program = program;
        this.routes = routes;
    }

    /** Somebody who holds what a row's route demands does with it all that their plants allow, and no more. */
    void passes(ScopeRow row, Predicate<Permission> held) {
        switch (row) {
            case ScopeRow.OneObject object -> {
                for (var plant : List.of(HAMBURG, ROTTERDAM)) {
                    var own = call(confined(plant, held), object, plant);
                    assertThat(own.status()).as(own.toString()).isBetween(200, 299);
                    assertShowsOnly(own.body(), plant);
                    assertMissing(object, confined(plant, held), plant, "\"1\"");
                }
            }
            case ScopeRow.Listed listed -> {
                for (var plant : List.of(HAMBURG, ROTTERDAM)) {
                    assertThat(items(listed, plant, held))
                            .isNotEmpty()
                            .allSatisfy(item -> assertShowsOnly(item.toString(), plant));
                }
            }
            case ScopeRow.Overview overview -> {
                for (var plant : List.of(HAMBURG, ROTTERDAM)) {
                    var own = call(confined(plant, held), overview, plant);
                    assertThat(own.status()).as(own.toString()).isEqualTo(200);
                    assertShowsOnly(own.body(), plant);
                }
            }
            case ScopeRow.Changes changes -> {
                for (var plant : List.of(HAMBURG, ROTTERDAM)) {
                    if (held.test(MASTER_DATA)) {
                        follows(changes, plant, held);
                    } else { // Nothing would come, not even the last.
                        assertServed(call(confined(plant, held), changes, plant), changes);
                    }
                }
            }
            case ScopeRow.Unscoped unscoped -> {
                var callers = unscoped.refusals().isEmpty()
                        ? List.of(HAMBURG, ROTTERDAM)
                        : List.of(ScopeTable.EVERYWHERE, HAMBURG, ROTTERDAM);
                for (var who : callers) {
                    // One person, to whom what is made here belongs, with other plants each time.
                    var caller = new Caller(ScopeTable.EVERYWHERE, held, plantsOf(who));
                    assertServed(
                            call(caller, unscoped, HAMBURG), unscoped.refusals().getOrDefault(who, unscoped.refusal()));
                }
            }
        }
    }

    /** Somebody who does not hold what a row's route demands is refused, whatever their plants. */
    void refuses(ScopeRow row, Predicate<Permission> held, Permission missing) {
        for (var who : List.of(ScopeTable.EVERYWHERE, HAMBURG, ROTTERDAM)) {
            assertMissing(published(row), confined(who, held), missing);
        }
    }

    void assertAsksForToken(PublishedRoute route) {
        assertThat(program.send(null, route.method(), anyTarget(route), null).status())
                .isEqualTo(401);
        if (route.method().equals("GET")) {
            assertThat(program.send(null, "HEAD", anyTarget(route), null).status())
                    .isEqualTo(401);
        }
    }

    static void assertServed(Reply reply, ScopeRow row) {
        assertServed(reply, row instanceof ScopeRow.Unscoped unscoped ? unscoped.refusal() : "");
    }

    private static void assertServed(Reply reply, String refusal) {
        if (refusal.isEmpty()) {
            // The run that the caller before has started may still go on; who comes so far was let through.
            boolean started =
                    reply.status() == 409 && reply.json().get("code").asString().equals("inbound-running");
            assertThat(started ? 202 : reply.status()).as(reply.toString()).isBetween(200, 299);
        } else {
            assertThat(reply.json().get("code").asString()).as(reply.toString()).isEqualTo(refusal);
        }
    }

    void assertMissing(PublishedRoute route, Caller caller, Permission needed) {
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

    /** What is of another plant is missing, exactly as what does not exist, with all permissions or only the route's. */
    void hides(ScopeRow.OneObject object, String plant) {
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
    private void assertMissing(ScopeRow.OneObject object, Caller caller, String plant, String version) {
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

    void lists(ScopeRow.Listed listed) {
        var hamburg = items(listed, HAMBURG, onlyOf(listed));
        var rotterdam = items(listed, ROTTERDAM, onlyOf(listed));
        assertThat(hamburg).isNotEmpty().allSatisfy(item -> assertShowsOnly(item.toString(), HAMBURG));
        assertThat(rotterdam).isNotEmpty().allSatisfy(item -> assertShowsOnly(item.toString(), ROTTERDAM));
        assertThat(items(listed, "nowhere", onlyOf(listed))).isEmpty();
        assertThat(items(listed, ScopeTable.EVERYWHERE, onlyOf(listed)))
                .hasSize(hamburg.size() + rotterdam.size() + listed.ofNone());
    }

    /** All items that a caller finds page by page, which is as many as the total says. */
    private List<JsonNode> items(ScopeRow.Listed listed, String who, Predicate<Permission> held) {
        var items = new ArrayList<JsonNode>();
        var total = -1L;
        for (String next = ""; next != null; ) {
            var reply = program.send(confined(who, held), "GET", page(listed, next), null);
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

    void bindsCursors(ScopeRow.Listed listed) {
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

    private boolean paged(ScopeRow.Listed listed) {
        return published(listed).paged();
    }

    private String page(ScopeRow.Listed listed, String after) {
        var target = listed.target(HAMBURG);
        if (!paged(listed)) {
            return target;
        }
        return target + (target.contains("?") ? "&" : "?") + "limit=1" + (after.isEmpty() ? "" : "&after=" + after);
    }

    void overlooks(ScopeRow.Overview overview) {
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
    void follows(ScopeRow.Changes changes, String plant) {
        follows(changes, plant, permission -> true);
    }

    private void follows(ScopeRow.Changes changes, String plant, Predicate<Permission> held) {
        var last = plant + "-last";
        try (var lines = program.events(confined(plant, held), changes.target(plant), "0")) {
            TwoPlants.addAndRemove(program.store(), other(plant), other(plant) + "-gone");
            TwoPlants.addLast(program.store(), plant, last);
            var seen = lines.filter(line -> line.startsWith("data:"))
                    .filter(line -> !line.contains(
                            "\"collection\":\"User\"")) // Users span plants, and some here are named like one.
                    .takeWhile(line -> !line.contains(last))
                    .collect(Collectors.joining("\n"));
            assertThat(seen).contains(TwoPlants.number(plant, 1)).doesNotContain("-last", other(plant) + "-gone");
            assertThat(TwoPlants.keys(other(plant)))
                    .isNotEmpty()
                    .allSatisfy(key -> assertThat(seen).doesNotContain('"' + key + '"'));
        }
    }

    /** Sends a row's request, with the version that stands there where it has to name one. */
    Reply call(@Nullable Caller caller, ScopeRow row, String plant) {
        var route = published(row);
        var target = row.target(plant);
        if (!route.versioned()
                && !route.method().equals("PUT")) { // A PUT that may make something demands it later only.
            return program.send(caller, route.method(), target, row.body(plant));
        }
        var reader = caller(caller == null ? ScopeTable.EVERYWHERE : caller.id(), permission -> true);
        // A step such as /retry names the version of the object before it.
        boolean step = route.method().equals("POST") && row instanceof ScopeRow.OneObject;
        var object = step ? target.substring(0, target.lastIndexOf('/')) : target;
        var tag = program.send(reader, "GET", object, null).header("etag");
        return tag.isEmpty()
                ? program.send(caller, route.method(), target, row.body(plant))
                : program.send(caller, route.method(), target, row.body(plant), "If-Match", tag);
    }

    /** As {@link #call}, of somebody who holds what the route demands and nothing else. */
    Reply callWithLeast(String who, ScopeRow row) {
        return call(confined(who, onlyOf(row)), row, HAMBURG);
    }

    private PublishedRoute published(ScopeRow row) {
        return Objects.requireNonNull(routes.get(row.route()), row.route());
    }

    static Caller caller(String id, Predicate<Permission> permissions) {
        return new Caller(id, permissions, PlantScope.ALL);
    }

    /** The permission that a row's route needs, and no other. */
    private Predicate<Permission> onlyOf(ScopeRow row) {
        var needed = published(row).permission();
        return permission -> permission.name().equals(needed);
    }

    /** One of the callers, who may do everything within their plants. */
    static Caller confined(String who) {
        return confined(who, permission -> true);
    }

    static Caller confined(String who, Predicate<Permission> permissions) {
        return new Caller(who, permissions, plantsOf(who));
    }

    private static PlantScope plantsOf(String who) {
        return switch (who) {
            case ScopeTable.EVERYWHERE -> PlantScope.ALL;
            case "nowhere" -> PlantScope.NONE;
            default -> PlantScope.of(who);
        };
    }
}
