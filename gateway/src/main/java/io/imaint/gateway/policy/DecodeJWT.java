package io.imaint.gateway.policy;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWEObject;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.text.ParseException;

/** Reads a JSON web token without any proof that what it says is true. */
final class DecodeJWT implements Policy {
    static final PolicyType TYPE = new PolicyType("DecodeJWT", "jwt", DecodeJWT::compile);

    /** Where a token is without {@code <Source>}. */
    static final String SOURCE = "request.header.authorization";

    /** Characters of a token, far more than a header may have. */
    static final int TOKEN_MAX = 64 * 1024;

    private static final String BEARER = "Bearer ";

    private final JwtPolicy policy;
    private final String source;

    private DecodeJWT(JwtPolicy policy, String source) {
        this.policy = policy;
        this.source = source;
    }

    private static Policy compile(PolicyReader reader) {
        return new DecodeJWT(JwtPolicy.of(reader), reader.text("Source").orElse(SOURCE));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var text = context.text(source);
        if (text == null) {
            throw policy.fault("InvalidToken", "Invalid token");
        }
        try {
            var token = JOSEObject.parse(bare(text, policy));
            if (token instanceof JWEObject) {
                throw policy.fault("FailedToDecode", "Failed to Decode Token");
            }
            JwtVariables.note(context, policy, token, JwtVariables.claims(token, policy));
        } catch (ParseException | IllegalArgumentException invalid) {
            throw policy.fault("FailedToDecode", "Failed to Decode Token");
        }
    }

    /** A token without the name of its scheme. */
    static String bare(String text, JwtPolicy policy) throws Fault {
        if (text.length() > TOKEN_MAX) {
            throw policy.fault("FailedToDecode", "Failed to Decode Token");
        }
        var stripped = text.strip();
        return stripped.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? stripped.substring(BEARER.length()).strip()
                : stripped;
    }
}
