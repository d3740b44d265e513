package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Registry.Consumer;
import io.imaint.gateway.registry.Tokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets only calls pass that carry an access token of this gateway, whose products cover the call.
 *
 * <p>It waits for the store only with a token that this process does not remember. The variable {@code client_id} holds the
 * hash of the key, because the key itself is not kept; it serves as an identifier as well as the key does.
 */
final class VerifyAccessToken implements Policy {
    private static final String KEY_MANAGEMENT = "keymanagement.service.";

    private final OAuthElements elements;
    private final @Nullable String variable;
    private final String prefix;
    private final List<String> scopes;
    private final Tokens tokens;
    private final Registry registry;
    private final ApplicationVariables variables = new ApplicationVariables("");

    VerifyAccessToken(OAuthElements elements, PolicyReader reader) {
        this.elements = elements;
        this.variable = elements.parameters().accessToken().orElse(null);
        this.prefix = elements.prefix() + " ";
        this.scopes = elements.parameters()
                .scope()
                .map(scope -> List.of(scope.strip().split("\\s+")))
                .orElse(List.of());
        this.tokens = reader.parts().tokens();
        this.registry = reader.parts().registry();
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var text = shown(context);
        var remembered = text.length() > TokenIssuer.EXTERNAL_MAX
                ? null
                : tokens.remembered(AccessToken.Kind.ACCESS, text).orElse(null);
        var token = remembered;
        if (token == null && text.length() <= TokenIssuer.EXTERNAL_MAX) {
            context.mayWait();
            token = tokens.find(AccessToken.Kind.ACCESS, text).orElse(null);
        }
        if (token == null) {
            throw refused(context, KEY_MANAGEMENT + "invalid_access_token", "Invalid Access Token");
        }
        if (token.status() != Status.APPROVED) {
            throw refused(context, KEY_MANAGEMENT + "access_token_not_approved", "Access Token not approved");
        }
        if (GenerateAccessToken.expired(context, token)) {
            throw refused(context, KEY_MANAGEMENT + "access_token_expired", "Access Token expired");
        }
        var consumer = registry.consumerByHash(token.keyHash()).orElse(null);
        if (consumer == null) {
            throw refused(context, KEY_MANAGEMENT + "invalid_access_token", "Invalid Access Token");
        }
        var refusal = Approval.refusal(consumer, context.state().clock().instant());
        if (refusal != null) {
            throw refused(context, refusal.code(), refusal.text());
        }
        var product = Approval.covering(consumer, context.place(), token.products());
        if (product == null) {
            throw refused(
                    context,
                    KEY_MANAGEMENT + "InvalidAPICallAsNoApiProductMatchFound",
                    "Invalid API call as no apiproduct match found");
        }
        if (!token.scopes().containsAll(scopes)) {
            throw insufficient(context);
        }
        note(context, text, token, consumer, product);
    }

    /** The token that the request carries. */
    private String shown(FlowContext context) throws Fault {
        if (variable != null) {
            var text = context.text(variable);
            if (text == null || text.isEmpty()) {
                throw caused(
                        context,
                        new Fault(
                                500,
                                "steps.oauth.v2.FailedToResolveAccessToken",
                                "Failed to resolve access token variable " + variable));
            }
            return text.regionMatches(true, 0, prefix, 0, prefix.length()) ? text.substring(prefix.length()) : text;
        }
        var header = context.request().headers().line("Authorization");
        if (header == null
                || header.length() == prefix.length()
                || !header.regionMatches(true, 0, prefix, 0, prefix.length())) {
            throw refused(context, "oauth.v2.InvalidAccessToken", "Invalid access token");
        }
        return header.substring(prefix.length());
    }

    private Fault refused(FlowContext context, String code, String text) {
        return caused(
                context,
                new Fault(401, code, text)
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"null\",error=\"invalid_token\",error_description=\"%s: %s\""
                                        .formatted(code, text)));
    }

    private Fault insufficient(FlowContext context) {
        return caused(context, new Fault(403, "steps.oauth.v2.InsufficientScope", "Required scope(s): " + scopes));
    }

    /** Sets the variables that say why; SAP leaves the service in the name of a fault of the key management. */
    private Fault caused(FlowContext context, Fault fault) {
        var name = fault.code().startsWith(KEY_MANAGEMENT) ? fault.code() : fault.name();
        context.note("oauthV2." + elements.policy() + ".fault.name", name);
        context.note("oauthV2." + elements.policy() + ".fault.cause", fault.text());
        return fault;
    }

    private void note(FlowContext context, String text, AccessToken token, Consumer consumer, Product product) {
        variables.note(context, consumer, product);
        context.note("client_id", token.keyHash());
        context.note("access_token", text);
        context.note(
                "scope", token.scopes().size() == 1 ? token.scopes().getFirst() : String.join(" ", token.scopes()));
        context.note("status", "approved");
        context.note("token_type", "BearerToken");
        context.note("grant_type", token.grantType());
        context.note("organization_name", "default");
        context.note("issued_at", Long.toString(token.issuedAt().toEpochMilli()));
        context.note(
                "expires_in",
                TokenProfile.seconds(token, context.state().clock().instant()));
        if (!token.user().isEmpty()) {
            context.note("app_enduser", token.user());
        }
        for (var attribute : token.attributes().entrySet()) {
            context.note("accesstoken." + attribute.getKey(), attribute.getValue());
        }
    }
}
