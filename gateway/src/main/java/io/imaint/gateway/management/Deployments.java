package io.imaint.gateway.management;

import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.gateway.registry.GatewayRecords.Bundles;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.gateway.registry.RegistryProblem;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings the runtime of this process to what the records say: every gateway process runs the same revisions, whoever deployed them where.
 * A revision is compiled once; one that is refused is compiled again when what it may lack has changed. Until it runs, the one before does.
 */
public final class Deployments implements LiveRegistry.ProxyListener {
    private static final Logger LOG = System.getLogger(Deployments.class.getName());

    /**
     * A revision that was compiled.
     *
     * @param bundle its files; a proxy that was removed and made anew has the same numbers again
     * @param prerequisites what there was for it to use
     * @param plan null where it was refused
     */
    private record Compiled(
            String bundle,
            Set<String> prerequisites,
            @Nullable ProxyPlan plan) {
        boolean holds(ProxyRecord.Revision wanted, Set<String> present) {
            return bundle.equals(wanted.bundle()) && (plan != null || prerequisites.equals(present));
        }
    }

    private final Bundles bundles;
    private final ProxyRuntime runtime;
    private final Map<String, Compiled> compiled = new HashMap<>();
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    public Deployments(Bundles bundles, ProxyRuntime runtime) {
        this.bundles = bundles;
        this.runtime = runtime;
    }

    /** Why the revision that a proxy should run does not run here; empty when it does. */
    public Optional<String> failure(String proxy) {
        return Optional.ofNullable(failures.get(proxy));
    }

    @Override
    public boolean follow(List<ProxyRecord> proxies, Set<String> prerequisites) {
        var stopping = new HashSet<>(compiled.keySet());
        var starting = new ArrayList<ProxyPlan>();
        boolean done = true;
        for (var proxy : proxies) {
            var wanted = proxy.running();
            if (wanted.isPresent()) {
                stopping.remove(proxy.name());
                var plan = plan(proxy.name(), wanted.get(), prerequisites);
                if (plan == null) {
                    done = false;
                } else if (!runtime.running(proxy.name()).equals(Optional.of(plan))) {
                    starting.add(plan);
                } else {
                    failures.remove(proxy.name());
                }
            }
        }
        failures.keySet()
                .removeIf(proxy -> proxies.stream()
                        .noneMatch(
                                one -> one.name().equals(proxy) && one.running().isPresent()));
        return replace(starting, stopping) && done;
    }

    private boolean replace(List<ProxyPlan> starting, Set<String> stopping) {
        if (starting.isEmpty() && stopping.isEmpty()) {
            return true;
        }
        var refused = runtime.replace(starting, stopping);
        compiled.keySet().removeAll(stopping);
        for (var plan : starting) {
            var other = refused.get(plan.name());
            if (other == null) {
                failures.remove(plan.name());
            } else {
                failed(
                        plan.name(),
                        plan.revision(),
                        RegistryProblem.API_PROXY_NOT_DEPLOYABLE.because(
                                "proxy %s has one of the base paths of %s".formatted(other, plan.name())));
            }
        }
        return refused.isEmpty();
    }

    /** A revision as it can run; null when it can't. */
    private @Nullable ProxyPlan plan(String proxy, ProxyRecord.Revision wanted, Set<String> prerequisites) {
        var known = compiled.get(proxy);
        if (known != null && known.holds(wanted, prerequisites)) {
            return known.plan;
        }
        byte[] bundle;
        try {
            bundle = bundles.find(wanted.bundle())
                    .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                            "the files of revision %d of %s".formatted(wanted.number(), proxy)));
        } catch (RuntimeException unread) { // A second later the store may answer.
            failed(proxy, wanted.number(), unread);
            return null;
        }
        ProxyPlan plan = null;
        try {
            plan = runtime.compile(proxy, wanted.number(), Proxies.files(bundle));
        } catch (RuntimeException | StackOverflowError refused) {
            failed(proxy, wanted.number(), refused);
        }
        compiled.put(proxy, new Compiled(wanted.bundle(), prerequisites, plan));
        return plan;
    }

    private void failed(String proxy, int revision, Throwable failed) {
        var reason = String.valueOf(failed.getMessage());
        if (!reason.equals(failures.put(proxy, reason))) { // Not each second.
            LOG.log(Level.WARNING, "revision %d of %s does not run here".formatted(revision, proxy), failed);
        }
    }
}
