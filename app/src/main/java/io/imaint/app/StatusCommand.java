package io.imaint.app;

import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.references.References;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.store.Condition;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint status}. */
@Command(
        name = "status",
        description = "Shows whether the system is running, what is loaded, and what failed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when it is running and ready, 1 otherwise.", "Example: imaint status --json"})
final class StatusCommand implements Callable<Integer>, SettingOptions.User {
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(3);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = SettingOptions.read(spec);
        var api = ApiSettings.read(settings);
        try (var store = OpenStore.reading(settings)) {
            var address = DataDirectory.running(StoreSettings.read(settings).directory())
                    .orElseGet(() -> URI.create("http://127.0.0.1:" + api.port()));
            var health = health(address);
            var counts = new LinkedHashMap<String, Long>();
            for (var collection : Replicas.ALL) {
                counts.put(collection.name(), store.documents(collection).count(Condition.ALL));
            }
            var outdated = References.behind(store);
            var integrations = IntegrationView.all(store);
            if (json) {
                var facts = new LinkedHashMap<String, @Nullable Object>();
                facts.put("api", health.word());
                facts.put("address", address.toString());
                facts.put("store", store.description());
                facts.put("documents", counts);
                facts.put("updatingCopiesOf", outdated);
                facts.put("integrations", integrations);
                terminal.json(facts);
            } else {
                terminal.line("api       %s (%s)".formatted(health.word(), address));
                terminal.line("store     " + store.description());
                TextTable.wrapped("documents " + text(counts), "          ").forEach(terminal::line);
                if (!outdated.isEmpty()) {
                    TextTable.wrapped(
                                    "copies    copied fields are being updated after changes of "
                                            + String.join(", ", outdated),
                                    "          ")
                            .forEach(terminal::line);
                }
                terminal.line("");
                IntegrationTable.print(integrations, terminal);
            }
            return health == Health.READY ? Main.DONE : Main.FAILED;
        }
    }

    private enum Health {
        READY("ready"),
        NOT_READY("running, not ready"),
        NOT_RUNNING("not running");

        private final String word;

        Health(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private static Health health(URI address) throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(HEALTH_TIMEOUT).build()) {
            var request = HttpRequest.newBuilder(address.resolve("/health/ready"))
                    .timeout(HEALTH_TIMEOUT)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? Health.READY : Health.NOT_READY;
        } catch (IOException | IllegalArgumentException unreachable) {
            return Health.NOT_RUNNING;
        }
    }

    private static String text(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }
}
