package io.imaint.services.oidc;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.services.auth.AuthService;
import io.imaint.store.StoreService;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Declares sign-in at other providers. */
public final class OidcService {
    public static final ServiceModule<Oidc> MODULE = ServiceModule.named(
                    "auth-service", Group.BUSINESS, "Sign-in at Google, Microsoft & OpenID Providers")
            .needs(StoreService.MODULE, AuthService.ACCESS)
            .reads(OidcSettings::read)
            .starts((needs, settings) -> new Oidc(
                    needs.the(StoreService.MODULE),
                    needs.the(AuthService.ACCESS),
                    settings,
                    new SecureRandom(),
                    InstantSource.system()));

    private OidcService() {}
}
