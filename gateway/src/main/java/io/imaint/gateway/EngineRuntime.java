package io.imaint.gateway;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleInvalid;
import io.imaint.gateway.flow.Engine;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.gateway.management.ProxyRuntime;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.problem.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Compiles bundles and has the engine serve them. */
final class EngineRuntime implements ProxyRuntime {
    private final Engine engine;
    private final GatewayParts parts;

    EngineRuntime(Engine engine, GatewayParts parts) {
        this.engine = engine;
        this.parts = parts;
    }

    @Override
    public Checked check(SortedMap<String, byte[]> files) {
        Bundle bundle;
        try {
            bundle = Bundle.of(files, "proxy");
        } catch (BundleInvalid none) {
            return new Checked(Optional.empty(), List.of(BundleFinding.error("", 0, none.getMessage())));
        }
        var judged = BundleChecks.judge(bundle, 0, parts);
        return new Checked(Optional.of(judged.proxy()), judged.findings());
    }

    @Override
    public ProxyPlan compile(String name, int revision, SortedMap<String, byte[]> files) {
        var judged = BundleChecks.judge(new Bundle(name, files), revision, parts);
        return judged.plan()
                .orElseThrow(() -> RegistryProblem.API_PROXY_NOT_DEPLOYABLE.because(
                        name,
                        judged.findings().stream()
                                .filter(one -> !one.deployable())
                                .map(one -> new Finding("%s:%d".formatted(one.file(), one.line()), one.reason()))
                                .toList()));
    }

    @Override
    public Map<String, String> replace(List<ProxyPlan> starting, Set<String> stopping) {
        return engine.replace(starting, stopping);
    }

    @Override
    public Optional<ProxyPlan> running(String name) {
        return engine.deployed(name);
    }
}
