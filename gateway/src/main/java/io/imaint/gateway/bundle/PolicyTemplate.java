package io.imaint.gateway.bundle;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.Flow;
import io.imaint.gateway.model.Step;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A policy template of SAP API Management: policies, scripts, and the steps that use them, which are merged into a proxy. The steps
 * stand in the template's file as escaped XML.
 */
public final class PolicyTemplate {
    private final Bundle template;
    private final List<BundleFinding> findings = new ArrayList<>();

    private PolicyTemplate(Bundle template) {
        this.template = template;
    }

    /**
     * A proxy with a template in it.
     *
     * @param findings what could not be merged; their files are the template's
     */
    public record Merged(Bundle bundle, List<BundleFinding> findings) {}

    /** Whether a bundle is a template. */
    public static boolean is(Bundle bundle) {
        return Layout.of(bundle).equals(Optional.of(Layout.TEMPLATE));
    }

    /** Merges a template into the default endpoints of a proxy, behind the steps that are there. */
    public static Merged merge(Bundle template, Bundle proxy) throws BundleInvalid {
        if (!is(template)) {
            throw new BundleInvalid(
                    "'%s' is no policy template: PolicyTemplateContainer is missing".formatted(template.name()));
        }
        return new PolicyTemplate(template).into(BundleDraft.of(proxy), proxy);
    }

    private Merged into(BundleDraft draft, Bundle proxy) throws BundleInvalid {
        addFiles(draft, proxy);
        var path = template.files().keySet().stream()
                .filter(Layout.TEMPLATE::describesWhole)
                .findFirst();
        if (path.isEmpty()) {
            findings.add(BundleFinding.error("", 0, "the file that describes the template is missing"));
            return new Merged(draft.bundle(), List.copyOf(findings));
        }
        try {
            var root = Xml.read(template.file(path.get()).orElseThrow());
            addSteps(draft, FlowPlace.Side.PROXY, path.get(), root.child("proxyEndPointxml"));
            addSteps(draft, FlowPlace.Side.TARGET, path.get(), root.child("targetEndPointxml"));
        } catch (XmlInvalid invalid) {
            findings.add(
                    BundleFinding.error(path.get(), invalid.line(), "it can't be parsed: " + invalid.getMessage()));
        }
        return new Merged(draft.bundle(), List.copyOf(findings));
    }

    private void addFiles(BundleDraft draft, Bundle proxy) {
        for (var file : template.files().entrySet()) {
            var path = file.getKey();
            boolean policy = Layout.isDirectly(Layout.TEMPLATE.policies(), path);
            if (!policy && !path.startsWith(Layout.TEMPLATE.scripts())) {
                continue;
            }
            var there = proxy.file(
                    Layout.SAP.root() + path.substring(Layout.TEMPLATE.root().length()));
            if (there.isPresent()) {
                // Every export has this policy, in several wordings that do the same.
                boolean usual = path.equals(Layout.TEMPLATE.policies() + ProxyTexts.FAULT_POLICY + ".xml");
                if (!usual && !FileDiff.saysTheSame(path, there.get(), file.getValue())) {
                    findings.add(BundleFinding.error(
                            path, 0, "the proxy has another file of this name, which it keeps; rename one of the two"));
                }
                continue;
            }
            try {
                add(draft, path, policy, file.getValue());
            } catch (BundleInvalid refused) {
                findings.add(BundleFinding.error(path, 0, refused.getMessage()));
            }
        }
    }

    private static void add(BundleDraft draft, String path, boolean policy, byte[] content) throws BundleInvalid {
        if (policy) {
            draft.policy(BundlePath.baseName(path), content);
        } else {
            draft.script(path.substring(Layout.TEMPLATE.scripts().length()), content);
        }
    }

    private void addSteps(BundleDraft draft, FlowPlace.Side side, String path, Optional<XmlElement> escaped)
            throws BundleInvalid {
        var text = escaped.map(XmlElement::trimmed).orElse("");
        if (text.isEmpty()) {
            return;
        }
        var endpoint = draft.endpoints(side).stream().findFirst();
        int line = escaped.orElseThrow().line();
        try {
            // The steps have the same form as in an endpoint's file.
            var file = new FileReading(path, Xml.read("<flows>" + text + "</flows>"), new ArrayList<>());
            var flows = new SapEndpoints(file);
            for (var flow : flows.allFlows()) {
                if (endpoint.isPresent()) {
                    addFlow(draft, side, endpoint.get(), flow, path, line);
                } else if (!flow.request().isEmpty() || !flow.response().isEmpty()) {
                    findings.add(BundleFinding.warning(
                            path, line, "the proxy has no such endpoint for the steps of %s".formatted(flow.name())));
                }
            }
            for (var found : file.findings()) { // Its lines are those of the escaped text.
                findings.add(new BundleFinding(found.gravity(), path, line, found.reason()));
            }
        } catch (XmlInvalid invalid) {
            findings.add(BundleFinding.error(
                    path,
                    line,
                    "<%s> can't be parsed: %s".formatted(escaped.orElseThrow().name(), invalid.getMessage())));
        }
    }

    private void addFlow(BundleDraft draft, FlowPlace.Side side, String endpoint, Flow flow, String path, int line) {
        addSteps(draft, new FlowPlace(side, endpoint, flow.name(), true), flow.request(), path, line);
        addSteps(draft, new FlowPlace(side, endpoint, flow.name(), false), flow.response(), path, line);
    }

    private void addSteps(BundleDraft draft, FlowPlace place, List<Step> steps, String path, int line) {
        for (var step : steps) {
            try {
                draft.lastStep(place, step.policy(), step.condition());
            } catch (BundleInvalid refused) {
                findings.add(BundleFinding.error(
                        path, line, "the step '%s' is not added: %s".formatted(step.policy(), refused.getMessage())));
            }
        }
    }
}
