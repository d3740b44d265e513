package io.imaint.gateway;

import com.github.benmanes.caffeine.cache.Ticker;
import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.bundle.Lint;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.LocalProxies;
import io.imaint.gateway.flow.MemoryCaches;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.ProxyCompiler;
import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.Targets;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.policy.Policies;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.PendingCounters;
import io.imaint.gateway.registry.Sealing;
import io.imaint.gateway.registry.StoredCounters;
import io.imaint.gateway.registry.StoredMaps;
import io.imaint.gateway.registry.StoredTokens;
import io.imaint.kernel.cache.LocalCounters;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of a bundle everything that is wrong with it, and so whether it can be deployed here. There is no other judgement. */
public final class BundleChecks {
    private BundleChecks() {}

    /**
     * What a bundle is.
     *
     * @param proxy without what can't be parsed
     * @param plan empty when a finding forbids to deploy it
     * @param findings by file and line
     */
    record Judged(ApiProxy proxy, Optional<ProxyPlan> plan, List<BundleFinding> findings) {}

    /**
     * Everything found, by file and line.
     *
     * @param records what is set up, in which providers, maps and certificates are looked up
     */
    public static List<BundleFinding> of(Bundle bundle, GatewayRecords records, Sealing sealing) {
        var clock = InstantSource.system();
        var random = new SecureRandom();
        try (var registry = LiveRegistry.start(records, sealing)) {
            var counters = new StoredCounters(records, random);
            var parts = new GatewayParts(
                    registry,
                    new StoredMaps(new Configuration(records, sealing, registry::refresh)),
                    new StoredTokens(records, Ticker.systemTicker()),
                    counters,
                    new LocalCounters(clock),
                    new PendingCounters(counters, clock),
                    new MemoryCaches(clock, Ticker.systemTicker()),
                    new NoTargets(),
                    new NoTargets(),
                    clock,
                    random,
                    500);
            return judge(bundle, 0, parts).findings();
        }
    }

    /** Reads and compiles a revision, and runs nothing. */
    static Judged judge(Bundle bundle, int revision, GatewayParts parts) {
        var reading = BundleReader.read(bundle);
        var compiled = ProxyCompiler.compile(reading.proxy(), revision, Policies.BY_ELEMENT, parts);
        var findings = Stream.concat(Lint.check(reading).stream(), compiled.findings().stream())
                .distinct()
                .sorted(Comparator.comparing(BundleFinding::file).thenComparingInt(BundleFinding::line))
                .toList();
        boolean deployable = findings.stream().allMatch(BundleFinding::deployable);
        return new Judged(reading.proxy(), deployable ? compiled.plan() : Optional.empty(), findings);
    }

    /** A check sends nothing. */
    private static final class NoTargets implements Targets, LocalProxies {
        @Override
        public void send(TargetCall call, Reply reply) {
            throw new IllegalStateException("a check sends nothing");
        }

        @Override
        public Message exchange(TargetCall call) {
            throw new IllegalStateException("a check sends nothing");
        }

        @Override
        public Message call(Message request, FlowContext caller, Duration timeout) {
            throw new IllegalStateException("a check sends nothing");
        }

        @Override
        public Optional<String> basePath(String proxy, String endpoint) {
            return Optional.empty();
        }
    }
}
