package io.imaint.integration.odata;

import io.imaint.kernel.settings.Secret;
import java.net.URI;

/** How a client shows who it is. */
public sealed interface Credentials {
    /** A SAP user, who logs on with each request. An empty name sends nothing. */
    record Basic(String user, Secret password) implements Credentials {}

    /** An application of API Management, by its key alone. */
    record ApiKey(Secret key) implements Credentials {}

    /** An application of API Management, which gets access tokens for its key and secret (OAuth 2.0, client credentials). */
    record Application(URI tokenUrl, Secret key, Secret secret) implements Credentials {}

    /** Who it is, for messages; keys are not shown. */
    default String shown() {
        return switch (this) {
            case Basic basic -> "user " + basic.user;
            case ApiKey key -> "an application with an API key";
            case Application application -> "an application with tokens of " + application.tokenUrl;
        };
    }

    /** What must not be known: a password, a key, or the secret of a key. */
    default Secret secret() {
        return switch (this) {
            case Basic basic -> basic.password;
            case ApiKey key -> key.key;
            case Application application -> application.secret;
        };
    }

    /** The same with another password, key or secret. */
    default Credentials with(Secret changed) {
        return switch (this) {
            case Basic basic -> new Basic(basic.user, changed);
            case ApiKey key -> new ApiKey(changed);
            case Application application -> new Application(application.tokenUrl, application.key, changed);
        };
    }

    /** The user's name where SAP sees it; empty where API Management logs on instead. */
    default String user() {
        return this instanceof Basic basic ? basic.user : "";
    }
}
