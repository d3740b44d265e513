package io.imaint.app;

import io.imaint.services.user.Role;
import io.imaint.services.user.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint roles}. */
@Command(
        name = "roles",
        description = "Lists roles with their permissions.",
        mixinStandardHelpOptions = true,
        subcommands = RolesCommand.All.class,
        footer = {"", "Example: imaint roles list"})
final class RolesCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Mixin
    private Listing listing = new Listing();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RolesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return listing.print(spec, terminal);
    }

    /** The list of roles, which is printed with the word list and without it. */
    static final class Listing {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        int print(CommandSpec spec, Terminal terminal) {
            return UsersCommand.with(spec, users -> {
                if (json) {
                    terminal.json(users.roles().stream().map(Listing::facts).toList());
                } else if (users.roles().isEmpty()) {
                    terminal.line("No roles yet. They are part of the seed data.");
                } else {
                    TextTable.lines(rows(users)).forEach(terminal::line);
                }
                return Main.DONE;
            });
        }

        private static Map<String, Object> facts(Role role) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("id", role.id());
            facts.put("name", role.name());
            facts.put("secondFactor", role.secondFactor());
            facts.put("machine", role.machine());
            facts.put("permissions", role.permissions());
            return facts;
        }

        private static List<List<String>> rows(Users users) {
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("ROLE", "SECOND FACTOR", "PERMISSIONS", "NAME"));
            users.roles()
                    .forEach(role -> rows.add(List.of(
                            role.id(),
                            role.secondFactor(),
                            Integer.toString(role.permissions().size()),
                            JsonAsText.harmless(role.name().getOrDefault("en", "")))));
            return rows;
        }
    }

    /** {@code imaint roles list}. */
    @Command(
            name = "list",
            description = "Lists roles with their permissions.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint roles list --json"})
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
}
