package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All policies that there are. */
public final class Policies {
    public static final List<PolicyType> ALL = List.of(
            AccessControl.TYPE,
            AccessEntity.TYPE,
            AssignMessage.TYPE,
            BasicAuthentication.TYPE,
            new PolicyType("ConcurrentRatelimit", "concurrentratelimit", Policies::retired),
            DecodeJWT.TYPE,
            ExtractVariables.TYPE,
            GenerateJWT.TYPE,
            GenerateSAMLAssertion.TYPE,
            GetOAuthV2Info.TYPE,
            InvalidateCache.TYPE,
            JSONThreatProtection.TYPE,
            JSONToXML.TYPE,
            Javascript.TYPE,
            KeyValueMapOperations.TYPE,
            LookupCache.TYPE,
            MessageLogging.TYPE,
            MessageValidation.TYPE,
            OAuthV2.TYPE,
            PopulateCache.TYPE,
            Quota.TYPE,
            RaiseFault.TYPE,
            RegularExpressionProtection.TYPE,
            ResetQuota.TYPE,
            ResponseCache.TYPE,
            Script.TYPE,
            ServiceCallout.TYPE,
            SetOAuthV2Info.TYPE,
            SpikeArrest.TYPE,
            StatisticsCollector.TYPE,
            ValidateSAMLAssertion.TYPE,
            VerifyAPIKey.TYPE,
            VerifyJWT.TYPE,
            XMLThreatProtection.TYPE,
            XMLToJSON.TYPE,
            XSL.TYPE);

    /** Those that only Apigee has. */
    private static final List<String> APIGEE = List.of(
            "CORS",
            "DecodeJWS",
            "DeleteOAuthV2Info",
            "FlowCallout",
            "GenerateJWS",
            "GraphQL",
            "HMAC",
            "JavaCallout",
            "MonetizationLimitsCheck",
            "OASValidation",
            "OAuthV1",
            "RevokeOAuthV2",
            "VerifyJWS");

    /** By the root element of their files; also those that are refused with a reason of their own. */
    public static final Map<String, PolicyType> BY_ELEMENT = Stream.concat(
                    ALL.stream(), APIGEE.stream().map(name -> new PolicyType(name, name, Policies::refused)))
            .collect(Collectors.toUnmodifiableMap(PolicyType::element, Function.identity()));

    private Policies() {}

    private static Policy retired(PolicyReader reader) {
        ignored(reader);
        reader.warn("<ConcurrentRatelimit> is kept, but not applied: SAP has retired it; use <SpikeArrest> or <Quota>");
        return context -> {};
    }

    private static Policy refused(PolicyReader reader) {
        ignored(reader);
        var name = reader.element().name();
        reader.error("<%s> is a policy that only Apigee has".formatted(name));
        return context -> {
            throw new Fault(500, "steps.%s.ExecutionFailed".formatted(name), name + " can't run here");
        };
    }

    /** One remark on a policy that does not run is enough. */
    private static void ignored(PolicyReader reader) {
        reader.element().children().forEach(child -> reader.all(child.name()).forEach(Policies::ignored));
        reader.element().attributes().keySet().forEach(reader::attribute);
    }
}
