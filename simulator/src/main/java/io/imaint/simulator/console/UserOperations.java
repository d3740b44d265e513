package io.imaint.simulator.console;

import io.imaint.kernel.settings.Secret;
import io.imaint.simulator.basis.Authorization;
import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Role;
import io.imaint.simulator.basis.RoleAssignment;
import io.imaint.simulator.basis.User;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import io.imaint.simulator.state.Refusal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Users and roles. */
final class UserOperations {
    private final Basis basis;

    UserOperations(Basis basis) {
        this.basis = basis;
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("users", (user, arguments) -> users());
        works.put("users show", (user, arguments) -> show(arguments.text("name")));
        works.put("users create", (user, arguments) -> create(arguments));
        works.put("users delete", (user, arguments) -> delete(arguments.text("name")));
        works.put("users password", (user, arguments) -> password(arguments));
        works.put("users lock", (user, arguments) -> lock(arguments.text("name")));
        works.put("users unlock", (user, arguments) -> unlock(arguments.text("name")));
        works.put("users assign", (user, arguments) -> assign(arguments));
        works.put("users unassign", (user, arguments) -> unassign(arguments));
        works.put("roles", (user, arguments) -> roles());
        works.put("roles show", (user, arguments) -> role(arguments.text("name")));
        works.put("roles create", (user, arguments) -> createRole(arguments));
        works.put("roles copy", (user, arguments) -> copyRole(arguments));
        works.put("roles describe", (user, arguments) -> describe(arguments));
        works.put("roles delete", (user, arguments) -> deleteRole(arguments.text("name")));
        works.put("roles add-transaction", (user, arguments) -> addTransaction(arguments));
        works.put("roles remove-transaction", (user, arguments) -> removeTransaction(arguments));
        works.put("roles authorize", (user, arguments) -> authorize(arguments));
        works.put("roles permit-service", (user, arguments) -> permitService(arguments));
    }

    private Result users() {
        var rows = basis.users().list().stream()
                .map(user -> new Entry(
                        List.of(
                                user.name(),
                                lock(user),
                                user.failedLogons(),
                                user.mustChange() ? "initial" : "",
                                user.assignments().stream()
                                        .map(RoleAssignment::role)
                                        .collect(Collectors.joining(" "))),
                        AdminOperations.id("name", user.name())))
                .toList();
        return new Result()
                .with(new Table(
                        "users",
                        "Users",
                        List.of("user", "lock", "wrongPasswords", "password", "roles"),
                        rows,
                        List.of("users show", "users lock", "users unlock", "users password", "users delete")));
    }

    private static String lock(User user) {
        return switch (user.lock()) {
            case NONE -> "";
            case ADMINISTRATOR -> "by administrator";
            case WRONG_PASSWORDS -> "wrong passwords";
        };
    }

    private Result show(String name) {
        var user = basis.users()
                .find(name)
                .orElseThrow(() ->
                        Refusal.notFound("01/124", "User %s does not exist".formatted(name.toUpperCase(Locale.ROOT))));
        var rows = user.assignments().stream()
                .map(role -> new Entry(
                        List.of(role.role(), role.from().toString(), role.to().toString()),
                        Map.of("name", List.of(user.name()), "role", List.of(role.role()))))
                .toList();
        return new Result()
                .with("user", user.name())
                .with("lock", lock(user))
                .with("wrongPasswords", user.failedLogons())
                .with("initialPassword", user.mustChange())
                .with(new Table("roles", "Roles", List.of("role", "from", "to"), rows, List.of("users unassign")));
    }

    private Result create(Arguments arguments) {
        var name = arguments.text("name");
        basis.users().create(name, new Secret(arguments.text("password")), arguments.flag("initial"));
        return show(name).saying("User created");
    }

    private Result delete(String name) {
        basis.users().delete(name);
        return users().saying("User deleted");
    }

    private Result password(Arguments arguments) {
        var name = arguments.text("name");
        basis.users().setPassword(name, new Secret(arguments.text("password")), arguments.flag("initial"));
        return show(name).saying("Password set");
    }

    private Result lock(String name) {
        basis.users().lock(name);
        return show(name).saying("User locked");
    }

    private Result unlock(String name) {
        basis.users().unlock(name);
        return show(name).saying("User unlocked");
    }

    private Result assign(Arguments arguments) {
        var always = RoleAssignment.always(arguments.text("role"));
        LocalDate from = arguments.date("from").orElse(always.from());
        LocalDate to = arguments.date("to").orElse(always.to());
        if (to.isBefore(from) || from.isBefore(always.from()) || to.isAfter(always.to())) {
            throw new WrongUse("a role is valid from a day to a later one, not from %s to %s".formatted(from, to));
        }
        var name = arguments.text("name");
        basis.users().assign(name, new RoleAssignment(always.role(), from, to));
        return show(name).saying("Role assigned");
    }

    private Result unassign(Arguments arguments) {
        var name = arguments.text("name");
        basis.users().unassign(name, arguments.text("role"));
        return show(name).saying("Role taken away");
    }

    private Result roles() {
        var rows = basis.roles().list().stream()
                .map(role -> new Entry(
                        List.of(
                                role.name(),
                                role.description(),
                                role.transactions().size(),
                                role.authorizations().size()),
                        AdminOperations.id("name", role.name())))
                .toList();
        return new Result()
                .with(new Table(
                        "roles",
                        "Roles",
                        List.of("role", "description", "transactions", "authorizations"),
                        rows,
                        List.of("roles show", "roles delete")));
    }

    private Result role(String name) {
        Role role = basis.roles()
                .find(name)
                .orElseThrow(() -> Refusal.notFound("S#/409", "Role %s does not exist".formatted(name)));
        var transactions = role.transactions().stream()
                .map(transaction -> new Entry(
                        List.of(transaction),
                        Map.of("name", List.of(role.name()), "transaction", List.of(transaction))))
                .toList();
        var authorizations = new ArrayList<Entry>();
        for (var authorization : role.authorizations()) {
            authorization
                    .fields()
                    .forEach((field, values) -> authorizations.add(
                            new Entry(List.of(authorization.object(), field, String.join(" ", values)), Map.of())));
        }
        return new Result()
                .with("role", role.name())
                .with("description", role.description())
                .with(new Table(
                        "transactions",
                        "Transactions (S_TCODE)",
                        List.of("transaction"),
                        transactions,
                        List.of("roles remove-transaction")))
                .with(new Table(
                        "authorizations",
                        "Authorizations",
                        List.of("object", "field", "values"),
                        authorizations,
                        List.of()));
    }

    private Result createRole(Arguments arguments) {
        var name = arguments.text("name");
        basis.roles().create(name, arguments.optional("description").orElse(""));
        return role(name).saying("Role created");
    }

    private Result copyRole(Arguments arguments) {
        var to = arguments.text("to");
        basis.roles().copy(arguments.text("from"), to);
        return role(to).saying("Role copied");
    }

    private Result describe(Arguments arguments) {
        var name = arguments.text("name");
        basis.roles().describe(name, arguments.text("description"));
        return role(name).saying("Description saved");
    }

    private Result deleteRole(String name) {
        basis.roles().delete(name);
        return roles().saying("Role deleted, also from its users");
    }

    private Result addTransaction(Arguments arguments) {
        var name = arguments.text("name");
        basis.roles().addTransaction(name, arguments.text("transaction"));
        return role(name).saying("Transaction permitted");
    }

    private Result removeTransaction(Arguments arguments) {
        var name = arguments.text("name");
        basis.roles().removeTransaction(name, arguments.text("transaction"));
        return role(name).saying("Transaction permitted no longer");
    }

    private Result authorize(Arguments arguments) {
        var name = arguments.text("name");
        var fields = new TreeMap<String, List<String>>();
        arguments
                .pairs("values")
                .forEach((field, values) -> fields.put(field, List.of((values == null ? "" : values).split(",", -1))));
        Authorization authorization;
        try {
            authorization = new Authorization(arguments.text("object"), fields);
        } catch (IllegalArgumentException refused) {
            throw new WrongUse(refused.getMessage() + " cannot be granted like this");
        }
        basis.roles().authorize(name, authorization);
        return role(name).saying("Authorization granted");
    }

    private Result permitService(Arguments arguments) {
        var name = arguments.text("name");
        var hashes = arguments.words("hashes");
        basis.hashes().verify(hashes);
        try {
            basis.roles().setServiceNames(name, hashes);
        } catch (IllegalArgumentException refused) {
            throw new WrongUse(refused.getMessage() + " takes no such value");
        }
        return role(name).saying("Values of S_SERVICE saved");
    }
}
