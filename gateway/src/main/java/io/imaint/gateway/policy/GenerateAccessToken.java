package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token endpoint: exchanges the credentials of a client, and what its grant needs, for an access token.
 *
 * <p>With the grant {@code password} somebody else must have checked the user's password; only that there is one is checked here,
 * as SAP does.
 */
final class GenerateAccessToken implements Policy {
    /** An attribute of authorization codes that tokens do not inherit. */
    static final String STATE = "state";

    private final OAuthElements elements;
    private final boolean refreshesOnly;
    private final TokenIssuer issuer;
    private final Tokens tokens;
    private final Registry registry;

    /**
     * @param refreshesOnly whether it is the operation that takes no other grant
     */
    GenerateAccessToken(OAuthElements elements, PolicyReader reader, boolean refreshesOnly) {
        this.elements = elements;
        this.refreshesOnly = refreshesOnly;
        this.issuer = new TokenIssuer(elements, reader);
        this.tokens = reader.parts().tokens();
        this.registry = reader.parts().registry();
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        try {
            var request = new OAuthRequest(context, elements, registry, false);
            var type = grantType(request);
            var client = request.authenticated();
            switch (type) {
                case "client_credentials" -> issue(context, fresh(context, request, client, type, ""), null);
                case "password" -> password(context, request, client);
                case "authorization_code" -> exchange(context, request, client);
                default -> refresh(context, request, client);
            }
        } catch (OAuthRequest.Refused refused) {
            throw refused.fault().toFault(context, elements);
        }
    }

    private String grantType(OAuthRequest request) throws OAuthRequest.Refused {
        if (refreshesOnly) {
            return "refresh_token";
        }
        var type = request.parameter("grant_type", elements.parameters().grantType());
        if (type == null) {
            throw new OAuthRequest.Refused(OAuthFault.missing("grant_type"));
        }
        // The implicit grant has an operation of its own.
        if (!elements.grantTypes().contains(type) || type.equals("implicit")) {
            throw new OAuthRequest.Refused(OAuthFault.unsupportedGrant(type));
        }
        return type;
    }

    /** A grant of everything that the client may have and asks for. */
    private TokenIssuer.Grant fresh(
            FlowContext context, OAuthRequest request, OAuthRequest.Client client, String type, String user)
            throws Fault, OAuthRequest.Refused {
        return new TokenIssuer.Grant(
                client,
                type,
                Approval.products(client.consumer()),
                request.scopes(OAuthRequest.scopesOf(client.consumer())),
                user(context, user),
                0,
                issuer.attributes(context));
    }

    /** The end user whom the policy names, or the one that the grant knows. */
    private String user(FlowContext context, String otherwise) {
        return elements.parameters()
                .endUser()
                .map(context::text)
                .filter(found -> !found.isEmpty())
                .orElse(otherwise);
    }

    private void password(FlowContext context, OAuthRequest request, OAuthRequest.Client client)
            throws Fault, OAuthRequest.Refused {
        var user = required(request, "username", elements.parameters().userName());
        required(request, "password", elements.parameters().password());
        var grant = fresh(context, request, client, "password", user);
        issue(context, grant, issuer.refreshToken(context, grant));
    }

    private static String required(OAuthRequest request, String name, Optional<String> variable)
            throws OAuthRequest.Refused {
        var value = request.parameter(name, variable);
        if (value == null) {
            throw new OAuthRequest.Refused(OAuthFault.missing(name));
        }
        return value;
    }

    private void exchange(FlowContext context, OAuthRequest request, OAuthRequest.Client client)
            throws Fault, OAuthRequest.Refused {
        var text = required(request, "code", elements.parameters().code());
        var code = tokens.find(AccessToken.Kind.CODE, text).orElse(null);
        if (code == null || !isOf(code, client) || !approved(code) || expired(context, code)) {
            throw invalidCode();
        }
        if (!code.redirectUri().isEmpty()) {
            var redirect =
                    required(request, "redirect_uri", elements.parameters().redirectUri());
            if (!redirect.equals(code.redirectUri())) {
                throw new OAuthRequest.Refused(OAuthFault.invalidRequest("Invalid redirect_uri : " + redirect));
            }
        }
        // Of two requests with the same code only one gets a token.
        if (tokens.take(AccessToken.Kind.CODE, text)
                .filter(GenerateAccessToken::approved)
                .isEmpty()) {
            throw invalidCode();
        }
        var grant = inherited(context, code, client, "authorization_code", 0);
        issue(context, grant, issuer.refreshToken(context, grant));
    }

    private static OAuthRequest.Refused invalidCode() {
        return new OAuthRequest.Refused(new OAuthFault(
                400,
                "invalid_request",
                "Invalid Authorization Code",
                "steps.oauth.v2.invalid_request-authorization_code_invalid"));
    }

    private void refresh(FlowContext context, OAuthRequest request, OAuthRequest.Client client)
            throws Fault, OAuthRequest.Refused {
        var text = required(request, "refresh_token", elements.parameters().refreshToken());
        var old = tokens.find(AccessToken.Kind.REFRESH, text).orElse(null);
        if (old == null || !isOf(old, client) || !approved(old)) {
            throw new OAuthRequest.Refused(OAuthFault.invalidRefreshToken());
        }
        if (expired(context, old)) {
            throw new OAuthRequest.Refused(OAuthFault.expiredRefreshToken());
        }
        var inherited = inherited(context, old, client, old.grantType(), old.refreshCount() + 1);
        var grant = new TokenIssuer.Grant(
                client,
                inherited.type(),
                inherited.products(),
                request.scopes(old.scopes()),
                inherited.user(),
                inherited.refreshCount(),
                inherited.attributes());
        if (elements.reuses()) {
            var again = tokens.change(AccessToken.Kind.REFRESH, old.hash(), GenerateAccessToken::refreshed)
                    .filter(GenerateAccessToken::approved)
                    .orElseThrow(() -> new OAuthRequest.Refused(OAuthFault.invalidRefreshToken()));
            issue(context, grant, new TokenIssuer.Refresh(text, again));
            return;
        }
        // Somebody may have revoked it since it was found.
        if (tokens.take(AccessToken.Kind.REFRESH, text)
                .filter(GenerateAccessToken::approved)
                .isEmpty()) {
            throw new OAuthRequest.Refused(OAuthFault.invalidRefreshToken());
        }
        // The new refresh token keeps all scopes, though this access token may have fewer.
        issue(context, grant, issuer.refreshToken(context, inherited));
    }

    private TokenIssuer.Grant inherited(
            FlowContext context, AccessToken from, OAuthRequest.Client client, String type, int refreshCount)
            throws Fault {
        Map<String, String> attributes = new HashMap<>(from.attributes());
        attributes.remove(STATE);
        attributes.putAll(issuer.attributes(context));
        return new TokenIssuer.Grant(
                client, type, from.products(), from.scopes(), user(context, from.user()), refreshCount, attributes);
    }

    private static boolean approved(AccessToken token) {
        return token.status() == Application.Status.APPROVED;
    }

    private static AccessToken refreshed(AccessToken token) {
        return approved(token) ? token.refreshed() : token;
    }

    private static boolean isOf(AccessToken token, OAuthRequest.Client client) {
        return token.keyHash().equals(client.consumer().credential().keyHash());
    }

    static boolean expired(FlowContext context, AccessToken token) {
        var expiry = token.expiresAt();
        return expiry.isPresent()
                && context.state().clock().millis() >= expiry.get().toEpochMilli();
    }

    private void issue(FlowContext context, TokenIssuer.Grant grant, TokenIssuer.@Nullable Refresh refresh)
            throws Fault, OAuthRequest.Refused {
        var profile = issuer.accessToken(context, grant, refresh);
        var prefix = "oauthv2accesstoken." + elements.policy() + ".";
        profile.note(context, prefix);
        context.note(prefix + "grant_type", grant.type());
        grant.attributes().forEach((name, value) -> context.note(prefix + "accesstoken." + name, value));
        context.note("client_id", grant.client().key());
        context.note("access_token", Objects.requireNonNull(profile.text("access_token")));
        if (elements.generates()) {
            respond(
                    context,
                    elements.compliant()
                            ? profile.compliantAnswer()
                            : profile.answer(issuer.shown(grant.attributes())));
        }
    }

    /** Answers the client; in a request flow nothing follows. */
    static void respond(FlowContext context, Message answer) {
        context.response(answer);
        if (context.state().phase().isRequest()) {
            context.answerNow(answer);
        }
    }
}
