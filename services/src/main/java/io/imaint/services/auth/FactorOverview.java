package io.imaint.services.auth;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import java.util.List;

/** Says what of second factors a user has set up, and what they could set up here. */
final class FactorOverview implements Routed {
    private final Passwords passwords;
    private final RelyingParty party;

    FactorOverview(Passwords passwords, RelyingParty party) {
        this.passwords = passwords;
        this.party = party;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/auth/second-factors", "Says which second factors the caller has set up")
                .permits(Access.SELF)
                .answers(SetUp.class)
                .handles(this::setUp));
    }

    /** What a user has, without anything secret. */
    record SetUp(
            @Description("Whether there is an authenticator app")
            boolean app,

            int passkeys,

            @Description("How many recovery codes are left") int recoveryCodes,

            @Description("Whether browsers offer passkeys at the address in public-url")
            boolean passkeysUsable) {}

    private SetUp setUp() {
        var credential = passwords.of(Caller.current().id());
        return new SetUp(credential.app(), credential.passkeys().size(), credential.codesLeft(), party.usable());
    }
}
