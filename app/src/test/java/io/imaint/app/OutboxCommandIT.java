package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The outbox on the command line, of a program that runs without anybody who posts. */
class OutboxCommandIT {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path home;

    private DataDirectory.@Nullable Lock lock;
    private @Nullable RunningSystem system;
    private String out = "";
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        lock = DataDirectory.lock(home);
        system = RunningSystem.start(
                "outbox-service,auth-api-service",
                Settings.of(Map.of("home", home.toString(), "port", "0", "gateway-port", "0", "simulator-port", "0")));
        lock.answersAt(system.address());
    }

    @AfterEach
    void stop() {
        if (system != null) {
            system.close();
        }
        if (lock != null) {
            lock.close();
        }
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", home.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    private String failed() {
        var store = Objects.requireNonNull(system).services().the(StoreService.MODULE);
        var id = UUID.randomUUID().toString();
        var draft = new Draft(
                id,
                Command.CREATE_ORDER,
                "WorkOrders",
                null,
                "1000",
                null,
                new Document().put("description", "pump leaks"),
                new Document(),
                Map.of());
        var unused = new Outbox(store, CLOCK).accept(draft, Caller.system("test"));
        var queue = new OutboxQueue(store, CLOCK);
        queue.failed(queue.claim(id, "p").orElseThrow(), Outcome.words("IW/500", "is locked", "Unlock it."));
        return id;
    }

    @Test
    void tellsWhatBecameOfCommandsAndResubmitsOrDiscardsThem() {
        assertThat(imaint("outbox", "list")).as(err).isZero();
        assertThat(out).contains("No items.");
        var id = failed();
        assertThat(imaint("outbox", "list", "--state", "failed", "--state", "held"))
                .isZero();
        assertThat(out).contains(id, "create-order", "is locked");
        assertThat(imaint("outbox", "show", id)).isZero();
        assertThat(out).contains("pump leaks", "Unlock it.", "HISTORY");
        assertThat(imaint("outbox", "stats", "--json")).isZero();
        assertThat(json().at("/states/failed").asInt()).isEqualTo(1);
        failed();
        assertThat(imaint("outbox", "list", "--limit", "1", "--json")).isZero();
        assertThat(json()).hasSize(1);
        assertThat(imaint("outbox", "list", "--json")).isZero();
        assertThat(json()).hasSize(2);
        assertThat(imaint("outbox", "discard", json().at("/0/id").asString(), "--reason", "twice"))
                .isZero();
        assertThat(imaint("verify", "2.6")).isEqualTo(Main.FAILED);
        assertThat(out).contains("SAP refused 1 commands");

        assertThat(imaint("outbox", "retry", id, "--set", "hours=2.5", "--unset", "description", "--json"))
                .as(err)
                .isZero();
        assertThat(json().at("/0/values").toString()).isEqualTo("{\"hours\":2.5}");
        assertThat(json().at("/0/state").asString()).isEqualTo("queued");
        assertThat(imaint("outbox", "discard", id, "--reason", "entered twice")).isZero();
        assertThat(out).contains("discarded");
        assertThat(imaint("verify", "2.6")).isZero();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(imaint("outbox", "show", "nothing")).isEqualTo(Main.FAILED);
        assertThat(err).contains("[request-refused]", "outbox-item-not-found");
        assertThat(imaint("outbox", "discard", "nothing")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("outbox", "retry", "a", "b", "--set", "x=1")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("outbox", "list", "--state", "lost")).isEqualTo(Main.FAILED);
    }
}
