package io.imaint.gateway.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets only calls pass with a JSON web token whose signature, times and claims are right.
 *
 * <p>The policy's list of algorithms decides how a signature is checked, never the token alone, and all of the list are of one
 * family: a public key is never taken for a shared secret. Variables hold claims only when the token is valid.
 */
final class VerifyJWT implements Policy {
    static final PolicyType TYPE = new PolicyType("VerifyJWT", "jwt", VerifyJWT::compile);

    private record Expected(Value issuer, Value subject, Value audience, Value id) {}

    private final JwtPolicy policy;
    private final String source;
    private final List<JWSAlgorithm> algorithms;
    private final JwtVerification verification;
    private final Expected expected;
    private final List<JwtClaim> claims;
    private final List<JwtClaim> headers;
    private final Duration allowance;
    private final Set<String> knownHeaders;
    private final boolean ignoresCritical;

    private VerifyJWT(PolicyReader reader, List<JWSAlgorithm> algorithms) {
        this.policy = JwtPolicy.of(reader);
        this.source = reader.text("Source").orElse(DecodeJWT.SOURCE);
        this.algorithms = algorithms;
        this.knownHeaders = reader.text("KnownHeaders")
                .map(list -> Set.copyOf(Arrays.asList(list.split("\\s*,\\s*"))))
                .orElse(Set.of());
        this.ignoresCritical = reader.flag("IgnoreCriticalHeaders", false);
        this.verification = JwtVerification.of(reader, policy, algorithms.getFirst());
        this.expected = new Expected(
                reader.value("Issuer"), reader.value("Subject"), reader.value("Audience"), reader.value("Id"));
        this.claims = JwtPolicy.claims(reader, "AdditionalClaims", JwtPolicy.REGISTERED);
        this.headers = JwtPolicy.claims(reader, "AdditionalHeaders", Set.of("alg", "typ"));
        this.allowance = reader.text("TimeAllowance")
                .flatMap(text -> JwtTimes.duration(reader, "TimeAllowance", text))
                .orElse(Duration.ZERO);
    }

    private static Policy compile(PolicyReader reader) {
        return new VerifyJWT(reader, JwtVerification.algorithms(reader));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.note(policy.prefix() + "valid", false);
        var text = context.text(source);
        if (text == null || text.isEmpty()) {
            throw policy.fault("FailedToResolveVariable", "Failed to resolve variable(%s)".formatted(source));
        }
        var token = parsed(DecodeJWT.bare(text, policy));
        checkHeader(token);
        if (!verified(context, token)) {
            throw policy.fault("InvalidToken", "Invalid token");
        }
        var found = JwtVariables.claims(token, policy);
        checkTimes(context, found);
        checkClaims(context, found, token.getHeader().toJSONObject());
        JwtVariables.note(context, policy, token, found);
        context.note(policy.prefix() + "valid", true);
    }

    private JWSObject parsed(String text) throws Fault {
        try {
            return JWSObject.parse(text);
        } catch (ParseException | IllegalArgumentException invalid) {
            throw policy.fault("FailedToDecode", "Failed to Decode Token");
        }
    }

    private void checkHeader(JWSObject token) throws Fault {
        if (!algorithms.contains(token.getHeader().getAlgorithm())) {
            var names = algorithms.stream().map(JWSAlgorithm::getName).collect(Collectors.joining(","));
            throw new Fault(
                    401,
                    algorithms.size() == 1
                            ? "steps.jwt.AlgorithmMismatch"
                            : "steps.jwt.AlgorithmInTokenNotPresentInConfiguration",
                    "Algorithm in header did not match any algorithm specified in Configuration: policy(%s) algorithm(%s)"
                            .formatted(policy.name(), names));
        }
        var critical = token.getHeader().getCriticalParams();
        if (!ignoresCritical && critical != null && !knownHeaders.containsAll(critical)) {
            throw policy.fault("UnhandledCriticalHeader", "Unhandled critical header");
        }
    }

    private boolean verified(FlowContext context, JWSObject token) throws Fault {
        var critical = token.getHeader().getCriticalParams();
        var verifier = verification.verifier(context, token.getHeader(), critical == null ? Set.of() : critical);
        try {
            return token.verify(verifier);
        } catch (JOSEException | IllegalStateException invalid) {
            return false;
        }
    }

    private void checkTimes(FlowContext context, Map<String, Object> found) throws Fault {
        var now = context.state().clock().instant();
        for (var name : List.of("exp", "nbf")) {
            if (found.containsKey(name) && JwtVariables.time(found.get(name)) == null) {
                throw policy.fault("InvalidToken", "Invalid token");
            }
        }
        var expiry = JwtVariables.time(found.get("exp"));
        if (expiry != null && !now.isBefore(expiry.plus(allowance))) {
            context.note(policy.prefix() + "is_expired", true);
            throw policy.fault("TokenExpired", "Token expired");
        }
        var begin = JwtVariables.time(found.get("nbf"));
        if (begin != null && now.plus(allowance).isBefore(begin)) {
            throw policy.fault("TokenNotYetValid", "Token is not yet valid");
        }
    }

    private void checkClaims(FlowContext context, Map<String, Object> found, Map<String, Object> header) throws Fault {
        check(context, expected.issuer, found.get("iss"), "JwtIssuerMismatch", "Issuer mismatch");
        check(context, expected.subject, found.get("sub"), "JwtSubjectMismatch", "Subject mismatch");
        check(context, expected.id, found.get("jti"), "InvalidClaim", "Invalid claim(jti)");
        if (expected.audience.isGiven()) {
            var wanted = policy.text(context, expected.audience);
            var audiences = found.get("aud") instanceof List<?> list ? list : List.of(String.valueOf(found.get("aud")));
            if (!audiences.contains(wanted)
                    && Arrays.stream(wanted.split("\\s*,\\s*")).noneMatch(audiences::contains)) {
                throw policy.fault("JwtAudienceMismatch", "Audience mismatch");
            }
        }
        for (var claim : claims) {
            if (!JwtClaim.same(claim.resolved(context, policy), found.get(claim.name()))) {
                throw policy.fault("InvalidClaim", "Invalid claim(%s)".formatted(claim.name()));
            }
        }
        for (var claim : headers) {
            if (!JwtClaim.same(claim.resolved(context, policy), header.get(claim.name()))) {
                throw policy.fault("InvalidClaim", "Invalid header(%s)".formatted(claim.name()));
            }
        }
    }

    private void check(
            FlowContext context,
            Value wanted,
            @org.jspecify.annotations.Nullable Object found,
            String code,
            String text)
            throws Fault {
        if (wanted.isGiven() && !policy.text(context, wanted).equals(found)) {
            throw policy.fault(code, text);
        }
    }
}
