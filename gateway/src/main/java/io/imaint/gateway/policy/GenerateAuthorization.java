package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.registry.Registry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An authorization endpoint: sends the browser back to the application, with an authorization code, or with an access token
 * in the implicit grant. Somebody else must have asked the user before.
 *
 * <p>The browser is sent to the registered address only: an application without one gets no code, because anybody could name an
 * address of his own in its name. Assumption: SAP does not say what it does then.
 */
final class GenerateAuthorization implements Policy {
    private final OAuthElements elements;
    private final boolean implicit;
    private final TokenIssuer issuer;
    private final Registry registry;

    GenerateAuthorization(OAuthElements elements, PolicyReader reader, boolean implicit) {
        this.elements = elements;
        this.implicit = implicit;
        this.issuer = new TokenIssuer(elements, reader);
        this.registry = reader.parts().registry();
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        try {
            var request = new OAuthRequest(context, elements, registry, true);
            var client = client(request);
            checkResponseType(request);
            var redirect = redirect(request, client);
            var state = request.parameter("state", elements.parameters().state());
            var scopes = request.scopes(OAuthRequest.scopesOf(client.consumer()));
            var attributes = issuer.attributes(context);
            if (state != null && !implicit) {
                attributes.put(GenerateAccessToken.STATE, state);
            }
            var grant = new TokenIssuer.Grant(
                    client,
                    implicit ? "implicit" : "authorization_code",
                    Approval.products(client.consumer()),
                    scopes,
                    elements.parameters().endUser().map(context::text).orElse(""),
                    0,
                    attributes);
            var location = implicit
                    ? token(context, grant, redirect, state == null ? "" : "&state=" + encoded(state))
                    : code(context, grant, redirect, request, state == null ? "" : "&state=" + encoded(state));
            if (elements.generates()) {
                var answer = Message.response(302, "Found");
                answer.headers().set("Location", location);
                GenerateAccessToken.respond(context, answer);
            }
        } catch (OAuthRequest.Refused refused) {
            throw refused.fault().toFault(context, elements);
        }
    }

    /** The client; the authorization code's endpoint has another text for an unknown one. */
    private OAuthRequest.Client client(OAuthRequest request) throws OAuthRequest.Refused {
        try {
            return request.identified();
        } catch (OAuthRequest.Refused refused) {
            if (implicit || !refused.fault().equals(OAuthFault.unknownClient())) {
                throw refused;
            }
            var shown = request.parameter("client_id", elements.parameters().clientId());
            throw new OAuthRequest.Refused(new OAuthFault(
                    401,
                    "invalid_request",
                    "Invalid client id : %s. ClientId is Invalid".formatted(shown),
                    refused.fault().code()));
        }
    }

    private void checkResponseType(OAuthRequest request) throws OAuthRequest.Refused {
        var type = request.parameter("response_type", elements.parameters().responseType());
        if (type == null) {
            throw new OAuthRequest.Refused(OAuthFault.missingParameter("response_type"));
        }
        var wanted = implicit ? "token" : "code";
        if (!type.equals(wanted)) {
            throw new OAuthRequest.Refused(OAuthFault.invalidRequest("Response type must be " + wanted));
        }
    }

    private String redirect(OAuthRequest request, OAuthRequest.Client client) throws OAuthRequest.Refused {
        var registered = client.consumer().application().callbackUrl();
        var asked = request.parameter("redirect_uri", elements.parameters().redirectUri());
        if (asked == null && registered.isEmpty()) {
            throw new OAuthRequest.Refused(OAuthFault.invalidRequest("Redirection URI is required"));
        }
        if (asked != null && !asked.equals(registered)) {
            throw new OAuthRequest.Refused(OAuthFault.invalidRequest("Invalid redirection uri " + asked));
        }
        return registered;
    }

    private String code(
            FlowContext context, TokenIssuer.Grant grant, String redirect, OAuthRequest request, String state)
            throws Fault, OAuthRequest.Refused {
        var named = request.parameter("redirect_uri", elements.parameters().redirectUri());
        var code = issuer.code(context, grant, named == null ? "" : named);
        var scope = String.join(" ", grant.scopes());
        var variables = Map.of(
                "code",
                code,
                "redirect_uri",
                redirect,
                "scope",
                scope,
                "client_id",
                grant.client().key());
        variables.forEach((name, value) -> context.note("oauthv2authcode." + elements.policy() + "." + name, value));
        return redirect + (redirect.contains("?") ? "&" : "?") + "code=" + encoded(code) + state
                + (scope.isEmpty() ? "" : "&scope=" + encoded(scope));
    }

    private String token(FlowContext context, TokenIssuer.Grant grant, String redirect, String state)
            throws Fault, OAuthRequest.Refused {
        var profile = issuer.accessToken(context, grant, null);
        profile.note(context, "oauthv2accesstoken." + elements.policy() + ".");
        return redirect + "#expires_in=" + profile.text("expires_in") + "&access_token="
                + encoded(profile.text("access_token")) + state;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
