package io.imaint.app;

import io.imaint.services.user.PasswordSetter;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.Users;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code imaint users create}. */
@Command(
        name = "create",
        description = {
            "Creates a user, or completes one who was invited and has never signed in.",
            "Asks for the password, so that it appears in no list of processes; a script has it in the first line of a file."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint users create anna --role technician --plant 1000",
            "  imaint users create anna --role technician --plant 1000 --password-file anna.txt"
        })
final class UsersCreateCommand implements Callable<Integer>, SettingOptions.User {
    /** Far above the longest password that is accepted. */
    private static final int PASSWORD_BYTES_MAX = 4_096;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "user", description = "the name for signing in, in lower case")
    private String id = "";

    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "a role; may be repeated")
    private List<String> roles = List.of();

    @Option(names = "--plant", paramLabel = "PLANT", description = "a plant that the user sees; may be repeated")
    private List<String> plants = List.of();

    @Option(names = "--all-plants", description = "let the user see all plants, those added later too")
    private boolean allPlants;

    @Option(names = "--display-name", paramLabel = "NAME", description = "the name as shown (default: the user)")
    private @Nullable String displayName;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "where e-mail goes")
    private @Nullable String email;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the file of the password (default: ask for it)")
    private @Nullable Path passwordFile;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    UsersCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (allPlants && !plants.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--all-plants and --plant exclude each other");
        }
        var password = passwordFile == null ? asked() : read(passwordFile);
        try {
            return UsersCommand.with(spec, (users, passwords) -> create(users, passwords, password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private int create(Users users, PasswordSetter passwords, char[] password) {
        users.invite(id, fields());
        passwords.set(id, password);
        var user = users.find(id).orElseThrow().value();
        if (json) {
            terminal.json(UsersCommand.facts(user));
        } else {
            terminal.line("created %s: %s".formatted(user.id(), user.status()));
        }
        demanding(users, user)
                .ifPresent(role -> terminal.note(
                        "The role %s demands a second factor: after the first sign-in %s sets up an authenticator app or a passkey, and may do nothing else until then."
                                .formatted(role.id(), user.id())));
        return Main.DONE;
    }

    /** A role of the user that demands a second factor; new users have none. */
    private static Optional<Role> demanding(Users users, User user) {
        var held = users.rights(user).roles();
        return users.roles().stream()
                .filter(role -> held.contains(role.id()) && role.demandsSecondFactor())
                .findFirst();
    }

    private ObjectNode fields() {
        var fields = JsonNodeFactory.instance.objectNode();
        var named = fields.putArray("roles");
        roles.forEach(named::add);
        if (allPlants || !plants.isEmpty()) {
            fields.put("allPlants", allPlants);
            var seen = fields.putArray("plants");
            plants.forEach(seen::add);
        }
        if (displayName != null) {
            fields.put("displayName", displayName);
        }
        if (email != null) {
            fields.put("email", email);
        }
        return fields;
    }

    private char[] asked() {
        var password = terminal.secret("Password for %s: ".formatted(JsonAsText.harmless(id)));
        if (password.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "No password was entered.");
        }
        return password.toCharArray();
    }

    private char[] read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(PASSWORD_BYTES_MAX);
            var text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
            Arrays.fill(bytes, (byte) 0);
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            var password = new char[end];
            text.get(password).clear();
            if (text.hasArray()) {
                Arrays.fill(text.array(), '\0');
            }
            if (end == 0) {
                throw new ParameterException(spec.commandLine(), file + " has no password in its first line");
            }
            return password;
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot read %s: %s".formatted(file, DataDirectory.reason(unreadable)),
                    unreadable);
        }
    }
}
