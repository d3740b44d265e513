package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes access tokens, refresh tokens and authorization codes, and keeps them. All methods wait. */
final class TokenIssuer {
    /** As long as SAP's; 62 characters make 166 bits of them. */
    private static final int ACCESS_LENGTH = 28;

    /** Of refresh tokens and codes. */
    private static final int LONG_LENGTH = 32;

    /** SAP's limit of a token from elsewhere, in characters. */
    static final int EXTERNAL_MAX = 2048;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static final Duration ACCESS_LIFETIME = Duration.ofHours(1);

    /** Nobody documents SAP's default; this is the longest that it allows for access tokens. */
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

    /** The longest that RFC 6749 recommends. */
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    /**
     * What a token is made of.
     *
     * @param refreshCount how often it was refreshed
     */
    record Grant(
            OAuthRequest.Client client,
            String type,
            List<String> products,
            List<String> scopes,
            String user,
            int refreshCount,
            Map<String, String> attributes) {}

    /** A refresh token: its text and its record. */
    record Refresh(String text, AccessToken token) {
        @Override
        public String toString() {
            return token.applicationId();
        }
    }

    private final OAuthElements elements;
    private final Tokens tokens;
    private final RandomGenerator random;

    TokenIssuer(OAuthElements elements, PolicyReader reader) {
        this.elements = elements;
        this.tokens = reader.parts().tokens();
        this.random = reader.parts().random();
    }

    /** The attributes that the policy gives a token; those without value are left out. */
    Map<String, String> attributes(FlowContext context) throws Fault {
        var attributes = new HashMap<String, String>();
        for (var attribute : elements.attributes()) {
            var value = attribute.text(context);
            if (value != null) {
                attributes.put(attribute.name(), value);
            }
        }
        return attributes;
    }

    /** Those attributes of a token that its client may see. */
    Map<String, String> shown(Map<String, String> attributes) {
        var shown = new HashMap<>(attributes);
        elements.attributes().stream()
                .filter(attribute -> !attribute.displayed())
                .forEach(attribute -> shown.remove(attribute.name()));
        return shown;
    }

    /** A new refresh token. */
    Refresh refreshToken(FlowContext context, Grant grant) throws Fault, OAuthRequest.Refused {
        var text = external(context, elements.external().refreshToken(), AccessToken.Kind.REFRESH, grant);
        var shown = text == null ? text(LONG_LENGTH) : text;
        var lifetime = lifetime(context, elements.lifetimes().refresh(), REFRESH_LIFETIME);
        var token = token(context, AccessToken.Kind.REFRESH, shown, grant, lifetime, Optional.empty(), "");
        keep(token, text != null);
        return new Refresh(shown, token);
    }

    /** A new access token, and what clients learn about it. */
    TokenProfile accessToken(FlowContext context, Grant grant, @Nullable Refresh refresh)
            throws Fault, OAuthRequest.Refused {
        var text = external(context, elements.external().accessToken(), AccessToken.Kind.ACCESS, grant);
        var shown = text == null ? text(ACCESS_LENGTH) : text;
        var lifetime = lifetime(context, elements.lifetimes().access(), ACCESS_LIFETIME);
        var refreshHash = Optional.ofNullable(refresh).map(one -> one.token().hash());
        var token = token(context, AccessToken.Kind.ACCESS, shown, grant, lifetime, refreshHash, "");
        keep(token, text != null);
        var client = grant.client();
        return TokenProfile.of(
                token,
                new TokenProfile.Known(
                        Optional.of(client.consumer().application()),
                        client.key(),
                        shown,
                        refresh == null ? null : refresh.text(),
                        refresh == null ? null : refresh.token()),
                context);
    }

    /** A new authorization code. */
    String code(FlowContext context, Grant grant, String redirectUri) throws Fault, OAuthRequest.Refused {
        var text = external(context, elements.external().code(), AccessToken.Kind.CODE, grant);
        var shown = text == null ? text(LONG_LENGTH) : text;
        var lifetime = lifetime(context, elements.lifetimes().access(), CODE_LIFETIME);
        keep(
                token(context, AccessToken.Kind.CODE, shown, grant, lifetime, Optional.empty(), redirectUri),
                text != null);
        return shown;
    }

    /** A token from elsewhere is kept only where the policy says so. */
    private void keep(AccessToken token, boolean external) throws OAuthRequest.Refused {
        boolean kept = (external && !elements.external().stores()) || tokens.add(token);
        if (!kept) {
            throw invalidExternal();
        }
    }

    private static OAuthRequest.Refused invalidExternal() {
        return new OAuthRequest.Refused(OAuthFault.invalidRequest("Invalid external token"));
    }

    /** A token that another authorization server made; null where the policy makes it. */
    private @Nullable String external(
            FlowContext context, Optional<String> variable, AccessToken.Kind kind, Grant grant)
            throws Fault, OAuthRequest.Refused {
        if (variable.isEmpty()) {
            return null;
        }
        var text = context.text(variable.get());
        if (text == null || text.isEmpty()) {
            throw new Fault(
                    500, "steps.oauth.v2.FailedToResolveToken", "Failed to resolve token variable " + variable.get());
        }
        var keyHash = grant.client().consumer().credential().keyHash();
        // Nobody takes over a token by naming it.
        if (text.length() > EXTERNAL_MAX
                || tokens.find(kind, text)
                        .filter(other -> !other.keyHash().equals(keyHash))
                        .isPresent()) {
            throw invalidExternal();
        }
        return text;
    }

    private AccessToken token(
            FlowContext context,
            AccessToken.Kind kind,
            String text,
            Grant grant,
            Optional<Duration> lifetime,
            Optional<String> refreshHash,
            String redirectUri) {
        var now = Instant.ofEpochMilli(context.state().clock().millis());
        var consumer = grant.client().consumer();
        return new AccessToken(
                Hashes.of(text),
                kind,
                consumer.credential().keyHash(),
                consumer.application().id(),
                grant.products(),
                grant.scopes(),
                grant.type(),
                grant.user(),
                now,
                lifetime.map(now::plus),
                refreshHash,
                redirectUri,
                grant.refreshCount(),
                Application.Status.APPROVED,
                Map.copyOf(grant.attributes()));
    }

    /** Empty for ever. */
    private static Optional<Duration> lifetime(FlowContext context, Value value, Duration otherwise) throws Fault {
        var text = value.text(context);
        if (text == null) {
            return Optional.of(otherwise);
        }
        try {
            long millis = Long.parseLong(text.strip());
            if (millis == -1) {
                return Optional.empty();
            }
            if (millis > 0) {
                return Optional.of(Duration.ofMillis(millis));
            }
        } catch (NumberFormatException none) {
            // As wrong as zero.
        }
        throw new Fault(500, "steps.oauth.v2.InvalidValueForExpiresIn", "Invalid value for ExpiresIn : " + text);
    }

    private String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
