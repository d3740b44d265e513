package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the value of a variable for later requests. A variable without value keeps nothing. */
final class PopulateCache implements Policy {
    static final PolicyType TYPE = new PolicyType("PopulateCache", "populatecache", PopulateCache::compile);

    /** The documented limit of a value, in bytes. */
    static final int SIZE_MAX = 512 * 1024;

    private final String policy;
    private final GatewayParts parts;
    private final CacheKey key;
    private final CacheExpiry expiry;
    private final String source;

    private PopulateCache(PolicyReader reader) {
        policy = reader.policy();
        parts = reader.parts();
        key = CacheKey.read(reader);
        expiry = CacheExpiry.read(reader);
        source = reader.text("Source").orElse("");
        if (source.isEmpty()) {
            reader.error("<Source> is missing; name the variable whose value is kept");
        }
    }

    private static Policy compile(PolicyReader reader) {
        return new PopulateCache(reader);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var name = key.of(context);
        context.note("populatecache.%s.cachename".formatted(policy), key.cache());
        context.note("populatecache.%s.cachekey".formatted(policy), name);
        var value = context.get(source);
        if (value == null) {
            return;
        }
        var kept = kept(value);
        if (kept == null || name.length() > CacheKey.LENGTH_MAX) {
            throw new Fault(
                    500,
                    "policies.populatecache.EntryCannotBeCached",
                    "[entry] can not be cached. Only serializable entries are cached.");
        }
        parts.caches().put(key.cache(), name, kept, expiry.from(parts.clock().instant(), context));
    }

    /** The value as it can be kept; null for messages, objects, and what is too large. */
    private static @Nullable Object kept(Object value) {
        return switch (value) {
            case Boolean plain -> plain;
            case Number plain -> plain;
            case String text -> isSmall(text) ? text : null;
            case List<?> list ->
                isSmall(Texts.of(list)) ? list.stream().map(Texts::of).toList() : null;
            default -> null;
        };
    }

    private static boolean isSmall(String text) {
        return text.length() <= SIZE_MAX && text.getBytes(StandardCharsets.UTF_8).length <= SIZE_MAX;
    }
}
