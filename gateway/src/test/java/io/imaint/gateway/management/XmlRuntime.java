package io.imaint.gateway.management;

import io.imaint.gateway.flow.ProxyPlan;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import io.imaint.gateway.registry.RegistryProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads as much of a bundle as the tests of management need, and notes what would run. */
final class XmlRuntime implements ProxyRuntime {
    /** What runs, by name. */
    private final Map<String, ProxyPlan> running = new ConcurrentHashMap<>();

    final AtomicInteger compilations = new AtomicInteger();

    /** While set, nothing can be deployed. */
    volatile boolean broken;

    /** The revision that runs of a proxy; null for none. */
    @Nullable
    Integer revision(String proxy) {
        return running(proxy).map(ProxyPlan::revision).orElse(null);
    }

    @Override
    public Checked check(SortedMap<String, byte[]> files) {
        var findings = new ArrayList<BundleFinding>();
        var trees = new HashMap<String, XmlElement>();
        files.forEach((path, bytes) -> {
            if (path.endsWith(".xml")) {
                try {
                    trees.put(path, Xml.read(bytes));
                } catch (XmlInvalid invalid) {
                    findings.add(BundleFinding.error(path, invalid.line(), "is not well-formed"));
                }
            }
        });
        var root = trees.values().stream()
                .filter(tree -> tree.name().equals("APIProxy"))
                .findFirst();
        return new Checked(root.map(proxy -> proxy(proxy, trees)), findings);
    }

    private static ApiProxy proxy(XmlElement root, Map<String, XmlElement> trees) {
        var endpoints = new ArrayList<ProxyEndpoint>();
        var targets = new ArrayList<TargetEndpoint>();
        var policies = new HashMap<String, PolicyFile>();
        trees.forEach((path, tree) -> {
            if (tree.name().equals("ProxyEndPoint")) {
                endpoints.add(new ProxyEndpoint(
                        "default",
                        tree.childText("base_path").orElse("/"),
                        Map.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new Flow("PreFlow", "", steps(tree), List.of(), 1),
                        List.of(),
                        Flow.EMPTY,
                        Flow.EMPTY,
                        path));
            } else if (tree.name().equals("TargetEndPoint")) {
                targets.add(new TargetEndpoint(
                        "default",
                        Optional.empty(),
                        tree.childText("provider_id"),
                        tree.childText("relativePath").orElse(""),
                        List.of(),
                        false,
                        false,
                        Map.of(),
                        List.of(),
                        Optional.empty(),
                        Flow.EMPTY,
                        List.of(),
                        Flow.EMPTY,
                        path));
            } else if (path.contains("/Policy/")) {
                var name = path.replaceAll(".*/|\\.xml$", "");
                policies.put(name, new PolicyFile(name, path, tree));
            }
        });
        return new ApiProxy(
                root.childText("name").orElse(""),
                root.childText("title").orElse(""),
                "",
                "ODATA",
                endpoints,
                targets,
                policies,
                Map.of());
    }

    private static List<Step> steps(XmlElement endpoint) {
        return endpoint.all("preFlow")
                .flatMap(flow -> flow.all("request"))
                .flatMap(request -> request.all("steps"))
                .flatMap(steps -> steps.all("step"))
                .map(step -> new Step(
                        step.childText("policy_name").orElse(""),
                        step.childText("condition").orElse(""),
                        step.line()))
                .toList();
    }

    @Override
    public ProxyPlan compile(String name, int revision, SortedMap<String, byte[]> files) {
        compilations.incrementAndGet();
        if (broken) {
            throw RegistryProblem.API_PROXY_NOT_DEPLOYABLE.because("the runtime is broken");
        }
        return new ProxyPlan(name, revision, List.of(), List.of());
    }

    @Override
    public Map<String, String> replace(List<ProxyPlan> starting, Set<String> stopping) {
        running.keySet().removeAll(stopping);
        starting.forEach(plan -> running.put(plan.name(), plan));
        return Map.of();
    }

    @Override
    public Optional<ProxyPlan> running(String name) {
        return Optional.ofNullable(running.get(name));
    }
}
