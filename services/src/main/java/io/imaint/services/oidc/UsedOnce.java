package io.imaint.services.oidc;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import java.time.Instant;

/**
 * What providers send is good once in the whole installation, not only in the process to which it came first. This is kept
 * until it would be refused as too old anyway.
 *
 * @param id a hash, so that the store has nothing to sign in with
 */
record UsedOnce(String id, Instant endsAt) {
    static final CollectionType<UsedOnce> TYPE = CollectionType.of("OidcUsed", UsedOnce.class, UsedOnce::id)
            .unscoped("who signs in is not known yet")
            .expires("endsAt");

    private static String id(String kind, String value) {
        return UserIdentity.id(kind, value);
    }

    /** Whether a value was used. */
    static boolean used(Store store, String kind, String value) {
        return store.documents(TYPE).find(id(kind, value)).isPresent();
    }

    /** Uses a value; false when it was used before, in this process or another. */
    static boolean use(Store store, String kind, String value, Instant endsAt) {
        return store.documents(TYPE).insert(new UsedOnce(id(kind, value), endsAt)) instanceof Written.Done;
    }
}
