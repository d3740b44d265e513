package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Condition;
import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps whole responses. In a request flow it answers with one that it has, without the target; in a response flow it keeps the
 * present one.
 *
 * <p>Assumptions, where documents say nothing: {@code Set-Cookie} is not kept, because it belongs to one client; with {@code
 * UseResponseCacheHeaders} a response that must not be stored, or only for one client, is not kept.
 */
final class ResponseCache implements Policy {
    static final PolicyType TYPE = new PolicyType("ResponseCache", "responsecache", ResponseCache::compile);

    private static final List<String> ACCEPT =
            List.of("accept", "accept-encoding", "accept-language", "accept-charset");

    private static final Pattern SHARED_AGE = Pattern.compile("(?:^|[\\s,])s-maxage=\"?(\\d{1,9})");
    private static final Pattern AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?(\\d{1,9})");
    private static final Pattern FORBIDDEN = Pattern.compile("(?:^|[\\s,])(?:no-store|no-cache|private)");

    private final String prefix;
    private final GatewayParts parts;
    private final CacheKey key;
    private final CacheExpiry expiry;
    private final Optional<Condition> skipLookup;
    private final Optional<Condition> skipPopulation;
    private final boolean useAccept;
    private final boolean useHeaders;
    private final boolean excludeErrors;

    private ResponseCache(PolicyReader reader) {
        prefix = "responsecache." + reader.policy() + ".";
        parts = reader.parts();
        key = CacheKey.read(reader);
        expiry = CacheExpiry.read(reader);
        skipLookup = reader.condition("SkipCacheLookup");
        skipPopulation = reader.condition("SkipCachePopulation");
        useAccept = reader.flag("UseAcceptHeader", false);
        useHeaders = reader.flag("UseResponseCacheHeaders", false);
        excludeErrors = reader.flag("ExcludeErrorResponse", false);
        reader.number("CacheLookupTimeoutInSeconds", 0); // Nothing waits here.
    }

    private static Policy compile(PolicyReader reader) {
        return new ResponseCache(reader);
    }

    @Override
    public void execute(FlowContext context) {
        var name = name(context);
        context.note(prefix + "cachename", key.cache());
        context.note(prefix + "cachekey", name);
        if (context.state().phase().isRequest()) {
            look(context, name);
        } else {
            keep(context, name);
        }
    }

    private String name(FlowContext context) {
        var name = new StringBuilder(key.of(context));
        if (useAccept) {
            for (var header : ACCEPT) {
                name.append("__")
                        .append(String.join(
                                ",", context.request().headers().lines().getAll(header)));
            }
        }
        return name.toString();
    }

    private void look(FlowContext context, String name) {
        boolean skip = skipLookup.filter(condition -> condition.test(context)).isPresent();
        var found = skip ? null : parts.caches().find(key.cache(), name);
        context.note(prefix + "invalidentry", false);
        context.note(prefix + "cachehit", found instanceof Message);
        if (found instanceof Message response) {
            context.answerNow(response.copy());
        }
    }

    private void keep(FlowContext context, String name) {
        var response = context.response();
        if (response == null
                || context.isTrue(prefix + "cachehit")
                || name.length() > CacheKey.LENGTH_MAX
                || !(response.body() instanceof Body.Bytes body)
                || body.bytes().length > PopulateCache.SIZE_MAX
                || (excludeErrors && (response.status() < 200 || response.status() > 205))
                || skipPopulation.filter(condition -> condition.test(context)).isPresent()) {
            return;
        }
        expiresAt(context, response).ifPresent(at -> {
            var kept = response.copy();
            kept.headers().remove("set-cookie");
            parts.caches().put(key.cache(), name, kept, at);
        });
    }

    /** Until when a response may be kept; empty for not at all. */
    private Optional<Instant> expiresAt(FlowContext context, Message response) {
        var now = parts.clock().instant();
        var usual = expiry.from(now, context);
        if (!useHeaders) {
            return Optional.of(usual);
        }
        var control = String.join(",", response.headers().lines().getAll("cache-control"))
                .toLowerCase(Locale.ROOT);
        if (FORBIDDEN.matcher(control).find()) {
            return Optional.empty();
        }
        return Optional.of(age(SHARED_AGE.matcher(control), now)
                        .or(() -> age(AGE.matcher(control), now))
                        .or(() -> expires(response))
                        .orElse(usual))
                .filter(now::isBefore);
    }

    private static Optional<Instant> age(Matcher match, Instant now) {
        return match.find() ? Optional.of(now.plusSeconds(Long.parseLong(match.group(1)))) : Optional.empty();
    }

    private static Optional<Instant> expires(Message response) {
        var line = response.headers().line("expires");
        try {
            return line == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(line, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException none) {
            return Optional.of(Instant.EPOCH); // HTTP takes an invalid date, such as 0, for one in the past.
        }
    }
}
