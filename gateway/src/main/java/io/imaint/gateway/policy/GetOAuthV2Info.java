package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.AccessToken.Kind;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Tells in variables what is known of a token, an authorization code or a client.
 *
 * <p>Keys, secrets and other tokens are kept as hashes: {@code client_id} of a token is the hash of its key, and there are no
 * variables {@code client_secret} and {@code refresh_token} but of what the request shows itself. Assumption: faults have
 * status 500, as those of other policies that read what a proxy names.
 */
final class GetOAuthV2Info implements Policy {
    static final PolicyType TYPE = new PolicyType("GetOAuthV2Info", "oauthV2", GetOAuthV2Info::compile);

    private static final String FAULTS = "keymanagement.service.";

    private final String policy;
    private final Value accessToken;
    private final Value code;
    private final Value refreshToken;
    private final Value clientId;
    private final boolean anyStatus;
    private final Tokens tokens;
    private final Registry registry;
    private final ApplicationVariables clientVariables;

    private GetOAuthV2Info(PolicyReader reader) {
        this.policy = reader.policy();
        this.accessToken = reader.value("AccessToken");
        this.code = reader.value("AuthorizationCode");
        this.refreshToken = reader.value("RefreshToken");
        this.clientId = reader.value("ClientId");
        this.anyStatus = reader.flag("IgnoreAccessTokenStatus", false);
        this.tokens = reader.parts().tokens();
        this.registry = reader.parts().registry();
        this.clientVariables = new ApplicationVariables("oauthv2client." + policy + ".");
    }

    private static Policy compile(PolicyReader reader) {
        var compiled = new GetOAuthV2Info(reader);
        if (!compiled.accessToken.isGiven()
                && !compiled.code.isGiven()
                && !compiled.refreshToken.isGiven()
                && !compiled.clientId.isGiven()) {
            reader.error("one of <AccessToken>, <AuthorizationCode>, <RefreshToken>, <ClientId> must name a variable");
        }
        return compiled;
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        if (clientId.isGiven()) {
            client(context);
        }
        if (accessToken.isGiven()) {
            access(context);
        }
        if (code.isGiven()) {
            code(context);
        }
        if (refreshToken.isGiven()) {
            refresh(context);
        }
    }

    private void client(FlowContext context) throws Fault {
        var key = clientId.text(context);
        var consumer = key == null || key.length() > VerifyAPIKey.KEY_MAX
                ? null
                : registry.consumer(key).orElse(null);
        if (key == null || consumer == null) {
            throw new Fault(500, FAULTS + "invalid_client-invalid_client_id", "ClientId is Invalid");
        }
        clientVariables.note(context, consumer, null);
        var prefix = "oauthv2client." + policy + ".";
        context.note(prefix + "client_id", key);
        consumer.application().attributes().forEach((name, value) -> context.note(prefix + name, value));
    }

    private void access(FlowContext context) throws Fault {
        var text = accessToken.text(context);
        var token = found(context, Kind.ACCESS, text);
        if (text == null || token == null || (!anyStatus && token.status() != Status.APPROVED)) {
            throw new Fault(500, FAULTS + "invalid_access_token", "Invalid Access Token");
        }
        if (!anyStatus && GenerateAccessToken.expired(context, token)) {
            throw new Fault(500, FAULTS + "expired_access_token", "Access Token expired");
        }
        noteAccess(context, registry, token, text, "oauthv2accesstoken." + policy + ".");
    }

    /** Sets the variables of an access token. */
    static void noteAccess(FlowContext context, Registry registry, AccessToken token, String text, String prefix) {
        var application = registry.application(token.applicationId());
        TokenProfile.of(token, new TokenProfile.Known(application, token.keyHash(), text, null, null), context)
                .note(context, prefix);
        context.note(prefix + "grant_type", token.grantType());
        context.note(prefix + "developer.app.id", token.applicationId());
        context.note(
                prefix + "developer.app.name",
                application.map(Application::name).orElse(""));
        context.note(
                prefix + "developer.id", application.map(Application::developer).orElse(""));
        context.note(prefix + "app_enduser", token.user());
        token.attributes().forEach((name, value) -> {
            context.note(prefix + "accesstoken." + name, value);
            context.note(prefix + name, value);
        });
    }

    private void code(FlowContext context) throws Fault {
        var text = code.text(context);
        var token = found(context, Kind.CODE, text);
        if (text == null || token == null) {
            throw new Fault(500, FAULTS + "invalid_request-authorization_code_invalid", "Invalid Authorization Code");
        }
        if (GenerateAccessToken.expired(context, token)) {
            throw new Fault(500, FAULTS + "authorization_code_expired", "Authorization Code expired");
        }
        var prefix = "oauthv2authcode." + policy + ".";
        context.note(prefix + "code", text);
        context.note(prefix + "id", text);
        context.note(prefix + "client_id", token.keyHash());
        context.note(prefix + "organization_id", "0");
        context.note(prefix + "issued_at", Long.toString(token.issuedAt().toEpochMilli()));
        context.note(
                prefix + "expires_in",
                TokenProfile.seconds(token, context.state().clock().instant()));
        context.note(prefix + "redirect_uri", token.redirectUri());
        context.note(prefix + "status", TokenProfile.status(token));
        context.note(prefix + "scope", String.join(" ", token.scopes()));
        // The state of the request is one of the attributes.
        token.attributes().forEach((name, value) -> context.note(prefix + name, value));
    }

    private void refresh(FlowContext context) throws Fault {
        var text = refreshToken.text(context);
        var token = found(context, Kind.REFRESH, text);
        if (text == null || token == null || token.status() != Status.APPROVED) {
            throw new Fault(500, FAULTS + "invalid_refresh_token", "Invalid Refresh Token");
        }
        if (GenerateAccessToken.expired(context, token)) {
            throw new Fault(500, FAULTS + "refresh_token_expired", "Refresh Token expired");
        }
        var application = registry.application(token.applicationId());
        var prefix = "oauthv2refreshtoken." + policy + ".";
        context.note(prefix + "refresh_token", text);
        context.note(prefix + "client_id", token.keyHash());
        context.note(prefix + "refresh_count", Integer.toString(token.refreshCount()));
        context.note(prefix + "organization_name", "default");
        context.note(
                prefix + "refresh_token_expires_in",
                TokenProfile.seconds(token, context.state().clock().instant()));
        context.note(
                prefix + "refresh_token_issued_at",
                Long.toString(token.issuedAt().toEpochMilli()));
        context.note(prefix + "refresh_token_status", TokenProfile.status(token));
        context.note(prefix + "scope", String.join(" ", token.scopes()));
        context.note(
                prefix + "developer.email",
                application.map(Application::developer).orElse(""));
        context.note(
                prefix + "developer.id", application.map(Application::developer).orElse(""));
        context.note(
                prefix + "developer.app.name",
                application.map(Application::name).orElse(""));
        context.note(prefix + "developer.app.id", token.applicationId());
        token.attributes().forEach((name, value) -> context.note(prefix + "accesstoken." + name, value));
    }

    private @Nullable AccessToken found(FlowContext context, Kind kind, @Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > TokenIssuer.EXTERNAL_MAX) {
            return null;
        }
        var remembered = tokens.remembered(kind, text);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        context.mayWait();
        return tokens.find(kind, text).orElse(null);
    }
}
