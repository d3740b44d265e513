package io.imaint.simulator.basis;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * All that the simulated system remembers, as one value: a change makes a new one, so a reader never sees half of it.
 *
 * @param format the version of this document's form
 * @param parameters only those that were set
 */
record State(
        int format,
        SortedMap<String, Account> users,
        SortedMap<String, Role> roles,
        SortedMap<String, String> parameters,
        Gateway gateway,
        Imports imports) {
    static final int FORMAT = 1;

    /** Ten times the users of a large plant. */
    static final int USERS_MAX = 10_000;

    static final int ROLES_MAX = 1000;

    State {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format %d, but %d is read".formatted(format, FORMAT));
        }
        if (users.size() > USERS_MAX || roles.size() > ROLES_MAX) {
            throw new IllegalArgumentException("too many users or roles");
        }
        users = copy(users);
        roles = copy(roles);
        parameters = copy(parameters);
        users.keySet().forEach(name -> require(Account.isName(name), name));
        roles.forEach((name, role) -> require(name.equals(role.name()), name));
        parameters.forEach((key, value) ->
                require(Parameter.find(key).filter(one -> one.permits(value)).isPresent(), key));
    }

    private static void require(boolean right, String name) {
        if (!right) {
            throw new IllegalArgumentException("'%s' is not possible".formatted(name));
        }
    }

    State withUser(String name, Account account) {
        return withUsers(changed(users, map -> map.put(name, account)));
    }

    State withUsers(SortedMap<String, Account> changed) {
        return new State(format, changed, roles, parameters, gateway, imports);
    }

    State withRole(Role role) {
        return withRoles(changed(roles, map -> map.put(role.name(), role)));
    }

    State withRoles(SortedMap<String, Role> changed) {
        return new State(format, users, changed, parameters, gateway, imports);
    }

    State withParameter(String key, String value) {
        return new State(format, users, roles, changed(parameters, map -> map.put(key, value)), gateway, imports);
    }

    State withGateway(Gateway changed) {
        return new State(format, users, roles, parameters, changed, imports);
    }

    State withImports(Imports changed) {
        return new State(format, users, roles, parameters, gateway, changed);
    }

    static <V> SortedMap<String, V> changed(SortedMap<String, V> map, Consumer<SortedMap<String, V>> change) {
        var copy = new TreeMap<>(map);
        change.accept(copy);
        return copy;
    }

    static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
