package io.imaint.services.auth;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.user.PasswordSetter;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.services.user.Users;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The credentials of users. */
final class Passwords implements PasswordSetter {
    static final Duration RESET_LIFE = Duration.ofMinutes(30);

    private final Store store;
    private final Users users;
    private final PasswordHashing hashing;
    private final Access access;
    private final RandomTokens tokens;
    private final InstantSource clock;
    private final PasswordPolicy policy = new PasswordPolicy();

    Passwords(Store store, PasswordHashing hashing, Access access, RandomTokens tokens, InstantSource clock) {
        this.store = store;
        this.users = new Users(store);
        this.hashing = hashing;
        this.access = access;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What a user signs in with; nothing for one who has never had a password. */
    Credential of(String user) {
        return documents().find(user).map(Stored::value).orElseGet(() -> Credential.none(user));
    }

    private Documents<Credential> documents() {
        return store.as(Caller.current()).documents(AuthCollections.CREDENTIALS);
    }

    /** Changes what a user signs in with, and tries again when somebody else does so too. */
    void change(String user, UnaryOperator<Credential> change, Fact... facts) {
        var written = tryChange(user, change::apply, facts);
        assert written.isPresent() : user;
    }

    /** A change that may not be allowed any more when it is to be written. */
    interface Step {
        /** The credential after the step; null when the step is not allowed. */
        @Nullable
        Credential of(Credential before);
    }

    /** As {@link #change}, but empty and nothing is written when the step is not allowed. */
    Optional<Credential> tryChange(String user, Step step, Fact... facts) {
        while (true) {
            var after = new AtomicReference<@Nullable Credential>();
            var standing = documents().update(user, stored -> {
                var next = step.of(stored.value());
                after.set(next);
                return next == null ? null : Change.of(next, facts);
            });
            if (standing.isPresent()) {
                return Optional.ofNullable(after.get());
            }
            var first = step.of(Credential.none(user));
            if (first == null || documents().insert(first, facts) instanceof Written.Done) {
                return Optional.ofNullable(first);
            }
        }
    }

    @Override
    public void set(String userId, char[] password) {
        set(found(userId), password);
    }

    private User found(String user) {
        return users.find(user).map(Stored::value).orElseThrow(() -> AuthProblem.CREDENTIAL_USER_UNKNOWN.because(user));
    }

    /** Refuses a password that is too weak for a user who is still to be made. */
    void requireStrong(String user, char[] password) {
        policy.require(password, user, null);
    }

    private void set(User user, char[] password) {
        policy.require(password, user.id(), user.displayName());
        var hash = hashing.hash(password, clock.instant());
        change(user.id(), credential -> credential.with(hash));
        signOut(user.id(), "password changed");
    }

    /** Ends all sessions of a user and makes open tokens void. A user who was invited can sign in from now on. */
    void signOut(String user, String reason) {
        store.as(Caller.current())
                .documents(UserCollections.USERS)
                .update(
                        user,
                        stored -> Change.of(stored.value()
                                .raised(
                                        stored.value().status() == User.Status.INVITED
                                                ? User.Status.ACTIVE
                                                : stored.value().status())));
        access.endAll(user, reason);
    }

    /** Makes a password's hash anew when it was made at another cost; the password was right just now. */
    void renew(Credential credential, char[] password) {
        var stored = credential.password();
        if (stored != null && hashing.outdated(stored)) {
            var fresh = hashing.hash(password, stored.setAt());
            change(credential.user(), now -> stored.equals(now.password()) ? now.renewed(fresh) : now);
        }
    }

    /** Makes a code with which a user sets a password once. Who has it is that user, so the caller must hold their rights. */
    String resetCode(String userId) {
        var user = found(userId);
        users.requireRightsOf(user);
        var code = tokens.secret();
        var reset = new Credential.Reset(
                RandomTokens.hash(code), user.rightsVersion(), clock.instant().plus(RESET_LIFE));
        change(user.id(), credential -> credential.with(reset));
        return code;
    }

    /** Sets a password by a code. Second factors stay. */
    void reset(String userId, String code, char[] password) {
        var user = users.find(userId).map(Stored::value);
        var reset = Optional.ofNullable(of(userId).reset());
        var hash = RandomTokens.hash(code);
        boolean good = reset.filter(known -> RandomTokens.same(hash, known.hash()))
                .filter(known -> clock.instant().isBefore(known.endsAt()))
                .filter(known -> user.filter(who -> who.rightsVersion() == known.rightsVersion())
                        .isPresent())
                .isPresent();
        if (!good || user.get().status() == User.Status.DISABLED) {
            throw AuthProblem.RESET_CODE_INVALID.because(
                    "it is not the newest code of this user, or 30 minutes are over");
        }
        set(user.get(), password);
    }
}
