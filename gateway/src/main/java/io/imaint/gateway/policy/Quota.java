package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.policy.QuotaCounting.Count;
import io.imaint.gateway.policy.QuotaInterval.Unit;
import io.imaint.gateway.registry.PendingCounters;
import io.imaint.kernel.cache.Counters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Limits the calls in an interval.
 *
 * <p>Assumptions, where documents say nothing: a call that is refused does not use up the quota; weeks begin on Monday; a class has a
 * counter of its own; a flexi quota is never synchronized from time to time, because its first call decides when the interval begins.
 */
final class Quota implements Policy {
    static final PolicyType TYPE = new PolicyType("Quota", "ratelimit", Quota::compile);

    /** What holds where the file gives no count, as documented. */
    private static final long ALLOWED = 2000;

    /** How often an asynchronous quota is synchronized where the file doesn't say. */
    private static final long SYNC_SECONDS = 10;

    /** A hundred years of minutes; with more, the arithmetic of time would overflow. */
    private static final long INTERVAL_MAX = 52_560_000;

    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("yyyy-M-d H:m:s", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How many calls a class of callers has. */
    private record Classes(Value ref, Map<String, Allowed> allowed) {}

    /** How many calls: a variable, or a number. */
    private record Allowed(Value count) {
        long now(FlowContext context) throws Fault {
            var text = count.text(context);
            if (text == null) {
                return ALLOWED;
            }
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException none) {
                throw new Fault(500, "policies.ratelimit.FailedToResolveQuotaCount", "Invalid quota count " + text);
            }
        }
    }

    private final String policy;
    private final String counter;
    private final GatewayParts parts;
    private final QuotaCounting counting;
    private final Allowed allowed;
    private final Optional<Classes> classes;
    private final Value identifier;
    private final Value interval;
    private final Value unit;
    private final Value weight;
    private final boolean distributed;
    private final PendingCounters.@Nullable SyncPolicy sync;

    private Quota(PolicyReader reader) {
        policy = reader.policy();
        counter = reader.proxy().name() + "/" + policy + "/";
        parts = reader.parts();
        var type = reader.attribute("type")
                .map(text -> reader.word(text, QuotaInterval.Type.class, QuotaInterval.Type.DEFAULT))
                .orElse(QuotaInterval.Type.DEFAULT);
        counting = new QuotaCounting(type, start(reader, type));
        var allow = reader.one("Allow");
        allowed = new Allowed(allow.map(Quota::count).orElse(Value.NONE));
        classes = allow.flatMap(one -> one.one("Class")).map(Quota::classes);
        identifier = reader.value("Identifier");
        interval = reader.value("Interval");
        unit = reader.value("TimeUnit");
        weight = reader.value("MessageWeight");
        distributed = reader.flag("Distributed", false);
        sync = sync(reader, type);
        reader.flag("PreciseAtSecondsLevel", false); // It always is.
        reader.require("Interval");
        reader.require("TimeUnit");
        if (distributed && "second".equalsIgnoreCase(unit.literal())) {
            reader.error(
                    "a distributed quota can't count seconds; use minute or longer, or set <Distributed> to false");
        }
        literal(reader);
    }

    private static Policy compile(PolicyReader reader) {
        return new Quota(reader);
    }

    /** The quota of a file, for those who reset it. */
    static Quota of(PolicyReader reader) {
        return new Quota(reader);
    }

    private static Value count(PolicyReader allow) {
        return new Value(
                allow.attribute("countRef").orElse(null),
                allow.attribute("count").orElse(null));
    }

    private static Classes classes(PolicyReader reader) {
        return new Classes(
                new Value(reader.attribute("ref").orElse(null), null),
                reader.all("Allow").stream()
                        .collect(Collectors.toMap(
                                one -> one.attribute("class").orElse(""),
                                one -> new Allowed(count(one)),
                                (first, second) -> first)));
    }

    private static long start(PolicyReader reader, QuotaInterval.Type type) {
        var text = reader.text("StartTime");
        if (type == QuotaInterval.Type.CALENDAR && text.isEmpty()) {
            reader.error("a calendar quota needs <StartTime>, such as 2026-11-30 00:00:00");
        }
        if (type != QuotaInterval.Type.CALENDAR && text.isPresent()) {
            reader.warn("<StartTime> only counts with type=\"calendar\"");
        }
        try {
            return text.isEmpty()
                    ? 0
                    : LocalDateTime.parse(text.get(), START)
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
        } catch (DateTimeException invalid) {
            reader.error("<StartTime> must be like 2026-11-30 00:00:00");
            return 0;
        }
    }

    private PendingCounters.@Nullable SyncPolicy sync(PolicyReader reader, QuotaInterval.Type type) {
        boolean synchronous = reader.flag("Synchronous", false);
        var configuration = reader.one("AsynchronousConfiguration");
        if (synchronous && configuration.isPresent()) {
            reader.error("<AsynchronousConfiguration> contradicts <Synchronous>true</Synchronous>; remove one");
        }
        long seconds = configuration
                .map(one -> one.number("SyncIntervalInSeconds", SYNC_SECONDS))
                .orElse(SYNC_SECONDS);
        long messages =
                configuration.map(one -> one.number("SyncMessageCount", 0)).orElse(0L);
        if (seconds < 0 || seconds > INTERVAL_MAX || messages < 0) {
            reader.error(
                    "<SyncIntervalInSeconds> and <SyncMessageCount> can't be negative or larger than " + INTERVAL_MAX);
            return null;
        }
        return synchronous || !distributed || type == QuotaInterval.Type.FLEXI
                ? null
                : new PendingCounters.SyncPolicy(messages, Duration.ofSeconds(seconds));
    }

    /** Numbers and units that are written down are wrong for every request. */
    private void literal(PolicyReader reader) {
        if (interval.literal() != null && interval(interval.literal()) < 0) {
            reader.error("Invalid quota interval %s in quota policy %s".formatted(interval.literal(), policy));
        }
        if (unit.literal() != null && unit(unit.literal()) == null) {
            reader.error("Invalid quota time unit %s in quota policy %s".formatted(unit.literal(), policy));
        }
        var count = allowed.count.literal();
        if (count != null && !count.matches("-?\\d{1,18}")) {
            reader.error("'%s' must be a whole number".formatted(count));
        }
    }

    /** A positive number, or −1. */
    private static long interval(String text) {
        try {
            long number = Long.parseLong(text.strip());
            return number < 1 || number > INTERVAL_MAX ? -1 : number;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static @Nullable Unit unit(String text) {
        try {
            return Unit.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    /** A call, ready to be counted. */
    private record Call(String name, long interval, Unit unit, long allowed) {}

    @Override
    public void execute(FlowContext context) throws Fault {
        long counts = Identifiers.weight(weight, context);
        var who = Identifiers.of(identifier, context);
        var klass = className(context);
        var call = call(context, who, klass);
        var counters = counters(context);
        var count = add(counters, call, counts);
        boolean refused = counts > 0 && count.total() > call.allowed;
        long exceeded = 0;
        if (refused) {
            count = add(counters, call, -counts);
            exceeded = counters.add(
                    call.name + " exceeded",
                    count.window().id(),
                    counts,
                    count.window().endsAt());
        }
        note(context, who, klass, new Outcome(call, count, refused ? counts : 0, exceeded));
        if (refused) {
            throw new Fault(
                    parts.tooManyRequests(),
                    "policies.ratelimit.QuotaViolation",
                    "Rate limit quota violation. Quota limit  exceeded. Identifier : " + who);
        }
    }

    /** The class of the caller; null where the file knows none, or not this one. */
    private @Nullable String className(FlowContext context) {
        var name = classes.map(known -> known.ref.text(context)).orElse(null);
        return name != null && classes.orElseThrow().allowed.containsKey(name) ? name : null;
    }

    private Call call(FlowContext context, String who, @Nullable String klass) throws Fault {
        var terms = klass == null ? allowed : classes.orElseThrow().allowed.getOrDefault(klass, allowed);
        var length = interval.text(context);
        long number = length == null ? -1 : interval(length);
        if (number < 0) {
            throw new Fault(
                    500,
                    "policies.ratelimit.FailedToResolveQuotaIntervalReference",
                    "Failed to resolve quota interval reference %s in quota policy %s"
                            .formatted(interval.ref(), policy));
        }
        var word = unit.text(context);
        var known = word == null ? null : unit(word);
        if (known == null) {
            throw new Fault(
                    500,
                    "policies.ratelimit.FailedToResolveQuotaIntervalTimeUnitReference",
                    "Failed to resolve quota time unit reference %s in quota policy %s".formatted(unit.ref(), policy));
        }
        var name = counter + Identifiers.bounded(who) + (klass == null ? "" : "/" + klass);
        return new Call(name, number, known, terms.now(context));
    }

    private Count add(Counters counters, Call call, long weight) {
        return counting.add(counters, call.name, weight, parts.clock().instant(), call.interval, call.unit);
    }

    private Counters counters(FlowContext context) {
        if (!distributed) {
            return parts.localCounters();
        }
        if (sync != null) {
            return parts.pendingCounters().of(sync, context::mayWait);
        }
        context.mayWait();
        return parts.counters();
    }

    /**
     * What became of a call.
     *
     * @param refused how much of this call
     * @param exceeded how much of all calls in the interval
     */
    private record Outcome(Call call, Count count, long refused, long exceeded) {}

    private void note(FlowContext context, String who, @Nullable String klass, Outcome outcome) {
        var prefix = "ratelimit." + policy + ".";
        context.note(prefix + "identifier", who);
        context.note(prefix + "expiry.time", outcome.count.window().end());
        counts(context, prefix, outcome);
        if (klass != null) {
            context.note(prefix + "class", klass);
            counts(context, prefix + "class.", outcome);
        }
    }

    private static void counts(FlowContext context, String prefix, Outcome outcome) {
        long used = Math.max(0, outcome.count.total());
        context.note(prefix + "allowed.count", outcome.call.allowed);
        context.note(prefix + "used.count", used);
        context.note(prefix + "available.count", Math.max(0, outcome.call.allowed - used));
        context.note(prefix + "exceed.count", outcome.refused);
        context.note(prefix + "total.exceed.count", outcome.exceeded);
    }

    /**
     * Gives calls back to a caller, at most as many as are used; waits when the quota is distributed.
     *
     * @param klass of the caller; null for none
     * @param calls how many; null for all that are used
     */
    void giveBack(FlowContext context, String who, @Nullable String klass, @Nullable Long calls) throws Fault {
        if (distributed) {
            context.mayWait();
        }
        var counters = distributed ? parts.counters() : parts.localCounters();
        var call = call(context, who, klass);
        long used = add(counters, call, 0).total();
        long back = calls == null ? used : Math.min(used, calls);
        if (back > 0) {
            add(counters, call, -back);
        }
    }
}
