package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.registry.Application.Status;

/** OAuth 2.0: token and authorization endpoints, and the check of access tokens. Each operation has a class of its own. */
final class OAuthV2 {
    static final PolicyType TYPE = new PolicyType("OAuthV2", "oauthV2", OAuthV2::compile);

    private enum Operation {
        GENERATE_ACCESS_TOKEN,
        GENERATE_ACCESS_TOKEN_IMPLICIT_GRANT,
        GENERATE_AUTHORIZATION_CODE,
        REFRESH_ACCESS_TOKEN,
        VERIFY_ACCESS_TOKEN,
        VALIDATE_TOKEN,
        INVALIDATE_TOKEN
    }

    private OAuthV2() {}

    private static Policy compile(PolicyReader reader) {
        reader.require("Operation");
        var operation = reader.choice("Operation", Operation.class, Operation.VERIFY_ACCESS_TOKEN);
        var elements = OAuthElements.of(reader);
        return switch (operation) {
            case GENERATE_ACCESS_TOKEN -> new GenerateAccessToken(elements, reader, false);
            case GENERATE_ACCESS_TOKEN_IMPLICIT_GRANT -> new GenerateAuthorization(elements, reader, true);
            case GENERATE_AUTHORIZATION_CODE -> new GenerateAuthorization(elements, reader, false);
            case REFRESH_ACCESS_TOKEN -> new GenerateAccessToken(elements, reader, true);
            case VERIFY_ACCESS_TOKEN -> new VerifyAccessToken(elements, reader);
            case VALIDATE_TOKEN -> new ChangeTokenStatus(elements, reader, Status.APPROVED);
            case INVALIDATE_TOKEN -> new ChangeTokenStatus(elements, reader, Status.REVOKED);
        };
    }
}
