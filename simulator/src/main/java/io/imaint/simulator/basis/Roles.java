package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_LIMIT_REACHED;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_EXISTS;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The roles, their administration (PFCG), and what they permit. */
public final class Roles {
    private final Store store;
    private final InstantSource clock;

    Roles(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public List<Role> list() {
        return List.copyOf(store.now().roles().values());
    }

    public Optional<Role> find(String name) {
        return Optional.ofNullable(store.now().roles().get(name));
    }

    /** Makes a role that permits nothing. */
    public void create(String name, String description) {
        var role = valid(() -> new Role(name, description, Collections.emptySortedSet(), List.of()));
        store.change(state -> withNew(state, role));
    }

    public void copy(String from, String to) {
        store.change(state -> {
            var role = known(state, from);
            return withNew(state, valid(() -> role.named(to, role.description())));
        });
    }

    /** Deletes a role and takes it from all users. */
    public void delete(String name) {
        verifyChangeable(name);
        store.change(state -> {
            known(state, name);
            var users = State.changed(
                    state.users(),
                    all -> all.replaceAll((key, account) -> account.withAssignments(account.assignments().stream()
                            .filter(assignment -> !assignment.role().equals(name))
                            .toList())));
            return state.withRoles(State.changed(state.roles(), roles -> roles.remove(name)))
                    .withUsers(users);
        });
    }

    public void describe(String name, String description) {
        change(name, role -> role.named(name, description));
    }

    public void addTransaction(String name, String transaction) {
        change(name, role -> role.with(transaction));
    }

    public void removeTransaction(String name, String transaction) {
        change(name, role -> {
            if (!role.transactions().contains(transaction)) {
                throw BASIS_OBJECT_UNKNOWN.because("transaction %s of role %s".formatted(transaction, name));
            }
            return role.without(transaction);
        });
    }

    /** Grants an authorization, in place of what the role granted of the same object. */
    public void authorize(String name, Authorization authorization) {
        change(name, role -> role.with(authorization));
    }

    /** Sets the values of S_SERVICE's field SRV_NAME: the services' hashes, from {@link UsobHash}. */
    public void setServiceNames(String name, List<String> hashes) {
        change(name, role -> role.withServiceNames(hashes));
    }

    /** True when one of the user's roles that are valid today permits the transaction. */
    public boolean permits(String user, String transaction) {
        return anyRole(user, role -> role.permits(transaction));
    }

    /** True when one of the user's roles that are valid today permits the service that the hash names. */
    public boolean permitsService(String user, String hash) {
        return anyRole(user, role -> role.permitsService(hash));
    }

    private boolean anyRole(String user, Predicate<Role> permits) {
        var state = store.now();
        var account = state.users().get(Account.name(user));
        if (account == null) {
            return false;
        }
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (var assignment : account.assignments()) {
            var role = state.roles().get(assignment.role());
            if (role != null && assignment.validOn(today) && permits.test(role)) {
                return true;
            }
        }
        return false;
    }

    private void change(String name, UnaryOperator<Role> change) {
        verifyChangeable(name);
        store.change(state -> {
            var role = known(state, name);
            return state.withRole(valid(() -> change.apply(role)));
        });
    }

    private static State withNew(State state, Role role) {
        if (role.name().startsWith("SAP_")) {
            throw BASIS_VALUE_INVALID.because("names that begin with SAP_ are SAP's");
        }
        if (state.roles().containsKey(role.name())) {
            throw BASIS_OBJECT_EXISTS.because("role " + role.name());
        }
        if (state.roles().size() >= State.ROLES_MAX) {
            throw BASIS_LIMIT_REACHED.because("%d roles".formatted(State.ROLES_MAX));
        }
        return state.withRole(role);
    }

    private static void verifyChangeable(String name) {
        if (name.equals(Role.ALL)) {
            throw BASIS_VALUE_INVALID.because("role %s is SAP's and stays as it is".formatted(name));
        }
    }

    private static Role known(State state, String name) {
        var role = state.roles().get(name);
        if (role == null) {
            throw BASIS_OBJECT_UNKNOWN.because("role " + name);
        }
        return role;
    }

    private static Role valid(Supplier<Role> role) {
        try {
            return role.get();
        } catch (IllegalArgumentException invalid) {
            throw BASIS_VALUE_INVALID.because(String.valueOf(invalid.getMessage()), invalid);
        }
    }
}
