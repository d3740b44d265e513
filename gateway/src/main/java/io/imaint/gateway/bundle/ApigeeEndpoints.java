package io.imaint.gateway.bundle;

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

/** Reads endpoints in Apigee's names. Their order is that of the file. */
final class ApigeeEndpoints {
    private static final Set<String> PROXY = Set.of(
            "Description",
            "DisplayName",
            "HTTPProxyConnection",
            "RouteRule",
            "FaultRules",
            "DefaultFaultRule",
            "PreFlow",
            "PostFlow",
            "PostClientFlow",
            "Flows");
    private static final Set<String> TARGET = Set.of(
            "Description",
            "DisplayName",
            "HTTPTargetConnection",
            "FaultRules",
            "DefaultFaultRule",
            "PreFlow",
            "PostFlow",
            "Flows");
    private static final Set<String> FLOW = Set.of("Description", "Request", "Response", "Condition");

    private final FileReading file;
    private final FaultRuleReader faults;

    ApigeeEndpoints(FileReading file) {
        this.file = file;
        this.faults = new FaultRuleReader(file);
    }

    ProxyEndpoint proxy() {
        var root = file.root();
        file.known(root, PROXY);
        var connection = root.child("HTTPProxyConnection");
        connection.ifPresent(found -> file.known(found, Set.of("BasePath", "Properties", "VirtualHost")));
        return new ProxyEndpoint(
                name(),
                EndpointChecks.basePath(file, connection.flatMap(found -> found.child("BasePath"))),
                properties(connection),
                root.all("RouteRule").map(this::routeRule).toList(),
                faults.rules(root),
                faults.defaultRule(root),
                flow("PreFlow"),
                conditionalFlows(),
                flow("PostFlow"),
                flow("PostClientFlow"),
                file.path());
    }

    private RouteRule routeRule(XmlElement rule) {
        file.known(rule, Set.of("Condition", "TargetEndpoint", "FaultRules", "URL", "IntegrationEndpoint"));
        for (var unsupported : List.of("URL", "IntegrationEndpoint")) {
            rule.child(unsupported)
                    .ifPresent(found -> file.error(
                            found, "a route rule names a target endpoint; <%s> is not read".formatted(unsupported)));
        }
        return new RouteRule(
                rule.attribute("name").orElse(""),
                rule.childText("Condition").orElse(""),
                rule.childText("TargetEndpoint"),
                faults.rules(rule),
                rule.line());
    }

    TargetEndpoint target() {
        var root = file.root();
        file.known(root, TARGET);
        var connection = root.child("HTTPTargetConnection");
        connection.ifPresent(
                found -> file.known(found, Set.of("URL", "LoadBalancer", "Path", "Properties", "HealthMonitor")));
        var balancer = connection.flatMap(found -> found.child("LoadBalancer"));
        balancer.ifPresent(found -> file.known(found, Set.of("Server", "RetryEnabled", "Algorithm")));
        var servers = balancer.stream()
                .flatMap(found -> found.all("Server"))
                .flatMap(server -> server.attribute("name").stream())
                .distinct()
                .toList();
        var provider = servers.stream().findFirst();
        var url = provider.isPresent() ? Optional.<String>empty() : connection.flatMap(found -> found.childText("URL"));
        EndpointChecks.address(file, connection, url, provider);
        return new TargetEndpoint(
                name(),
                url,
                provider,
                connection.flatMap(found -> found.childText("Path")).orElse(""),
                servers.stream().skip(1).toList(),
                balancer.map(found -> file.flag(found, "RetryEnabled")).orElse(false),
                connection
                        .flatMap(found -> found.child("HealthMonitor"))
                        .map(found -> file.flag(found, "IsEnabled"))
                        .orElse(false),
                properties(connection),
                faults.rules(root),
                faults.defaultRule(root),
                flow("PreFlow"),
                conditionalFlows(),
                flow("PostFlow"),
                file.path());
    }

    private String name() {
        return file.root()
                .attribute("name")
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElse(BundlePath.baseName(file.path()));
    }

    private Map<String, String> properties(Optional<XmlElement> connection) {
        return file.properties(connection.stream()
                .flatMap(found -> found.all("Properties"))
                .flatMap(all -> all.all("Property"))
                .map(one -> new FileReading.Property(one.attribute("name").orElse(""), one.trimmed(), one))
                .toList());
    }

    private Flow flow(String element) {
        return file.root()
                .child(element)
                .map(found -> flow(found, element))
                .orElse(new Flow(element, "", List.of(), List.of(), file.root().line()));
    }

    private List<Flow> conditionalFlows() {
        return file.root()
                .all("Flows")
                .flatMap(all -> all.all("Flow"))
                .map(flow -> flow(flow, ""))
                .toList();
    }

    private Flow flow(XmlElement flow, String otherwise) {
        file.known(flow, FLOW);
        return new Flow(
                flow.attribute("name").orElse(otherwise),
                flow.childText("Condition").orElse(""),
                steps(flow.all("Request")),
                steps(flow.all("Response")),
                flow.line());
    }

    private List<Step> steps(Stream<XmlElement> messages) {
        return messages.flatMap(message -> {
                    file.known(message, Set.of("Step"));
                    return message.all("Step");
                })
                .map(step -> {
                    file.known(step, Set.of("Name", "Condition", "DisplayName"));
                    EndpointChecks.step(file, step, step.childText("Name"));
                    return new Step(
                            step.childText("Name").orElse(""),
                            step.childText("Condition").orElse(""),
                            step.line());
                })
                .filter(step -> !step.policy().isEmpty())
                .toList();
    }
}
