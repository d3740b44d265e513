package io.imaint.gateway.bundle;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.XmlElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is wrong with a bundle beyond what its compilation finds: what is never used, never reached, or there twice. */
public final class Lint {
    /** Almost every proxy that SAP exports has this policy, whether a flow uses it or not. */
    private static final String EXPORTED_ALWAYS = ProxyTexts.FAULT_POLICY;

    private final ApiProxy proxy;
    private final List<BundleFinding> findings;

    private Lint(BundleReading reading) {
        this.proxy = reading.proxy();
        this.findings = new ArrayList<>(reading.findings());
    }

    /** What was found while a bundle was read, and what else can be seen without compiling it. */
    public static List<BundleFinding> check(BundleReading reading) {
        var lint = new Lint(reading);
        lint.policies();
        lint.scripts();
        lint.endpoints();
        return List.copyOf(lint.findings);
    }

    private void error(String file, int line, String reason) {
        findings.add(BundleFinding.error(file, line, reason));
    }

    private void warn(String file, int line, String reason) {
        findings.add(BundleFinding.warning(file, line, reason));
    }

    private void policies() {
        Set<String> used = StepPlace.all(proxy).stream()
                .map(place -> place.step().policy())
                .collect(Collectors.toSet());
        for (var policy : proxy.policies().values()) {
            if (!used.contains(policy.name()) && !policy.name().equals(EXPORTED_ALWAYS)) {
                warn(policy.file(), policy.root().line(), "no step uses the policy '%s'".formatted(policy.name()));
            }
        }
    }

    private void scripts() {
        var named = new HashSet<String>();
        proxy.policies().values().forEach(policy -> urls(policy.root(), named));
        for (var script : proxy.resources().values()) {
            if (!named.contains(script.url())) {
                warn(script.file(), 1, "no policy uses '%s'".formatted(script.url()));
            }
        }
    }

    private static void urls(XmlElement element, Set<String> urls) {
        if (element.name().equals("ResourceURL") || element.name().equals("IncludeURL")) {
            urls.add(element.trimmed());
        }
        element.children().forEach(child -> urls(child, urls));
    }

    private void endpoints() {
        Map<String, String> paths = new HashMap<>();
        var routed = new HashSet<String>();
        for (var one : proxy.proxyEndpoints()) {
            var other = one.basePath().isEmpty() ? null : paths.putIfAbsent(one.basePath(), one.name());
            if (other != null) {
                error(
                        one.file(),
                        1,
                        "the endpoints '%s' and '%s' have the same base path %s"
                                .formatted(other, one.name(), one.basePath()));
            }
            flows(one.conditionalFlows(), one.file());
            routes(one);
            one.routeRules().forEach(rule -> rule.target().ifPresent(routed::add));
            faultRules(one.faultRules().reversed(), one.file());
            one.defaultFaultRule().ifPresent(rule -> faultRule(rule, one.file()));
            one.routeRules().forEach(rule -> faultRules(rule.faultRules(), one.file()));
        }
        for (var one : proxy.targetEndpoints()) {
            if (!routed.contains(one.name()) && !proxy.proxyEndpoints().isEmpty()) {
                warn(one.file(), 1, "no route rule leads to the target endpoint '%s'".formatted(one.name()));
            }
            flows(one.conditionalFlows(), one.file());
            faultRules(one.faultRules(), one.file());
            one.defaultFaultRule().ifPresent(rule -> faultRule(rule, one.file()));
        }
    }

    private void flows(List<Flow> flows, String file) {
        String always = null;
        for (var flow : flows) {
            if (always != null) {
                warn(
                        file,
                        flow.line(),
                        "the flow '%s' never runs: '%s' before it has no condition".formatted(flow.name(), always));
            } else if (flow.condition().isEmpty()) {
                always = flow.name();
            }
        }
    }

    private void routes(ProxyEndpoint endpoint) {
        RouteRule always = null;
        if (endpoint.routeRules().isEmpty()) {
            warn(endpoint.file(), 1, "the endpoint has no route rule, so it has no target");
        }
        for (var rule : endpoint.routeRules()) {
            if (always != null) {
                warn(
                        endpoint.file(),
                        rule.line(),
                        "the route rule '%s' is never reached: '%s' before it has no condition"
                                .formatted(rule.name(), always.name()));
            } else if (rule.condition().isEmpty()) {
                always = rule;
            }
        }
    }

    /** Checks fault rules in the order in which they are tried. */
    private void faultRules(List<FaultRule> rules, String file) {
        FaultRule always = null;
        for (var rule : rules) {
            faultRule(rule, file);
            if (rule.alwaysEnforce()) {
                warn(file, rule.line(), "alwaysEnforce has an effect in the default fault rule only");
            }
            if (always != null) {
                warn(
                        file,
                        rule.line(),
                        "the fault rule '%s' never runs: '%s', which is tried before it, has no condition"
                                .formatted(rule.name(), always.name()));
            } else if (rule.condition().isEmpty()) {
                always = rule;
            }
        }
    }

    private void faultRule(FaultRule rule, String file) {
        if (rule.steps().isEmpty()) {
            warn(file, rule.line(), "the fault rule '%s' has no steps".formatted(rule.name()));
        }
    }
}
