package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.Tokens;

/**
 * Revokes tokens, or approves them again. With {@code cascade} an access token takes its refresh token with it.
 *
 * <p>A refresh token does not take its access tokens with it, because a token is only found by its own text; they expire by
 * themselves.
 */
final class ChangeTokenStatus implements Policy {
    private final OAuthElements elements;
    private final Status status;
    private final Tokens tokens;

    ChangeTokenStatus(OAuthElements elements, PolicyReader reader, Status status) {
        this.elements = elements;
        this.status = status;
        this.tokens = reader.parts().tokens();
        if (elements.tokens().isEmpty()) {
            reader.error("<Tokens> needs a <Token> that names the variable of a token");
        }
        for (var token : elements.tokens()) {
            if (token.cascades()
                    && (status == Status.APPROVED || token.kind() == OAuthElements.Token.Kind.REFRESH_TOKEN)) {
                reader.warn("cascade is applied only where an access token is invalidated");
            }
        }
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        for (var token : elements.tokens()) {
            var text = context.text(token.variable());
            if (text == null || text.isEmpty()) {
                throw new Fault(
                        500,
                        "steps.oauth.v2.FailedToResolveToken",
                        "Failed to resolve token variable " + token.variable());
            }
            switch (token.kind()) {
                case ACCESS_TOKEN -> accessToken(text, token.cascades());
                case REFRESH_TOKEN -> change(AccessToken.Kind.REFRESH, text, "invalid_refresh_token");
            }
        }
    }

    private void accessToken(String text, boolean cascades) throws Fault {
        var refreshHash =
                change(AccessToken.Kind.ACCESS, text, "invalid_access_token").refreshHash();
        if (cascades && status == Status.REVOKED && refreshHash.isPresent()) {
            // Where it is gone, it was used up or has expired.
            var unused = tokens.change(AccessToken.Kind.REFRESH, refreshHash.get(), token -> token.with(status));
        }
    }

    private AccessToken change(AccessToken.Kind kind, String text, String name) throws Fault {
        var changed = tokens.change(kind, Hashes.of(text), token -> token.with(status));
        if (changed.isEmpty()) {
            throw new Fault(
                    401,
                    "keymanagement.service." + name,
                    "Invalid " + (kind == AccessToken.Kind.ACCESS ? "Access" : "Refresh") + " Token");
        }
        return changed.get();
    }
}
