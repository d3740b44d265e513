package io.imaint.gateway.management;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.FaultRule;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.TargetEndpoint;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Proxies as they are shown. */
final class ProxyViews {
    private ProxyViews() {}

    /** A proxy in a list. */
    record Outline(
            String name,
            String title,
            String description,
            List<String> basePaths,
            int latest,

            @Description("The revision that requests run through; null for none") @Nullable
            Integer deployed,

            @Description("Why the deployed revision does not run in the process that answers; null when it does")
            @Nullable
            String failure,

            @Description("How many findings the newest revision has")
            int findings,

            @Description("Whether the newest revision can be deployed")
            boolean deployable,

            Instant changedAt,
            String changedBy) {
        static Outline of(ProxyRecord proxy, Optional<String> failure, FindingCounts.Count newest) {
            var latest = proxy.latest();
            return new Outline(
                    proxy.name(),
                    proxy.title(),
                    proxy.description(),
                    latest.basePaths(),
                    latest.number(),
                    proxy.deployed().orElse(null),
                    failure.orElse(null),
                    newest.findings(),
                    newest.deployable(),
                    latest.at(),
                    latest.byName());
        }
    }

    /** A revision in a list, or by itself. */
    record RevisionView(
            int number, Instant at, String by, String byName, String note, String digest, long size, boolean deployed) {
        static RevisionView of(ProxyRecord proxy, ProxyRecord.Revision revision) {
            return new RevisionView(
                    revision.number(),
                    revision.at(),
                    revision.by(),
                    revision.byName(),
                    revision.note(),
                    revision.digest(),
                    revision.size(),
                    proxy.deployed().equals(Optional.of(revision.number())));
        }
    }

    /** A policy at its place in a flow. */
    record StepView(
            String policy,
            @Description("The root element of its file") String type,
            String condition) {}

    /** A flow as its steps. */
    record FlowView(String name, String condition, List<StepView> request, List<StepView> response) {}

    /** Steps after a fault. */
    record FaultRuleView(String name, String condition, boolean alwaysEnforce, List<StepView> steps) {}

    /** Where requests go. */
    record RouteView(
            String name, String condition, @Nullable String target) {}

    /** Where clients come in. */
    record ProxyEndpointView(
            String name,
            String basePath,
            String file,

            @Description("In the order in which a request passes them")
            List<FlowView> flows,

            List<RouteView> routes,
            List<FaultRuleView> faultRules) {}

    /** Where requests go out. */
    record TargetEndpointView(
            String name,
            @Nullable String url,
            @Nullable String provider,
            String relativePath,
            String file,
            List<FlowView> flows,
            List<FaultRuleView> faultRules) {}

    /** A policy's file. */
    record PolicyView(String name, String type, String file) {}

    /** Something about a bundle that its owner must know. */
    record FindingView(BundleFinding.Gravity gravity, String file, int line, String reason) {
        static List<FindingView> of(List<BundleFinding> findings) {
            return findings.stream()
                    .map(one -> new FindingView(one.gravity(), one.file(), one.line(), one.reason()))
                    .toList();
        }
    }

    /** A revision of a proxy with all that is in it. */
    record Shown(
            Outline proxy,
            RevisionView revision,
            List<ProxyEndpointView> proxyEndpoints,
            List<TargetEndpointView> targetEndpoints,
            List<PolicyView> policies,
            List<FindingView> findings,
            boolean deployable) {
        static Shown of(Outline outline, RevisionView revision, ProxyRuntime.Checked checked) {
            var proxy = checked.proxy();
            return new Shown(
                    outline,
                    revision,
                    proxy.map(one -> one.proxyEndpoints().stream()
                                    .map(endpoint -> endpoint(one, endpoint))
                                    .toList())
                            .orElse(List.of()),
                    proxy.map(one -> one.targetEndpoints().stream()
                                    .map(endpoint -> endpoint(one, endpoint))
                                    .toList())
                            .orElse(List.of()),
                    proxy.map(ProxyViews::policies).orElse(List.of()),
                    FindingView.of(checked.findings()),
                    checked.deployable());
        }
    }

    private static List<PolicyView> policies(ApiProxy proxy) {
        return proxy.policies().values().stream()
                .map(policy -> new PolicyView(policy.name(), policy.root().name(), policy.file()))
                .sorted(java.util.Comparator.comparing(PolicyView::name))
                .toList();
    }

    private static ProxyEndpointView endpoint(ApiProxy proxy, ProxyEndpoint endpoint) {
        var flows = new ArrayList<>(flows(proxy, endpoint.preFlow(), endpoint.conditionalFlows(), endpoint.postFlow()));
        if (!endpoint.postClientFlow().equals(Flow.EMPTY)) {
            flows.add(flow(proxy, endpoint.postClientFlow()));
        }
        return new ProxyEndpointView(
                endpoint.name(),
                endpoint.basePath(),
                endpoint.file(),
                List.copyOf(flows),
                endpoint.routeRules().stream().map(ProxyViews::route).toList(),
                faultRules(proxy, endpoint.faultRules(), endpoint.defaultFaultRule()));
    }

    private static TargetEndpointView endpoint(ApiProxy proxy, TargetEndpoint endpoint) {
        return new TargetEndpointView(
                endpoint.name(),
                endpoint.url().orElse(null),
                endpoint.provider().orElse(null),
                endpoint.relativePath(),
                endpoint.file(),
                flows(proxy, endpoint.preFlow(), endpoint.conditionalFlows(), endpoint.postFlow()),
                faultRules(proxy, endpoint.faultRules(), endpoint.defaultFaultRule()));
    }

    private static RouteView route(RouteRule rule) {
        return new RouteView(rule.name(), rule.condition(), rule.target().orElse(null));
    }

    private static List<FlowView> flows(ApiProxy proxy, Flow pre, List<Flow> conditional, Flow post) {
        return Stream.of(Stream.of(pre), conditional.stream(), Stream.of(post))
                .flatMap(one -> one)
                .map(one -> flow(proxy, one))
                .toList();
    }

    private static FlowView flow(ApiProxy proxy, Flow flow) {
        return new FlowView(flow.name(), flow.condition(), steps(proxy, flow.request()), steps(proxy, flow.response()));
    }

    private static List<FaultRuleView> faultRules(ApiProxy proxy, List<FaultRule> rules, Optional<FaultRule> standard) {
        return Stream.concat(rules.stream(), standard.stream())
                .map(rule -> new FaultRuleView(
                        rule.name(), rule.condition(), rule.alwaysEnforce(), steps(proxy, rule.steps())))
                .toList();
    }

    private static List<StepView> steps(ApiProxy proxy, List<Step> steps) {
        return steps.stream()
                .map(step -> new StepView(
                        step.policy(),
                        Optional.ofNullable(proxy.policies().get(step.policy()))
                                .map(PolicyFile::root)
                                .map(root -> root.name())
                                .orElse(""),
                        step.condition()))
                .toList();
    }
}
