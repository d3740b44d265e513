package io.imaint.gateway.bundle;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The files that a new proxy begins with, in the form in which SAP API Management exports them. */
final class ProxyTexts {
    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String BETWEEN = "\n";
    private static final String UNIT = "    ";

    /** The name of the policy and of the flow that refuse wrong verbs. */
    static final String FAULT_POLICY = "defaultRaiseFaultPolicy";

    static final String FAULT_FLOW = "DefaultFaultFlow";

    private ProxyTexts() {}

    static String whole(NewProxy made) {
        return file(Fragment.of(
                "APIProxy",
                Fragment.text("name", made.name()),
                Fragment.text("title", made.title()),
                Fragment.text("description", made.description()),
                Fragment.text("isVersioned", "false"),
                Fragment.text("service_code", made.serviceCode()),
                Fragment.text("APIState", "Active"),
                Fragment.of(
                        "proxyEndPoints", Fragment.of("proxyEndPoint", Fragment.text("proxyEndPointName", "default"))),
                made.target().isPresent()
                        ? Fragment.of("targetEndPoints", Fragment.text("targetEndPoint", "default"))
                        : Fragment.of("targetEndPoints"),
                Fragment.of("policies", Fragment.typed("policy", "RaiseFault", FAULT_POLICY)),
                Fragment.of("fileResources")));
    }

    static String proxyEndpoint(NewProxy made) {
        var route = made.target().isPresent()
                ? Fragment.of(
                        "routeRule",
                        Fragment.text("name", "default"),
                        Fragment.text("targetEndPointName", "default"),
                        Fragment.text("sequence", "1"),
                        Fragment.of("faultRules"))
                : Fragment.of(
                        "routeRule",
                        Fragment.text("name", "default"),
                        Fragment.text("sequence", "1"),
                        Fragment.of("faultRules"));
        return file(Fragment.of(
                        "ProxyEndPoint",
                        Fragment.text("name", "default"),
                        Fragment.text("base_path", made.basePath()),
                        Fragment.of("properties"),
                        Fragment.of("routeRules", route),
                        Fragment.of("faultRules"),
                        flow("preFlow", "PreFlow"),
                        flow("postFlow", "PostFlow"),
                        Fragment.of("conditionalFlows")))
                .replace("<ProxyEndPoint>", "<ProxyEndPoint default=\"true\">");
    }

    static String targetEndpoint(ProxyTarget target) {
        var address = switch (target) {
            case ProxyTarget.Url url -> List.of(Fragment.text("provider_id", "NONE"), Fragment.text("url", url.url()));
            case ProxyTarget.Provider provider ->
                List.of(Fragment.text("provider_id", provider.name()), Fragment.text("relativePath", provider.path()));
        };
        return file(Fragment.of(
                "TargetEndPoint",
                Fragment.text("name", "default"),
                address.getFirst(),
                address.getLast(),
                Fragment.of("additionalAPIProviders"),
                Fragment.text("isDefault", "true"),
                Fragment.of("properties"),
                Fragment.of("faultRules"),
                flow("preFlow", "PreFlow"),
                flow("postFlow", "PostFlow"),
                Fragment.of("conditionalFlows"),
                Fragment.of(
                        "loadBalancerConfigurations",
                        Fragment.text("isRetry", "false"),
                        Fragment.of("healthMonitor", Fragment.text("isEnabled", "false")))));
    }

    private static Fragment flow(String element, String name) {
        return Fragment.of(element, Fragment.text("name", name), message("request"), message("response"));
    }

    /** The steps of a flow before or after the target. */
    static Fragment message(String element, Fragment... steps) {
        return Fragment.of(
                element,
                Fragment.text("isRequest", String.valueOf(element.equals("request"))),
                Fragment.of("steps", steps));
    }

    static Fragment step(String policy, String condition, int sequence) {
        return Fragment.of(
                "step",
                Fragment.text("policy_name", policy),
                Fragment.text("condition", condition),
                Fragment.text("sequence", String.valueOf(sequence)));
    }

    /** Answers that a resource does not know the verb. */
    static String faultPolicy() {
        return """
                <RaiseFault async="false" continueOnError="false" enabled="true" xmlns="http://www.sap.com/apimgmt">
                    <FaultResponse>
                        <Set>
                            <StatusCode>405</StatusCode>
                            <ReasonPhrase>Method Not Allowed</ReasonPhrase>
                        </Set>
                    </FaultResponse>
                    <IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables>
                </RaiseFault>
                """;
    }

    static String resource(EntitySets.EntitySet set, String endpoint) {
        var resource = new java.util.ArrayList<Fragment>();
        resource.add(Fragment.text("name", set.name()));
        resource.add(Fragment.text("title", set.name()));
        for (var verb : List.of("Get", "Post", "Put", "Delete", "Head", "Option", "Patch")) {
            resource.add(Fragment.text("canShow" + verb, open(set, verb)));
        }
        for (var verb : List.of("Get", "Post", "Put", "Delete", "Head", "Option", "Patch")) {
            resource.add(Fragment.text("is" + verb + "Checked", open(set, verb)));
        }
        resource.add(Fragment.text("resource_path", "/" + set.name()));
        resource.add(Fragment.text("proxyEndPointName", endpoint));
        resource.add(Fragment.of(
                "documentations",
                new Fragment(
                        "documentation",
                        java.util.Optional.of("locale=\"en\" mimeType=\"HTML\""),
                        set.name(),
                        List.of())));
        return file(Fragment.of("APIResource", resource.toArray(Fragment[]::new)));
    }

    private static String open(EntitySets.EntitySet set, String verb) {
        return String.valueOf(set.verbs().contains(verb.toUpperCase(Locale.ROOT)));
    }

    /** The flow of a resource, for the verbs that it has. */
    static Fragment resourceFlow(EntitySets.EntitySet set, int sequence) {
        var verbs = set.verbs().stream().map("request.verb = \"%s\""::formatted).collect(Collectors.joining(" OR "));
        return Fragment.of(
                "conditionalFlow",
                Fragment.text("name", set.name()),
                message("request"),
                message("response"),
                Fragment.text("conditions", "(%s) AND (%s)".formatted(paths(set.name()), verbs)),
                Fragment.text("readOnly", "true"),
                Fragment.text("sequence", String.valueOf(sequence)));
    }

    /** The flow of those resources with any other verb. */
    static Fragment faultFlow(List<String> resources, int sequence) {
        return Fragment.of(
                "conditionalFlow",
                Fragment.text("name", FAULT_FLOW),
                message("request", step(FAULT_POLICY, "", 1)),
                message("response"),
                Fragment.text("conditions", anyOf(resources)),
                Fragment.text("readOnly", "true"),
                Fragment.text("sequence", String.valueOf(sequence)));
    }

    static String anyOf(List<String> resources) {
        return resources.stream().map(ProxyTexts::paths).collect(Collectors.joining(" OR "));
    }

    /** The set, what is below it, and single entities, whose key is in parentheses. */
    private static String paths(String set) {
        return "proxy.pathsuffix MatchesPath \"/%1$s\" OR proxy.pathsuffix MatchesPath \"/%1$s/**\" OR proxy.pathsuffix MatchesPath \"/%1$s(**\""
                .formatted(set);
    }

    private static String file(Fragment root) {
        return DECLARATION + root.written("", BETWEEN, UNIT) + "\n";
    }
}
