package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Variables;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file of OAuthV2 says; each operation uses a part of it. Elements such as {@code <ClientId>} name the variable in which
 * the request carries the parameter.
 *
 * @param generates whether the policy answers by itself, with tokens and with errors
 * @param generatesErrors whether it does so with errors when the flow goes on in spite of them
 * @param compliant whether answers have the form of RFC 6749 instead of SAP's
 * @param prefix of an access token in the header Authorization
 */
record OAuthElements(
        String policy,
        Parameters parameters,
        Lifetimes lifetimes,
        External external,
        List<Attribute> attributes,
        List<String> grantTypes,
        List<Token> tokens,
        boolean generates,
        boolean generatesErrors,
        boolean reuses,
        boolean compliant,
        String prefix) {
    /** The variables of the parameters; empty for the default place. */
    record Parameters(
            Optional<String> grantType,
            Optional<String> clientId,
            Optional<String> code,
            Optional<String> redirectUri,
            Optional<String> responseType,
            Optional<String> scope,
            Optional<String> state,
            Optional<String> userName,
            Optional<String> password,
            Optional<String> endUser,
            Optional<String> refreshToken,
            Optional<String> accessToken) {}

    /** How long tokens hold, in milliseconds; −1 for ever. */
    record Lifetimes(Value access, Value refresh) {}

    /**
     * Tokens and clients of another authorization server.
     *
     * @param authorizes whether the variable {@code oauth_external_authorization_status} may stand for the client's secret
     * @param stores whether its tokens are kept, so that they can be verified here
     */
    record External(
            boolean authorizes,
            boolean stores,
            Optional<String> accessToken,
            Optional<String> refreshToken,
            Optional<String> code) {}

    /** An attribute of the token. */
    record Attribute(String name, Value value, boolean displayed) {
        /** Characters of a value, which may come from a request: as many as a token from elsewhere may have. */
        static final int MAX = 2048;

        /** The attribute of an element. */
        static Attribute of(PolicyReader reader) {
            var name = reader.attribute("name").orElse("");
            if (name.isEmpty()) {
                reader.error("attribute name is missing");
            }
            var value = new Value(
                    reader.attribute("ref").orElse(null), reader.text().orElse(null));
            return new Attribute(name, value, reader.attributeFlag("display", true));
        }

        /** The value now; null where there is none. */
        @Nullable
        String text(Variables variables) throws Fault {
            var text = value.text(variables);
            if (text != null && text.length() > MAX) {
                throw new Fault(
                        500,
                        "steps.oauth.v2.invalid_request",
                        "Attribute %s has more than %d characters".formatted(name, MAX));
            }
            return text;
        }
    }

    /** A token to validate or to invalidate, by its variable. */
    record Token(String variable, Kind kind, boolean cascades) {
        /** Which token. */
        enum Kind {
            ACCESS_TOKEN,
            REFRESH_TOKEN
        }
    }

    /** The smallest and the largest lifetime that SAP allows, in milliseconds. */
    private static final long LIFETIME_MIN = 180_000;

    private static final long LIFETIME_MAX = 30L * 24 * 3600 * 1000;

    static OAuthElements of(PolicyReader reader) {
        var attributes = reader.one("Attributes")
                .map(all -> all.all("Attribute").stream().map(Attribute::of).toList())
                .orElse(List.of());
        var tokens = reader.one("Tokens")
                .map(all -> all.all("Token").stream().map(OAuthElements::token).toList())
                .orElse(List.of());
        return new OAuthElements(
                reader.policy(),
                parameters(reader),
                new Lifetimes(lifetime(reader, "ExpiresIn"), lifetime(reader, "RefreshTokenExpiresIn")),
                external(reader),
                attributes,
                grantTypes(reader),
                tokens,
                enabled(reader, "GenerateResponse"),
                enabled(reader, "GenerateErrorResponse"),
                reader.flag("ReuseRefreshToken", false),
                reader.flag("RFCCompliantRequestResponse", false),
                reader.text("AccessTokenPrefix").orElse("Bearer"));
    }

    private static Parameters parameters(PolicyReader reader) {
        return new Parameters(
                reader.text("GrantType"),
                reader.text("ClientId"),
                reader.text("Code"),
                reader.text("RedirectUri"),
                reader.text("ResponseType"),
                reader.text("Scope"),
                reader.text("State"),
                reader.text("UserName"),
                reader.text("PassWord"),
                reader.text("AppEndUser"),
                reader.text("RefreshToken"),
                reader.text("AccessToken"));
    }

    private static External external(PolicyReader reader) {
        return new External(
                reader.flag("ExternalAuthorization", false),
                reader.flag("StoreToken", false),
                reader.text("ExternalAccessToken"),
                reader.text("ExternalRefreshToken"),
                reader.text("ExternalAuthorizationCode"));
    }

    /** {@code <GenerateResponse/>} alone switches it on. */
    private static boolean enabled(PolicyReader reader, String element) {
        return reader.one(element)
                .map(found -> found.attributeFlag("enabled", true)
                        && !found.text().orElse("true").equalsIgnoreCase("false"))
                .orElse(false);
    }

    private static Value lifetime(PolicyReader reader, String element) {
        var value = reader.value(element);
        var text = value.literal();
        if (text != null) {
            try {
                long millis = Long.parseLong(text);
                if (millis != -1 && (millis < LIFETIME_MIN || millis > LIFETIME_MAX)) {
                    reader.warn(
                            "<%s> is outside of what SAP allows: 180000 to 2592000000 milliseconds".formatted(element));
                }
                if (millis != -1 && millis <= 0) {
                    reader.error("<%s> must be positive, or -1".formatted(element));
                }
            } catch (NumberFormatException none) {
                reader.error("<%s> must be a whole number of milliseconds".formatted(element));
            }
        }
        return value;
    }

    private static List<String> grantTypes(PolicyReader reader) {
        var known = List.of("authorization_code", "implicit", "password", "client_credentials", "refresh_token");
        var types = reader.one("SupportedGrantTypes")
                .map(all -> all.all("GrantType").stream()
                        .flatMap(type -> type.text().stream())
                        .map(type -> type.toLowerCase(Locale.ROOT))
                        .toList())
                .orElse(List.of());
        types.stream()
                .filter(type -> !known.contains(type))
                .forEach(type -> reader.error("grant type '%s' must be one of %s".formatted(type, known)));
        return types.isEmpty() ? List.of("authorization_code", "implicit") : types;
    }

    private static Token token(PolicyReader token) {
        var variable = token.text().orElse("");
        if (variable.isEmpty()) {
            token.error("<Token> must name the variable of the token");
        }
        var kind = token.attribute("type")
                .map(type -> token.word(type, Token.Kind.class, Token.Kind.ACCESS_TOKEN))
                .orElse(Token.Kind.ACCESS_TOKEN);
        return new Token(variable, kind, token.attributeFlag("cascade", false));
    }
}
