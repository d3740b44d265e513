package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Phase;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Under what the cache policies keep their values: the scope or the prefix, then the fragments, with two underscores between them.
 *
 * @param cache the name of the cache
 * @param prefix instead of the scope
 * @param context whose keys are meant, where it is not this flow's own
 */
record CacheKey(String cache, Scope scope, Optional<String> prefix, List<Value> fragments, Place context) {
    /** The documented limit of a key. */
    static final int LENGTH_MAX = 2048;

    /** The cache where a file names none. */
    private static final String SHARED = "default";

    private static final String BETWEEN = "__";

    /** Who shares a value; narrower from top to bottom. */
    enum Scope {
        GLOBAL,
        APPLICATION,
        PROXY,
        TARGET,
        EXCLUSIVE
    }

    /** Names that replace those of the flow. */
    record Place(
            @Nullable String apiProxy,
            @Nullable String proxy,
            @Nullable String target) {
        static final Place OWN = new Place(null, null, null);

        static Place of(PolicyReader reader) {
            return new Place(
                    reader.text("APIProxyName").orElse(null),
                    reader.text("ProxyName").orElse(null),
                    reader.text("TargetName").orElse(null));
        }
    }

    static CacheKey read(PolicyReader reader) {
        reader.require("CacheKey");
        var key = reader.one("CacheKey");
        return new CacheKey(
                reader.text("CacheResource").orElse(SHARED),
                reader.choice("Scope", Scope.class, Scope.EXCLUSIVE),
                key.flatMap(one -> one.text("Prefix")),
                key.stream()
                        .flatMap(one -> one.all("KeyFragment").stream())
                        .map(one -> new Value(
                                one.attribute("ref").orElse(null), one.text().orElse(null)))
                        .toList(),
                reader.one("CacheContext").map(Place::of).orElse(Place.OWN));
    }

    /** The key now. */
    String of(FlowContext flow) {
        var text = new StringBuilder(prefix.orElseGet(() -> scoped(flow)));
        for (var fragment : fragments) {
            var value = fragment.text(flow);
            text.append(BETWEEN).append(value == null ? "" : value);
        }
        return text.toString();
    }

    private String scoped(FlowContext flow) {
        var everybody = flow.text("organization.name") + BETWEEN + flow.text("environment.name");
        var place = flow.place();
        var application = everybody + BETWEEN + (context.apiProxy == null ? place.proxy() : context.apiProxy);
        var revision = application + BETWEEN + place.revision() + BETWEEN;
        var proxy = context.proxy == null ? place.endpoint() : context.proxy;
        var target = context.target == null ? flow.text("target.name") : context.target;
        return switch (scope) {
            case GLOBAL -> everybody;
            case APPLICATION -> application;
            case PROXY -> revision + proxy;
            case TARGET -> revision + target;
            case EXCLUSIVE -> revision + (isTarget(flow) ? target : proxy);
        };
    }

    private boolean isTarget(FlowContext flow) {
        var phase = flow.state().phase();
        return context.proxy == null
                && (context.target != null || phase == Phase.TARGET_REQUEST || phase == Phase.TARGET_RESPONSE);
    }
}
