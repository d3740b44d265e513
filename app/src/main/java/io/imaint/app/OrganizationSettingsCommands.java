package io.imaint.app;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.settings.Effective;
import io.imaint.services.settings.KeptJson;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.services.user.Users;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The commands below {@code imaint settings} that concern the settings of the organization. */
final class OrganizationSettingsCommands {
    private OrganizationSettingsCommands() {}

    /** Does work with the settings in the store of a command's data directory. The audit trail names the command line. */
    private static int with(CommandSpec spec, Consumer<OrganizationSettings> work) {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            ScopedValue.where(Caller.scoped(), Caller.system("command-line"))
                    .run(() -> work.accept(new OrganizationSettings(store, new Users(store))));
            return Main.DONE;
        }
    }

    /** {@code imaint settings explain}. */
    @Command(
            name = "explain",
            description = {
                "Explains which value of a setting of the organization holds: the narrowest that is set.",
                "Lists every level, the one that counts most first."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint settings explain rounds.buffer --user otto --plant 1000"})
    static final class Explain implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "key", description = "the setting, such as rounds.buffer")
        private String key = "";

        @Option(names = "--user", paramLabel = "USER", description = "for whom (default: nobody in particular)")
        private @Nullable String user;

        @Option(names = "--plant", paramLabel = "PLANT", description = "where (default: nowhere in particular)")
        private @Nullable String plant;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Explain(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return with(spec, settings -> print(settings.explained(key, user, plant == null ? null : plant(plant))));
        }

        private PlantCode plant(String code) {
            try {
                return new PlantCode(code);
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(
                        spec.commandLine(), "--plant: '%s' is no code of a plant".formatted(code), wrong);
            }
        }

        private void print(Effective effective) {
            if (json) {
                var facts = new LinkedHashMap<String, @Nullable Object>();
                facts.put("key", effective.key());
                facts.put("value", KeptJson.json(effective.value()));
                facts.put(
                        "steps", effective.steps().stream().map(Explain::facts).toList());
                terminal.json(facts);
                return;
            }
            var rows = new ArrayList<List<String>>();
            rows.add(List.of("LEVEL", "SUBJECT", "HOLDS", "VALUE"));
            effective
                    .steps()
                    .forEach(step -> rows.add(List.of(
                            step.level(),
                            JsonAsText.harmless(step.subject()),
                            step.wins() ? "yes" : "",
                            step.value() == null
                                    ? "-"
                                    : JsonAsText.harmless(
                                            KeptJson.json(step.value()).toString()))));
            TextTable.lines(rows).forEach(terminal::line);
        }

        private static Map<String, @Nullable Object> facts(Effective.Step step) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("level", step.level());
            facts.put("subject", step.subject());
            facts.put("value", step.value() == null ? null : KeptJson.json(step.value()));
            facts.put("wins", step.wins());
            return facts;
        }
    }

    /** Where a value stands. */
    static final class Place {
        @Parameters(index = "0", paramLabel = "key", description = "the setting, such as rounds.buffer")
        private String key = "";

        @Option(
                names = "--level",
                paramLabel = "LEVEL",
                required = true,
                description = "global, plant, location, unit, team, role or user")
        private String level = "";

        @Option(
                names = "--subject",
                paramLabel = "SUBJECT",
                description = "whose value: a plant, functional location, unit, group, role or user (default: all, the"
                        + " only subject of the level global)")
        private String subject = "all";

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        private void report(Terminal terminal, String done) {
            if (json) {
                terminal.json(Map.of("key", key, "level", level, "subject", subject, "done", done));
            } else {
                terminal.line(JsonAsText.harmless("%s %s at %s %s".formatted(done, key, level, subject)));
            }
        }
    }

    /** {@code imaint settings set}. */
    @Command(
            name = "set",
            description = {
                "Sets a value of a setting of the organization, with all rights.",
                "Settings of the process, such as ports, are not set here but in files and environment variables."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  imaint settings set rounds.buffer PT45M --level plant --subject 1000",
                "  imaint settings set planning.readiness '[\"released\", \"parts\"]' --level global"
            })
    static final class Assign implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Place place = new Place();

        @Parameters(index = "1", paramLabel = "value", description = "the value as JSON; a text needs no quotes")
        private String value = "";

        Assign(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return with(spec, settings -> {
                settings.set(place.key, place.level, place.subject, KeptJson.kept(json(settings.isText(place.key))));
                place.report(terminal, "set");
            });
        }

        /** A text is taken as it is, so that {@code true} and {@code 100} can be texts too. */
        private JsonNode json(boolean text) {
            if (text) {
                return JsonNodeFactory.instance.stringNode(value);
            }
            try {
                var read = JsonMapper.shared().readTree(value);
                if (!read.isNull() && !read.isMissingNode()) {
                    return read;
                }
            } catch (JacksonException noJson) {
                throw new ParameterException(spec.commandLine(), "'%s' is no JSON".formatted(value), noJson);
            }
            throw new ParameterException(spec.commandLine(), "Give a value, or use `imaint settings unset`.");
        }
    }

    /** {@code imaint settings unset}. */
    @Command(
            name = "unset",
            description = "Takes a value of a setting of the organization back, so that a wider one holds.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint settings unset rounds.buffer --level plant --subject 1000"})
    static final class Unset implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Place place = new Place();

        Unset(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return with(spec, settings -> {
                settings.unset(place.key, place.level, place.subject);
                place.report(terminal, "unset");
            });
        }
    }
}
