package io.imaint.services.auth;

import io.imaint.kernel.http.Routed;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Sign-in over a store and a clock of a test in another package: one for each process that the test plays. */
public record AuthForTests(Access access, Routed routes) {
    private static final PasswordHashing.Cost CHEAP = new PasswordHashing.Cost(16, 1, 1);

    public static AuthForTests over(Store store, Settings settings, InstantSource clock) {
        var read = AuthSettings.read(settings);
        var access = Access.over(store, read, clock, new SecureRandom());
        return new AuthForTests(
                access, Auth.start(store, access, read, new Auth.Surroundings(clock, new SecureRandom(), CHEAP)));
    }

    /** Sets the password of a user who exists. */
    public void setPassword(String user, String password) {
        ((Auth) routes).passwords().set(user, password.toCharArray());
    }
}
