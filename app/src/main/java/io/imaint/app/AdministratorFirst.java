package io.imaint.app;

import io.imaint.kernel.http.Authenticator;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import java.util.Optional;

/** The administrator's token, and everybody else: users with tokens or cookies, machines with API keys. */
record AdministratorFirst(AdminToken administrator, Authenticator others) implements Authenticator {
    @Override
    public Optional<Caller> authenticate(String bearerToken) {
        return administrator.authenticate(bearerToken).or(() -> others.authenticate(bearerToken));
    }

    @Override
    public Optional<Caller> authenticate(String bearerToken, String address) {
        return administrator.authenticate(bearerToken).or(() -> others.authenticate(bearerToken, address));
    }

    @Override
    public Optional<Caller> authenticateCookies(String cookies) {
        return others.authenticateCookies(cookies);
    }

    @Override
    public Failure refusal(Caller caller, String detail) {
        return others.refusal(caller, detail);
    }
}
