package io.imaint.gateway.flow;

import io.imaint.gateway.expression.Condition;
import io.imaint.gateway.expression.ExpressionInvalid;
import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.TargetEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a proxy: policies, conditions and patterns are compiled once, and everything wrong is found before a request is. */
public final class ProxyCompiler {
    /** Milliseconds that a target may take at most, whatever its properties say. */
    private static final long TIMEOUT_MILLIS_MAX = 600_000;

    private final ApiProxy proxy;
    private final int revision;
    private final Map<String, PolicyType> types;
    private final GatewayParts parts;
    private final List<BundleFinding> findings = new ArrayList<>();
    private final List<StepPlan> steps = new ArrayList<>();
    private final Map<String, Policy> policies = new HashMap<>();
    private final Map<String, TargetPlan> targets = new HashMap<>();

    private ProxyCompiler(ApiProxy proxy, int revision, Map<String, PolicyType> types, GatewayParts parts) {
        this.proxy = proxy;
        this.revision = revision;
        this.types = types;
        this.parts = parts;
    }

    /**
     * What came of a proxy.
     *
     * @param plan empty when a finding forbids to deploy it
     */
    public record Compiled(Optional<ProxyPlan> plan, List<BundleFinding> findings) {}

    /** Compiles a revision; {@code types} are the policies that there are, by their element. */
    public static Compiled compile(ApiProxy proxy, int revision, Map<String, PolicyType> types, GatewayParts parts) {
        return new ProxyCompiler(proxy, revision, types, parts).compiled();
    }

    private Compiled compiled() {
        proxy.policies().values().forEach(this::policy);
        proxy.targetEndpoints().forEach(endpoint -> targets.put(endpoint.name(), target(endpoint)));
        var endpoints = proxy.proxyEndpoints().stream().map(this::endpoint).toList();
        if (endpoints.isEmpty()) {
            findings.add(BundleFinding.error("", 0, "the proxy has no proxy endpoint; add a file to APIProxyEndPoint"));
        }
        boolean deployable = findings.stream().allMatch(BundleFinding::deployable);
        var plan = new ProxyPlan(proxy.name(), revision, endpoints, List.copyOf(steps));
        return new Compiled(deployable ? Optional.of(plan) : Optional.empty(), List.copyOf(findings));
    }

    private void policy(PolicyFile file) {
        var type = types.get(file.root().name());
        if (type == null) {
            findings.add(BundleFinding.error(
                    file.file(),
                    file.root().line(),
                    "no policy is called <%s>".formatted(file.root().name())));
            return;
        }
        var reader = PolicyReader.of(file, proxy, parts);
        var policy = type.compile().apply(reader);
        reader.unread();
        findings.addAll(reader.findings());
        policies.put(file.name(), policy);
    }

    private EndpointPlan endpoint(ProxyEndpoint endpoint) {
        var file = endpoint.file();
        var faults = new ArrayList<>(endpoint.faultRules());
        return new EndpointPlan(
                endpoint.name(),
                endpoint.basePath(),
                flow(endpoint.preFlow(), file, "PreFlow"),
                endpoint.conditionalFlows().stream()
                        .map(flow -> flow(flow, file, flow.name()))
                        .toList(),
                flow(endpoint.postFlow(), file, "PostFlow"),
                steps(endpoint.postClientFlow().response(), file),
                endpoint.routeRules().stream().map(rule -> route(rule, file)).toList(),
                faults(
                        faults.reversed(),
                        endpoint.defaultFaultRule(),
                        file), // The last rule of a proxy is tried first.
                isTrue(endpoint.properties(), "request.streaming.enabled"),
                isTrue(endpoint.properties(), "response.streaming.enabled"));
    }

    private EndpointPlan.RoutePlan route(RouteRule rule, String file) {
        var target = rule.target().map(targets::get).orElse(null);
        if (rule.target().isPresent() && target == null) {
            findings.add(BundleFinding.error(
                    file,
                    rule.line(),
                    "the route rule '%s' leads to the target endpoint '%s', which the bundle does not have"
                            .formatted(rule.name(), rule.target().get())));
        }
        return new EndpointPlan.RoutePlan(
                rule.name(),
                condition(rule.condition(), file, rule.line()),
                target,
                faults(rule.faultRules(), Optional.empty(), file));
    }

    private TargetPlan target(TargetEndpoint endpoint) {
        var file = endpoint.file();
        var providers = new ArrayList<String>();
        endpoint.provider().ifPresent(providers::add);
        providers.addAll(endpoint.moreProviders());
        for (var name : providers) {
            if (parts.registry().provider(name).isEmpty()) {
                findings.add(BundleFinding.missing(
                        file, 1, "there is no API provider '%s'; create it, or name another one".formatted(name)));
            }
        }
        var url = endpoint.url().orElse("");
        if (providers.isEmpty() && !isHttp(url)) {
            findings.add(BundleFinding.error(
                    file, 1, "the target's URL is '%s' but must begin with http:// or https://".formatted(url)));
        }
        var properties = endpoint.properties();
        return new TargetPlan(
                endpoint.name(),
                providers.isEmpty() ? url : "",
                List.copyOf(providers),
                joined(endpoint.relativePath()),
                endpoint.retry(),
                flow(endpoint.preFlow(), file, "PreFlow"),
                endpoint.conditionalFlows().stream()
                        .map(flow -> flow(flow, file, flow.name()))
                        .toList(),
                flow(endpoint.postFlow(), file, "PostFlow"),
                faults(endpoint.faultRules(), endpoint.defaultFaultRule(), file),
                millis(properties, "connect.timeout.millis", TargetCall.CONNECT_TIMEOUT, file),
                millis(properties, "io.timeout.millis", TargetCall.READ_TIMEOUT, file),
                isTrue(properties, "request.streaming.enabled"),
                isTrue(properties, "response.streaming.enabled"),
                success(properties, file),
                new AtomicInteger());
    }

    private static boolean isHttp(String url) {
        try {
            var parsed = URI.create(url);
            return ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))
                    && parsed.getHost() != null;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** A path that others are put behind: it begins with a slash and ends without one. */
    private static String joined(String path) {
        var bare = path.replaceAll("/+$", "");
        return bare.isEmpty() || bare.startsWith("/") ? bare : "/" + bare;
    }

    private StatusSet success(Map<String, String> properties, String file) {
        var given = properties.get("success.codes");
        if (given == null) {
            return StatusSet.DEFAULT;
        }
        return StatusSet.parsed(given).orElseGet(() -> {
            findings.add(BundleFinding.error(
                    file, 1, "success.codes is '%s' but must be a list such as 2xx,404".formatted(given)));
            return StatusSet.DEFAULT;
        });
    }

    private Duration millis(Map<String, String> properties, String name, Duration otherwise, String file) {
        var given = properties.get(name);
        if (given == null || given.isBlank()) {
            return otherwise;
        }
        if (!given.strip().matches("[1-9][0-9]{0,8}")) {
            findings.add(BundleFinding.error(
                    file, 1, "%s is '%s' but must be a number of milliseconds".formatted(name, given)));
            return otherwise;
        }
        return Duration.ofMillis(Math.min(Long.parseLong(given.strip()), TIMEOUT_MILLIS_MAX));
    }

    private static boolean isTrue(Map<String, String> properties, String name) {
        return "true".equalsIgnoreCase(properties.getOrDefault(name, "").strip());
    }

    private FlowPlan flow(Flow flow, String file, String name) {
        return new FlowPlan(
                name,
                condition(flow.condition(), file, flow.line()),
                steps(flow.request(), file),
                steps(flow.response(), file));
    }

    private FaultPlan faults(List<FaultRule> rules, Optional<FaultRule> otherwise, String file) {
        return new FaultPlan(
                rules.stream().map(rule -> fault(rule, file)).toList(),
                otherwise.map(rule -> fault(rule, file)).orElse(null));
    }

    private FaultPlan.Rule fault(FaultRule rule, String file) {
        return new FaultPlan.Rule(
                rule.name(),
                condition(rule.condition(), file, rule.line()),
                rule.alwaysEnforce(),
                steps(rule.steps(), file));
    }

    private StepPlan[] steps(List<Step> written, String file) {
        return written.stream()
                .map(step -> step(step, file))
                .flatMap(Optional::stream)
                .toArray(StepPlan[]::new);
    }

    /** Empty when the policy is switched off or can't run. */
    private Optional<StepPlan> step(Step step, String file) {
        var written = proxy.policies().get(step.policy());
        if (written == null) {
            findings.add(BundleFinding.error(
                    file,
                    step.line(),
                    "the bundle has no policy '%s' that can be read; add it to the policies, or remove the step"
                            .formatted(step.policy())));
            return Optional.empty();
        }
        var condition = condition(step.condition(), file, step.line());
        var policy = policies.get(step.policy());
        if (policy == null
                || "false"
                        .equalsIgnoreCase(written.root()
                                .attribute("enabled")
                                .orElse("true")
                                .strip())) {
            return Optional.empty();
        }
        var element = written.root().name();
        var prefix = types.get(element) == null ? element : types.get(element).prefix();
        var plan = new StepPlan(
                step.policy(),
                element,
                condition,
                policy,
                "true"
                        .equalsIgnoreCase(written.root()
                                .attribute("continueOnError")
                                .orElse("")
                                .strip()),
                prefix + ".failed",
                prefix + "." + step.policy() + ".failed",
                new StepPlan.Runs());
        steps.add(plan);
        return Optional.of(plan);
    }

    private @Nullable Condition condition(String text, String file, int line) {
        if (text.isBlank()) {
            return null;
        }
        try {
            return Condition.parse(text);
        } catch (ExpressionInvalid invalid) {
            findings.add(BundleFinding.error(file, line, "the condition can't be understood: " + invalid.getMessage()));
            return null;
        }
    }
}
