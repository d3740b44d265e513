package io.imaint.gateway.bundle;

import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.model.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads endpoints in SAP's names. Whether they have a namespace makes no difference. */
final class SapEndpoints {
    private static final Set<String> PROXY = Set.of(
            "name",
            "title",
            "description",
            "isDefault",
            "base_path",
            "properties",
            "routeRules",
            "faultRules",
            "defaultFaultRule",
            "preFlow",
            "postFlow",
            "postClientFlow",
            "conditionalFlows");
    private static final Set<String> TARGET = Set.of(
            "name",
            "title",
            "description",
            "isDefault",
            "url",
            "provider_id",
            "relativePath",
            "additionalAPIProviders",
            "loadBalancerConfigurations",
            "properties",
            "faultRules",
            "defaultFaultRule",
            "preFlow",
            "postFlow",
            "conditionalFlows");
    private static final Set<String> FLOW = Set.of(
            "name", "title", "description", "request", "response", "conditions", "condition", "readOnly", "sequence");
    private static final Set<String> BALANCER = Set.of("isRetry", "healthMonitor", "algorithm");

    /** What SAP writes as provider where the target has a URL of its own, and as target of a rule that has none. */
    private static final String NONE = "NONE";

    private final FileReading file;
    private final FaultRuleReader faults;

    SapEndpoints(FileReading file) {
        this.file = file;
        this.faults = new FaultRuleReader(file);
    }

    /** Whether an endpoint is the first of its proxy, wherever its file is. */
    static boolean isDefault(XmlElement root) {
        return root.attribute("default")
                .or(() -> root.childText("isDefault"))
                .filter(text -> text.strip().equals("true"))
                .isPresent();
    }

    ProxyEndpoint proxy() {
        var root = file.root();
        file.known(root, PROXY);
        return new ProxyEndpoint(
                name(),
                EndpointChecks.basePath(file, root.child("base_path")),
                properties(),
                routeRules(),
                faults.rules(root),
                faults.defaultRule(root),
                flow("preFlow", "PreFlow"),
                conditionalFlows(),
                flow("postFlow", "PostFlow"),
                flow("postClientFlow", "PostClientFlow"),
                file.path());
    }

    TargetEndpoint target() {
        var root = file.root();
        file.known(root, TARGET);
        var provider = root.childText("provider_id").filter(id -> !id.equals(NONE));
        var url = provider.isPresent() ? Optional.<String>empty() : root.childText("url");
        EndpointChecks.address(file, root.child("url"), url, provider);
        var balancer = root.child("loadBalancerConfigurations");
        var monitor = balancer.flatMap(one -> one.child("healthMonitor"));
        balancer.ifPresent(this::checkBalancer);
        return new TargetEndpoint(
                name(),
                url,
                provider,
                root.childText("relativePath").orElse(""),
                root.all("additionalAPIProviders")
                        .flatMap(more -> more.children().stream())
                        .map(XmlElement::trimmed)
                        .filter(id -> !id.isEmpty() && !provider.equals(Optional.of(id)))
                        .distinct()
                        .toList(),
                balancer.map(one -> file.flag(one, "isRetry")).orElse(false),
                monitor.map(one -> file.flag(one, "isEnabled")).orElse(false),
                properties(),
                faults.rules(root),
                faults.defaultRule(root),
                flow("preFlow", "PreFlow"),
                conditionalFlows(),
                flow("postFlow", "PostFlow"),
                file.path());
    }

    private void checkBalancer(XmlElement balancer) {
        file.known(balancer, BALANCER);
        balancer.child("healthMonitor").ifPresent(monitor -> file.known(monitor, Set.of("isEnabled")));
        balancer.child("algorithm")
                .filter(one -> !one.trimmed().isEmpty() && !one.trimmed().equals("RoundRobin"))
                .ifPresent(one ->
                        file.warn(one, "the algorithm '%s' is not applied: RoundRobin is".formatted(one.trimmed())));
    }

    private String name() {
        return file.root().childText("name").orElse(BundlePath.baseName(file.path()));
    }

    private Map<String, String> properties() {
        return file.properties(file.root()
                .all("properties")
                .flatMap(all -> all.all("property"))
                .map(one -> new FileReading.Property(
                        one.childText("name").orElse(""), one.childText("value").orElse(""), one))
                .toList());
    }

    /** All flows that are there, for files that hold nothing else. */
    List<Flow> allFlows() {
        file.known(file.root(), Set.of("preFlow", "postFlow", "postClientFlow", "conditionalFlows"));
        return Stream.concat(
                        Stream.of(
                                named("preFlow", "PreFlow"),
                                named("postFlow", "PostFlow"),
                                named("postClientFlow", "PostClientFlow")),
                        conditionalFlows().stream())
                .toList();
    }

    private Flow named(String element, String name) {
        var flow = flow(element, name);
        return new Flow(name, flow.condition(), flow.request(), flow.response(), flow.line());
    }

    private List<RouteRule> routeRules() {
        var rules = new Sequence<RouteRule>();
        file.root().all("routeRules").flatMap(all -> all.all("routeRule")).forEach(rule -> {
            file.known(rule, Set.of("name", "targetEndPointName", "conditions", "condition", "sequence", "faultRules"));
            List<FaultRule> own = faults.rules(rule);
            rules.add(
                    file.sequence(rule),
                    new RouteRule(
                            rule.childText("name").orElse(""),
                            condition(rule),
                            rule.childText("targetEndPointName").filter(target -> !target.equalsIgnoreCase(NONE)),
                            own,
                            rule.line()));
        });
        return rules.sorted();
    }

    private Flow flow(String element, String otherwise) {
        return file.root()
                .child(element)
                .map(found -> flow(found, otherwise, ""))
                .orElse(new Flow(
                        otherwise, "", List.of(), List.of(), file.root().line()));
    }

    private List<Flow> conditionalFlows() {
        var flows = new Sequence<Flow>();
        file.root()
                .all("conditionalFlows")
                .flatMap(all -> all.all("conditionalFlow"))
                .forEach(flow -> flows.add(file.sequence(flow), flow(flow, "", condition(flow))));
        return flows.sorted();
    }

    private Flow flow(XmlElement flow, String otherwise, String condition) {
        file.known(flow, FLOW);
        return new Flow(
                flow.childText("name").orElse(otherwise),
                condition,
                steps(flow.all("request")),
                steps(flow.all("response")),
                flow.line());
    }

    private static String condition(XmlElement element) {
        return element.childText("conditions")
                .or(() -> element.childText("condition"))
                .orElse("");
    }

    private List<Step> steps(Stream<XmlElement> messages) {
        var steps = new Sequence<Step>();
        messages.flatMap(message -> {
                    file.known(message, Set.of("isRequest", "steps"));
                    return message.all("steps");
                })
                .flatMap(all -> {
                    file.known(all, Set.of("step"));
                    return all.all("step");
                })
                .forEach(step -> {
                    file.known(step, Set.of("policy_name", "condition", "sequence"));
                    EndpointChecks.step(file, step, step.childText("policy_name"));
                    steps.add(
                            file.sequence(step),
                            new Step(
                                    step.childText("policy_name").orElse(""),
                                    step.childText("condition").orElse(""),
                                    step.line()));
                });
        return steps.sorted().stream().filter(step -> !step.policy().isEmpty()).toList();
    }
}
