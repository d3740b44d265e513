package io.imaint.services.auth;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.services.user.PasswordSetter;
import io.imaint.store.CollectionType;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Declares sign-in. */
public final class AuthService {
    /** Who requests come from; every process that answers requests checks them by it. */
    public static final ServiceModule<Access> ACCESS = ServiceModule.named(
                    "access", Group.FOUNDATION, "Checks access tokens, sessions and API keys")
            .needs(StoreService.MODULE)
            .reads(AuthSettings::read)
            .starts((needs, settings) -> Access.over(needs.the(StoreService.MODULE), settings));

    public static final ServiceModule<Auth> MODULE = ServiceModule.named(
                    "auth-api-service", Group.BUSINESS, "Sign-in, Sessions & API Keys")
            .needs(StoreService.MODULE, ACCESS)
            .reads(AuthSettings::read)
            .starts((needs, settings) -> start(needs.the(StoreService.MODULE), needs.the(ACCESS), settings));

    /** The API keys, which hold permissions. */
    public static final CollectionType<?> API_KEYS = AuthCollections.API_KEYS;

    private AuthService() {}

    private static Auth start(Store store, Access access, AuthSettings settings) {
        return Auth.start(
                store,
                access,
                settings,
                new Auth.Surroundings(InstantSource.system(), new SecureRandom(), PasswordHashing.Cost.STANDARD));
    }

    /** Sets passwords in a store without the services running. */
    public static PasswordSetter passwords(Store store, AuthSettings settings) {
        return start(store, Access.over(store, settings), settings).passwords();
    }
}
