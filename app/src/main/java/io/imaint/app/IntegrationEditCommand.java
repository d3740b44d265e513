package io.imaint.app;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Definitions.Defined;
import io.imaint.integration.definition.DocumentTree;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code imaint integrations edit}. */
@Command(
        name = "edit",
        description = {
            "Replaces the definition of an integration with a JSON file.",
            "The file has the form that `imaint integrations show --json` prints. Its version must be the current one, so",
            "that nobody's change is overwritten. A definition without a version is added as a new integration.",
            "All mistakes in the file are reported at once, and nothing is changed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: imaint integrations show work-orders --json > work-orders.json",
            "         imaint integrations edit work-orders.json"
        })
final class IntegrationEditCommand implements Callable<Integer>, SettingOptions.User {
    /** Several times the size of the largest definition. */
    private static final int BYTES_MAX = 1 << 20;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "file", description = "the definition, a JSON object in UTF-8")
    private Path file = Path.of("");

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    IntegrationEditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var given = parsed(bytes());
        var version = version(given);
        var document = DocumentTree.document(given);
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store.as(Caller.system("command-line")));
            if (version == null) {
                report("added", definitions.insert(document));
            } else {
                report("edited", definitions.replace(name(document), version, document));
            }
        }
        return Main.DONE;
    }

    private byte[] bytes() {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException unreadable) {
            throw new ParameterException(
                    spec.commandLine(),
                    "cannot read %s: %s".formatted(file, DataDirectory.reason(unreadable)),
                    unreadable);
        }
        if (bytes.length > BYTES_MAX) {
            throw DefinitionProblem.DEFINITION_REFUSED.because("%s is longer than %d bytes".formatted(file, BYTES_MAX));
        }
        return bytes;
    }

    private JsonNode parsed(byte[] bytes) {
        try {
            return STRICT.readTree(bytes);
        } catch (JacksonException broken) {
            var at = broken.getLocation();
            // Jackson's own words may be followed by a description of its source.
            var reason =
                    broken.getOriginalMessage().lines().findFirst().orElse("").replaceAll(" ?\\(?\\[Source: .*", "");
            throw DefinitionProblem.DEFINITION_REFUSED.because(
                    "%s is not valid JSON%s: %s"
                            .formatted(
                                    file,
                                    at == null
                                            ? ""
                                            : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()),
                                    reason),
                    broken);
        }
    }

    /** Removes the version from the given object and returns it; null when there is none. */
    private static @Nullable String version(JsonNode given) {
        if (!(given instanceof ObjectNode object)) {
            return null;
        }
        var version = object.remove(IntegrationShowCommand.VERSION);
        if (version == null || version.isNull()) {
            return null;
        }
        if (!version.isString()) {
            throw DefinitionProblem.DEFINITION_REFUSED.because(
                    "'version' must be the text that `imaint integrations show --json` prints");
        }
        return version.stringValue();
    }

    private static String name(Document document) {
        return document.text("name").orElseThrow(() -> DefinitionProblem.DEFINITION_REFUSED.because("it has no name"));
    }

    private void report(String change, Defined defined) {
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("name", defined.integration().name());
            facts.put("change", change);
            facts.put(IntegrationShowCommand.VERSION, defined.version());
            terminal.json(facts);
        } else {
            terminal.line("%s: %s, version %s".formatted(defined.integration().name(), change, defined.version()));
        }
    }
}
