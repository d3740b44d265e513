package io.imaint.services.auth;

import io.imaint.store.CollectionType;

/** The collections of sign-in. */
final class AuthCollections {
    static final CollectionType<Credential> CREDENTIALS = CollectionType.of(
                    "Credential", Credential.class, Credential::user)
            .unscoped("what one user signs in with; nobody reads it but this service")
            .masked("password", "reset", "totp", "recovery");

    static final CollectionType<Session> SESSIONS = CollectionType.of("Sessions", Session.class, Session::id)
            .unscoped("a session of one user, which only they see")
            .masked("secretHash", "previousHash", "sealedSuccessor")
            .index("user", "signedInAt")
            .expires("endsAt");

    static final CollectionType<SessionOrigin> SESSION_ORIGINS = CollectionType.of(
                    "SessionOrigins", SessionOrigin.class, SessionOrigin::id)
            .unscoped("where a session of one user came from; nobody reads it but this service")
            .masked("sealedSignOut")
            .index("issuer", "subject")
            .index("issuer", "providerSession")
            .expires("endsAt");

    static final CollectionType<PasskeyChallenge> PASSKEY_CHALLENGES = CollectionType.of(
                    "PasskeyChallenges", PasskeyChallenge.class, PasskeyChallenge::id)
            .unscoped("a number that one user's authenticator is to sign")
            .index("user", "endsAt")
            .expires("endsAt");

    static final CollectionType<SigningKey> SIGNING_KEYS = CollectionType.of(
                    "SigningKeys", SigningKey.class, SigningKey::id)
            .unscoped("keys of the installation")
            .masked("sealedKey")
            .expires("removedAt");

    static final CollectionType<ApiKey> API_KEYS = CollectionType.of("ApiKeys", ApiKey.class, ApiKey::id)
            .unscoped("a key of one user; who may edit API keys sees them all")
            .masked("hash")
            .index("owner")
            .index("name")
            .expires("endsAt");

    private AuthCollections() {}
}
