package io.imaint.app;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.auth.AuthService;
import io.imaint.services.auth.AuthSettings;
import io.imaint.services.user.PasswordSetter;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint users}. */
@Command(
        name = "users",
        description = {
            "Lists and administers users.",
            "It runs on the machine of the store and with all rights.",
            "The same is done over the API by users who hold users.read and users.edit."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            UsersCommand.All.class,
            UsersCreateCommand.class,
            UsersCommand.Disable.class,
            UsersCommand.Enable.class,
            UsersImportCommand.class,
            UsersExportCommand.class
        },
        footer = {"", "Example: imaint users create anna --role technician --plant 1000 --password-file anna.txt"})
final class UsersCommand implements Callable<Integer>, SettingOptions.User {
    @Mixin
    private Listing listing = new Listing();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    UsersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return listing.print(spec, terminal);
    }

    /** Does work with the users in the store of a command's settings. The audit trail names the command line. */
    static int with(CommandSpec spec, ToIntFunction<Users> work) {
        return with(spec, (users, passwords) -> work.applyAsInt(users));
    }

    static int with(CommandSpec spec, ToIntBiFunction<Users, PasswordSetter> work) {
        var settings = SettingOptions.read(spec);
        try (var store = OpenStore.verified(settings)) {
            return ScopedValue.where(Caller.scoped(), Caller.system("command-line"))
                    .call(() -> work.applyAsInt(
                            new Users(store), AuthService.passwords(store, AuthSettings.read(settings))));
        }
    }

    /** A user for programs. */
    static Map<String, @Nullable Object> facts(User user) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("id", user.id());
        facts.put("displayName", user.displayName());
        facts.put("email", user.email());
        facts.put("status", user.status().toString());
        facts.put("roles", user.roles());
        facts.put("groups", user.groups());
        facts.put("allPlants", user.allPlants());
        facts.put("plants", user.plants().stream().map(Object::toString).toList());
        return facts;
    }

    /** The list of users, which is printed with the word list and without it. */
    static final class Listing {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        int print(CommandSpec spec, Terminal terminal) {
            return with(spec, users -> {
                var all = users.all();
                if (json) {
                    terminal.json(all.stream().map(UsersCommand::facts).toList());
                } else if (all.isEmpty()) {
                    terminal.line("No users yet. `imaint users create` creates one.");
                } else {
                    TextTable.lines(rows(all)).forEach(terminal::line);
                }
                return Main.DONE;
            });
        }

        private static List<List<String>> rows(List<User> users) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("USER", "STATUS", "ROLES", "GROUPS", "PLANTS", "NAME"));
            users.forEach(user -> rows.add(List.of(
                    user.id(),
                    user.status().toString(),
                    String.join(",", user.roles()),
                    String.join(",", user.groups()),
                    user.allPlants()
                            ? "all"
                            : String.join(
                                    ",",
                                    user.plants().stream().map(Object::toString).toList()),
                    JsonAsText.harmless(user.displayName()))));
            return rows;
        }
    }

    /** {@code imaint users list}. */
    @Command(
            name = "list",
            description = "Lists users.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint users list --json"})
    static final class All implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Mixin
        private Listing listing = new Listing();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        All(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return listing.print(spec, terminal);
        }
    }

    /** The users whose status a command sets. */
    static final class Named {
        @Parameters(arity = "1..*", paramLabel = "user", description = "the users")
        private List<String> ids = List.of();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        int set(User.Status status, CommandSpec spec, Terminal terminal) {
            return with(spec, users -> {
                var changed = ids.stream().map(id -> users.set(id, status)).toList();
                if (json) {
                    terminal.json(changed.stream().map(UsersCommand::facts).toList());
                } else {
                    changed.forEach(user -> terminal.line(user.id() + ": " + user.status()));
                }
                return Main.DONE;
            });
        }
    }

    /** {@code imaint users disable}. */
    @Command(
            name = "disable",
            description = {
                "Keeps users from signing in and ends their sessions.",
                "The last active administrator cannot be disabled."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint users disable anna"})
    static final class Disable implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Mixin
        private Named named = new Named();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Disable(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return named.set(User.Status.DISABLED, spec, terminal);
        }
    }

    /** {@code imaint users enable}. */
    @Command(
            name = "enable",
            description = "Lets users sign in again.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint users enable anna"})
    static final class Enable implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Mixin
        private Named named = new Named();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        Enable(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return named.set(User.Status.ACTIVE, spec, terminal);
        }
    }
}
