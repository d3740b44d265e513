package io.imaint.gateway.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls pass one by one: 30 per minute means one each two seconds. Each process has its own account, which begins anew when the
 * proxy is deployed.
 */
final class SpikeArrest implements Policy {
    static final PolicyType TYPE = new PolicyType("SpikeArrest", "ratelimit", SpikeArrest::compile);

    /** Each takes some 200 bytes. Beyond it, callers not seen for longest begin anew. */
    private static final int IDENTIFIERS_MAX = 50_000;

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})(ps|pm)");

    /** How many calls in which time, in microseconds. */
    private record Rate(long messages, long period) {
        static @Nullable Rate of(String text) {
            var match = RATE.matcher(text.strip());
            if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
                return null;
            }
            return new Rate(
                    Long.parseLong(match.group(1)),
                    (match.group(2).equals("ps") ? TimeUnit.SECONDS : TimeUnit.MINUTES).toMicros(1));
        }

        long distance() {
            return period / messages;
        }

        @Override
        public String toString() {
            return "MessageRate{messagesPerPeriod=%d, periodInMicroseconds=%d, maxBurstMessageCount=1.0}"
                    .formatted(messages, period);
        }
    }

    private final String policy;
    private final GatewayParts parts;
    private final Value rate;
    private final @Nullable Rate fixed;
    private final Value identifier;
    private final Value weight;

    /** When the next call may pass, by caller, in microseconds since 1970. */
    private final Cache<String, Long> free =
            Caffeine.newBuilder().maximumSize(IDENTIFIERS_MAX).build();

    private SpikeArrest(PolicyReader reader) {
        policy = reader.policy();
        parts = reader.parts();
        rate = reader.value("Rate");
        fixed = rate.literal() == null ? null : Rate.of(rate.literal());
        identifier = reader.value("Identifier");
        weight = reader.value("MessageWeight");
        // It would divide the rate among processes, which don't know each other here.
        if (reader.flag("UseEffectiveCount", false)) {
            reader.warn("<UseEffectiveCount> is read, but each gateway process has the whole rate");
        }
        if (!rate.isGiven()) {
            reader.error("<Rate> is missing; give a rate such as 30pm or 5ps");
        } else if (rate.literal() != null && fixed == null) {
            reader.error("Invalid spike arrest rate %s; it must be like 30pm or 5ps".formatted(rate.literal()));
        }
    }

    private static Policy compile(PolicyReader reader) {
        return new SpikeArrest(reader);
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var now = rate(context);
        long distance = now.distance() * Identifiers.weight(weight, context);
        var who = Identifiers.bounded(Identifiers.of(identifier, context));
        if (distance > 0 && !passes(who, distance)) {
            throw new Fault(
                    parts.tooManyRequests(),
                    "policies.ratelimit.SpikeArrestViolation",
                    "Spike arrest violation. Allowed rate : " + now);
        }
    }

    private Rate rate(FlowContext context) throws Fault {
        var given = rate.ref() == null ? null : context.text(rate.ref());
        var now = given == null ? fixed : Rate.of(given);
        if (now == null) {
            throw new Fault(
                    500,
                    "policies.ratelimit.FailedToResolveSpikeArrestRate",
                    "Failed to resolve Spike Arrest Rate reference %s in SpikeArrest policy %s"
                            .formatted(rate.ref(), policy));
        }
        return now;
    }

    private boolean passes(String who, long distance) {
        long now = micros(parts.clock().instant());
        long[] passed = {0};
        free.asMap().compute(who, (name, next) -> {
            if (next != null && now < next) {
                return next;
            }
            passed[0] = 1;
            return now + distance;
        });
        return passed[0] == 1;
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }
}
