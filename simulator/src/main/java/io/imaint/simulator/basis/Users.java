package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_LIMIT_REACHED;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_EXISTS;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;

import io.imaint.kernel.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The users and their administration (SU01). Names are taken in any case. */
public final class Users {
    /** SAP's own limit. */
    private static final int PASSWORD_LENGTH_MAX = 40;

    /** What a check of credentials found. */
    enum Verdict {
        RIGHT,
        WRONG,
        LOCKED,
        MUST_CHANGE
    }

    private final Store store;
    private final Passwords passwords;
    private final Profile profile;
    private final Sessions sessions;

    Users(Store store, Passwords passwords, Profile profile, Sessions sessions) {
        this.store = store;
        this.passwords = passwords;
        this.profile = profile;
        this.sessions = sessions;
    }

    public List<User> list() {
        return store.now().users().entrySet().stream()
                .map(entry -> entry.getValue().user(entry.getKey()))
                .toList();
    }

    public Optional<User> find(String name) {
        var key = Account.name(name);
        return Optional.ofNullable(store.now().users().get(key)).map(account -> account.user(key));
    }

    /**
     * Makes a user without roles.
     *
     * @param mustChange the password is an initial one: the user cannot log on with it to a service
     */
    public void create(String name, Secret password, boolean mustChange) {
        var key = Account.name(name);
        if (!Account.isName(key)) {
            throw BASIS_VALUE_INVALID.because("a user's name has 1 to 12 letters, digits or _ . / -");
        }
        var account = Account.of(passwords.hash(checked(password)), mustChange, List.of());
        store.change(state -> {
            if (state.users().containsKey(key)) {
                throw BASIS_OBJECT_EXISTS.because("user " + key);
            }
            if (state.users().size() >= State.USERS_MAX) {
                throw BASIS_LIMIT_REACHED.because("%d users".formatted(State.USERS_MAX));
            }
            return state.withUser(key, account);
        });
    }

    /** Deletes a user and ends its sessions. */
    public void delete(String name) {
        var key = Account.name(name);
        store.change(state -> {
            known(state, key);
            return state.withUsers(State.changed(state.users(), users -> users.remove(key)));
        });
        passwords.forget(key);
        sessions.endAll(key);
    }

    /** Sets another password; a lock stays. */
    public void setPassword(String name, Secret password, boolean mustChange) {
        var hash = passwords.hash(checked(password));
        change(name, account -> account.withPassword(hash, mustChange));
    }

    /** Keeps a user from logging on; its open sessions go on, as SAP's do. */
    public void lock(String name) {
        change(name, account -> account.locked(User.Lock.ADMINISTRATOR));
    }

    /** Takes away a lock of either kind and forgives wrong passwords. */
    public void unlock(String name) {
        change(name, Account::unlocked);
    }

    /** Gives a role, in place of the same role with other dates. */
    public void assign(String name, RoleAssignment assignment) {
        var key = Account.name(name);
        store.change(state -> {
            if (!state.roles().containsKey(assignment.role())) {
                throw BASIS_OBJECT_UNKNOWN.because("role " + assignment.role());
            }
            var account = known(state, key);
            var assignments = new ArrayList<>(account.assignments());
            assignments.removeIf(one -> one.role().equals(assignment.role()));
            assignments.add(assignment);
            if (assignments.size() > Account.ASSIGNMENTS_MAX) {
                throw BASIS_LIMIT_REACHED.because("%d roles of one user".formatted(Account.ASSIGNMENTS_MAX));
            }
            return state.withUser(key, account.withAssignments(assignments));
        });
    }

    public void unassign(String name, String role) {
        change(name, account -> {
            var assignments = new ArrayList<>(account.assignments());
            if (!assignments.removeIf(one -> one.role().equals(role))) {
                throw BASIS_OBJECT_UNKNOWN.because("role %s of user %s".formatted(role, Account.name(name)));
            }
            return account.withAssignments(assignments);
        });
    }

    Verdict check(Credentials credentials) {
        var account = store.now().users().get(credentials.user());
        if (account == null) {
            passwords.refuseUnknown(credentials.password());
            return Verdict.WRONG;
        }
        if (!passwords.matches(credentials.user(), credentials.password(), account.passwordHash())) {
            return countWrong(credentials.user());
        }
        if (account.failedLogons() > 0) {
            account = forgiveWrong(credentials.user());
        }
        // Looked at last: while this password was computed, others may have been tried until the user was locked.
        var present = store.now().users().get(credentials.user());
        if (present == null || account == null || !present.passwordHash().equals(account.passwordHash())) {
            return Verdict.WRONG;
        }
        if (present.lock() != User.Lock.NONE) {
            return Verdict.LOCKED;
        }
        return present.mustChange() ? Verdict.MUST_CHANGE : Verdict.RIGHT;
    }

    private Verdict countWrong(String name) {
        int failsToLock = profile.number(Parameter.FAILS_TO_USER_LOCK);
        var state = store.change(present -> {
            var account = present.users().get(name);
            return account == null || account.lock() != User.Lock.NONE
                    ? present // Counting further would write the document as often as somebody likes to guess.
                    : present.withUser(name, account.failed(failsToLock));
        });
        var account = state.users().get(name);
        return account == null || account.lock() == User.Lock.NONE ? Verdict.WRONG : Verdict.LOCKED;
    }

    private @Nullable Account forgiveWrong(String name) {
        return store.change(present -> {
                    var account = present.users().get(name);
                    return account == null || account.lock() != User.Lock.NONE
                            ? present
                            : present.withUser(name, account.succeeded());
                })
                .users()
                .get(name);
    }

    private void change(String name, UnaryOperator<Account> change) {
        var key = Account.name(name);
        store.change(state -> state.withUser(key, change.apply(known(state, key))));
        passwords.forget(key);
    }

    private static Account known(State state, String key) {
        var account = state.users().get(key);
        if (account == null) {
            throw BASIS_OBJECT_UNKNOWN.because("user " + key);
        }
        return account;
    }

    private static String checked(Secret password) {
        var text = password.reveal();
        if (text.isEmpty()
                || text.length() > PASSWORD_LENGTH_MAX
                || text.chars().anyMatch(Character::isISOControl)) {
            throw BASIS_VALUE_INVALID.because("a password has 1 to %d characters, none of them a control character"
                    .formatted(PASSWORD_LENGTH_MAX));
        }
        return text;
    }
}
