package io.imaint.gateway.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which endpoint serves a path: the one with the longest base path. Never changed; a new revision makes a new table. */
final class ProxyTable {
    static final ProxyTable EMPTY = new ProxyTable(Map.of());

    /** An endpoint and the plan that it belongs to. */
    record Found(ProxyPlan plan, EndpointPlan endpoint, String suffix) {}

    private record Entry(ProxyPlan plan, EndpointPlan endpoint) {}

    private final Map<String, ProxyPlan> plans;
    private final Map<String, Entry> byBasePath = new HashMap<>();

    private ProxyTable(Map<String, ProxyPlan> plans) {
        this.plans = plans;
        for (var plan : plans.values()) {
            for (var endpoint : plan.endpoints()) {
                byBasePath.put(key(endpoint.basePath()), new Entry(plan, endpoint));
            }
        }
    }

    /** The table with a plan instead of its older revision. */
    ProxyTable with(ProxyPlan plan) {
        var changed = new HashMap<>(plans);
        changed.put(plan.name(), plan);
        return new ProxyTable(Map.copyOf(changed));
    }

    ProxyTable without(String proxy) {
        var changed = new HashMap<>(plans);
        changed.remove(proxy);
        return new ProxyTable(Map.copyOf(changed));
    }

    /**
     * The table with plans instead of their older revisions, and without some proxies. Base paths may move from one of these to another.
     *
     * @param refused gets the plans that are left out because another proxy has one of their base paths, with the name of that one
     */
    ProxyTable with(List<ProxyPlan> added, Set<String> gone, Map<String, String> refused) {
        var kept = new HashMap<>(plans);
        kept.keySet().removeAll(gone);
        added.stream().filter(plan -> !refused.containsKey(plan.name())).forEach(plan -> kept.remove(plan.name()));
        var table = new ProxyTable(Map.copyOf(kept));
        for (var plan : added) {
            if (!refused.containsKey(plan.name())) {
                var taken = table.taken(plan);
                if (taken.isPresent()) { // Its older revision stays, which may be in the way of others.
                    refused.put(plan.name(), taken.get());
                    return with(added, gone, refused);
                }
                table = table.with(plan);
            }
        }
        return table;
    }

    /** The other proxy that serves one of a plan's base paths; empty when they are free. */
    Optional<String> taken(ProxyPlan plan) {
        return plan.basePaths().stream()
                .map(path -> byBasePath.get(key(path)))
                .filter(entry -> entry != null && !entry.plan.name().equals(plan.name()))
                .map(entry -> entry.plan.name())
                .findFirst();
    }

    Optional<ProxyPlan> plan(String proxy) {
        return Optional.ofNullable(plans.get(proxy));
    }

    List<ProxyPlan> plans() {
        return List.copyOf(plans.values());
    }

    /** The endpoint of a path; null for none. Base paths end at a slash of the path. */
    @Nullable
    Found find(String path) {
        int end = path.length();
        while (true) {
            var entry = byBasePath.get(key(path.substring(0, end)));
            if (entry != null) {
                return new Found(entry.plan, entry.endpoint, path.substring(Math.min(end, path.length())));
            }
            if (end == 0) {
                return null;
            }
            end = path.lastIndexOf('/', end - 1);
            if (end < 0) {
                return null;
            }
        }
    }

    private static String key(String basePath) {
        return basePath.endsWith("/") ? basePath.substring(0, basePath.length() - 1) : basePath;
    }
}
