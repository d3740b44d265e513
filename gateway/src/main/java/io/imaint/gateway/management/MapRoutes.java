package io.imaint.gateway.management;

import io.imaint.gateway.registry.Entries;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.StoredMaps;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Created;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.NoContent;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.problem.Finding;
import io.imaint.kernel.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The key value maps. The values of an encrypted one are never shown. */
final class MapRoutes implements Routed {
    private static final String PATH = Answers.ROOT + "/key-value-maps";
    private static final String ONE = PATH + "/{scope}/{name}";

    /** Entries of one map that people edit at once. */
    static final int ENTRIES_MAX = 5_000;

    static final int SCOPE_ID_MAX = 250;

    private final Context context;

    MapRoutes(Context context) {
        this.context = context;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Lists key value maps, without their entries")
                        .permits(Permissions.READ)
                        .answersListing(Outline.class)
                        .handles(this::list),
                Route.post(PATH, "Makes a key value map")
                        .permits(Permissions.CONFIGURE)
                        .creates(Shown.class)
                        .handles(Create.class, this::create),
                Route.get(ONE, "Shows a key value map")
                        .permits(Permissions.READ)
                        .answersVersioned(Shown.class)
                        .handles(One.class, asked -> Answers.versioned(find(asked.id()), Shown::of)),
                Route.put(ONE, "Replaces the entries of a key value map")
                        .permits(Permissions.CONFIGURE)
                        .answersVersioned(Shown.class)
                        .handles(Replace.class, this::replace),
                Route.delete(ONE, "Removes a key value map")
                        .permits(Permissions.CONFIGURE)
                        .answersNothing()
                        .handles(Remove.class, this::remove));
    }

    record One(
            @Path KeyValueMap.Scope scope,
            @Path String name,

            @Description("The proxy, or proxy/policy; absent for the wider scopes")
            @Length(max = SCOPE_ID_MAX)
            @Nullable
            String scopeId) {
        String id() {
            return MapRoutes.id(scope, scopeId, name);
        }
    }

    record Create(@Body New map) {}

    record Replace(
            @Path KeyValueMap.Scope scope,
            @Path String name,
            @Length(max = SCOPE_ID_MAX) @Nullable String scopeId,
            @Body Content map,
            @IfMatch long rev) {}

    record Remove(
            @Path KeyValueMap.Scope scope,
            @Path String name,
            @Length(max = SCOPE_ID_MAX) @Nullable String scopeId,
            @IfMatch long rev) {}

    record New(
            KeyValueMap.Scope scope,

            @Description("The proxy, or proxy/policy; empty for the wider scopes")
            @Default("")
            @Length(max = SCOPE_ID_MAX)
            String scopeId,

            @Length(min = 1, max = Entries.NAME_MAX) @Pattern(regexp = Entries.NAME, description = Entries.NAME_WORDS)
            String name,

            @Description("Whether only private variables of policies take the values; it can't be changed later")
            @Default("true")
            boolean encrypted,

            @Size(max = ENTRIES_MAX) List<Entry> entries) {}

    record Content(@Size(max = ENTRIES_MAX) List<Entry> entries) {}

    record Entry(
            @Length(min = 1, max = StoredMaps.KEY_MAX) String key,

            @Description("Null in an answer where it is not shown; null in a request keeps the one that is there")
            @Length(max = StoredMaps.VALUE_MAX)
            @Nullable
            String value) {
        /** Not the value. */
        @Override
        public String toString() {
            return "Entry[%s]".formatted(key);
        }
    }

    /** A map without its entries. */
    record Outline(KeyValueMap.Scope scope, String scopeId, String name, boolean encrypted, int count) {
        static Outline of(KeyValueMap map) {
            return new Outline(
                    map.scope(),
                    map.scopeId(),
                    map.name(),
                    map.encrypted(),
                    map.entries().size());
        }
    }

    record Shown(KeyValueMap.Scope scope, String scopeId, String name, boolean encrypted, List<Entry> entries) {
        static Shown of(KeyValueMap map) {
            var entries = new TreeMap<>(map.entries())
                    .entrySet().stream()
                            .map(entry -> new Entry(
                                    entry.getKey(),
                                    map.encrypted() ? null : entry.getValue().reveal()))
                            .toList();
            return new Shown(map.scope(), map.scopeId(), map.name(), map.encrypted(), entries);
        }
    }

    private static String id(KeyValueMap.Scope scope, @Nullable String scopeId, String name) {
        return new KeyValueMap(scope, scopeId == null ? "" : scopeId, name, false, Map.of()).id();
    }

    private static String words(String id) {
        return "key value map '%s'".formatted(id);
    }

    private Kept<KeyValueMap> find(String id) {
        return Answers.found(context.system().maps().find(id), words(id));
    }

    private Listing<Outline> list() {
        var all = context.system().maps().all();
        return new Listing<>(all.stream().map(kept -> Outline.of(kept.value())).toList(), null, (long) all.size());
    }

    private Created<Shown> create(Create asked) {
        var input = asked.map;
        boolean wide = input.scope == KeyValueMap.Scope.ORGANIZATION || input.scope == KeyValueMap.Scope.ENVIRONMENT;
        if (wide != input.scopeId.isEmpty()) {
            Answers.requireNone(List.of(new Finding(
                    "/scopeId", wide ? "must be empty in this scope" : "must name the proxy, or proxy/policy")));
        }
        var map = new KeyValueMap(
                input.scope, input.scopeId, input.name, input.encrypted, entries(input.entries, Map.of()));
        StoredMaps.requireFitting(map);
        var location = Answers.path("/key-value-maps/" + input.scope, input.name)
                + (wide
                        ? ""
                        : "?scopeId="
                                + java.net.URLEncoder.encode(input.scopeId, java.nio.charset.StandardCharsets.UTF_8));
        return Answers.created(context.configuration().maps().insert(map), location, words(map.id()), Shown::of);
    }

    private Versioned<Shown> replace(Replace asked) {
        var before = find(id(asked.scope, asked.scopeId, asked.name)).value();
        var map = new KeyValueMap(
                before.scope(),
                before.scopeId(),
                before.name(),
                before.encrypted(),
                entries(asked.map.entries, before.entries()));
        StoredMaps.requireFitting(map);
        return Answers.replaced(context.configuration().maps().replace(map, asked.rev), words(map.id()), Shown::of);
    }

    private static Map<String, Secret> entries(List<Entry> sent, Map<String, Secret> before) {
        var findings = new ArrayList<Finding>();
        var entries = new TreeMap<String, Secret>();
        for (int i = 0; i < sent.size(); i++) {
            var entry = sent.get(i);
            var value = entry.value == null ? before.get(entry.key) : new Secret(entry.value);
            if (value == null) {
                findings.add(new Finding("/entries/%d/value".formatted(i), "is required for a new key"));
            } else if (entries.put(entry.key, value) != null) {
                findings.add(new Finding("/entries/%d/key".formatted(i), "is there twice"));
            }
        }
        Answers.requireNone(findings);
        return Map.copyOf(entries);
    }

    private NoContent remove(Remove asked) {
        var id = id(asked.scope, asked.scopeId, asked.name);
        boolean removed = context.configuration().maps().remove(id, asked.rev);
        return Answers.removed(removed, context.system().maps().find(id), words(id), Shown::of);
    }
}
