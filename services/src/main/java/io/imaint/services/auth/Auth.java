package io.imaint.services.auth;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.services.user.PasswordSetter;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Sign-in: the routes by which users and machines prove who they are. */
public final class Auth implements Routed {
    /** What differs between the program and a test. */
    record Surroundings(InstantSource clock, SecureRandom random, PasswordHashing.Cost cost) {}

    private final List<Routed> parts;
    private final Passwords passwords;
    private final PasswordHashing hashing;
    private final FirstRun firstRun;

    private Auth(List<Routed> parts, Passwords passwords, PasswordHashing hashing, FirstRun firstRun) {
        this.firstRun = firstRun;
        this.parts = parts;
        this.passwords = passwords;
        this.hashing = hashing;
    }

    static Auth start(Store store, Access access, AuthSettings settings, Surroundings surroundings) {
        var clock = surroundings.clock;
        var tokens = new RandomTokens(surroundings.random);
        var cookies = new CookieNames(settings.secure());
        var hashing = new PasswordHashing(surroundings.cost, access.parts().key(), tokens);
        var throttle = new SignInThrottle(clock, surroundings.random);
        var passwords = new Passwords(store, hashing, access, tokens, clock);
        var recovery = new Recovery(passwords, hashing, tokens, clock);
        var factors = new SecondFactors(store, passwords, recovery, access, tokens, throttle, clock);
        var passkeys = new Passkeys(store, passwords, recovery, access, settings.relyingParty(), tokens, clock);
        var checks = new SignIn.Checks(passwords, hashing, factors, passkeys, throttle);
        var signIn = new SignIn(store, checks, access, cookies, tokens);
        var firstRun = new FirstRun(store, passwords, tokens, throttle, clock);
        var parts = List.<Routed>of(
                new SignInRoutes(store, signIn, access, cookies),
                new PasswordRoutes(passwords, hashing, throttle, clock),
                firstRun,
                factors,
                passkeys,
                new FactorOverview(passwords, settings.relyingParty()),
                access.parts().apiKeys(),
                new SigningKeyRoutes(access.parts().keys()));
        return new Auth(parts, passwords, hashing, firstRun);
    }

    /** Sets passwords in the name of the caller. */
    public PasswordSetter passwords() {
        return passwords;
    }

    /** How the first administrator comes in. */
    public FirstRun firstRun() {
        return firstRun;
    }

    /** Hashes that were computed since the start. */
    int hashesComputed() {
        return hashing.count();
    }

    @Override
    public List<Route> routes() {
        return parts.stream().map(Routed::routes).flatMap(List::stream).toList();
    }
}
