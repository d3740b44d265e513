package io.imaint.app;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint plants}. */
@Command(
        name = "plants",
        description = "Lists the plants, and adds those that do not come from SAP.",
        mixinStandardHelpOptions = true,
        subcommands = PlantsCommand.Add.class,
        footer = {"", "Example: imaint plants"})
final class PlantsCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    PlantsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var plants = store.documents(Replicas.PLANTS)
                    .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                    .values()
                    .stream()
                    .map(PlantsCommand::facts)
                    .toList();
            if (json) {
                terminal.json(plants);
            } else if (plants.isEmpty()) {
                terminal.line("No plants yet. They come from SAP, or from `imaint plants add`.");
            } else {
                plants.forEach(plant -> terminal.line(
                        JsonAsText.harmless("%-4s  %s".formatted(plant.get("plant"), plant.get("name")))));
            }
        }
        return Main.DONE;
    }

    private static LinkedHashMap<String, Object> facts(Document plant) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("plant", plant.text("plant").orElse(""));
        facts.put("name", plant.text("name").orElse(""));
        return facts;
    }

    /** {@code imaint plants add}. */
    @Command(
            name = "add",
            description = {
                "Adds a plant that does not come from SAP.",
                "While the integration of plants is active, its comparison with SAP removes plants that SAP does not have."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint plants add 1000 --name 'Hamburg works' --country DE"})
    static final class Add implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "code", description = "the plant's code, as SAP would have it")
        private String code = "";

        @Option(names = "--name", required = true, paramLabel = "name", description = "the plant's name")
        private String name = "";

        @Option(names = "--city", paramLabel = "city", description = "where it is")
        private @Nullable String city;

        @Option(names = "--country", paramLabel = "code", description = "its country, such as DE")
        private @Nullable String country;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Add(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            var plant = new Document()
                    .put(Replicas.ID, code())
                    .put("plant", code())
                    .put("name", name)
                    .put("city", city)
                    .put("country", country)
                    .put("planningPlant", code());
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                if (store.documents(Replicas.PLANTS).insert(plant) instanceof Written.Lost) {
                    throw AppProblem.PLANT_EXISTS.because(code());
                }
                if (json) {
                    terminal.json(facts(plant));
                } else {
                    terminal.line(JsonAsText.harmless("added plant %s, %s".formatted(code(), name)));
                }
                warn(store);
            }
            return Main.DONE;
        }

        private String code() {
            try {
                return new PlantCode(code).value();
            } catch (IllegalArgumentException invalid) {
                throw new ParameterException(
                        spec.commandLine(), "'%s' is no plant code: %s".formatted(code, invalid.getMessage()), invalid);
            }
        }

        private void warn(Store store) {
            Integrations.filling(
                            Replicas.PLANTS.name(),
                            store.documents(Integrations.TYPE)
                                    .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                                    .items())
                    .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                    .ifPresent(integration -> terminal.note(
                            "The integration '%s' is active and removes plants that SAP does not have; `imaint integrations pause %s` stops it."
                                    .formatted(integration.name(), integration.name())));
        }
    }
}
