package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.FactDeadLetter;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail and dead letters of facts on the command line, in a data directory in which the audit service has run. */
class AuditCommandIT {
    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant");

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    @BeforeEach
    void writeSomething() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.as(new Caller("ann", Set.of(), PlantScope.ALL))
                    .documents(TOOLS)
                    .insert(new Document().put("id", "1").put("plant", "1000").put("name", "Ann's drill"));
        }
        enterAll(1);
    }

    /** Runs the audit service until so many entries are there. */
    private void enterAll(int entries) {
        var settings = Settings.of(Map.of("home", folder.toString()));
        var catalogue = Targets.catalogue(settings);
        try (var services = catalogue.start(catalogue.chosen("audit-service"), settings)) {
            assertThat(services.readiness()).containsKey("audit-service");
            Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                assertThat(imaint("audit", "--json")).isZero();
                assertThat(json()).hasSize(entries);
            });
        }
    }

    @Test
    void verifiesTheTrailAgainstItsPublishedHeads() throws IOException {
        assertThat(imaint("audit", "verify")).isZero();
        assertThat(out).contains("intact: 1 entries", "1 published heads");

        var heads = folder.resolve("logs").resolve("audit-heads.log");
        Files.writeString(heads, Files.readString(heads).replaceAll("[0-9a-f]{64}", "0".repeat(64)));
        assertThat(imaint("audit", "verify")).isEqualTo(Main.FAILED);
        assertThat(out).contains("was altered", "does not contain the head that was published");
        assertThat(imaint("audit", "verify", "--json")).isEqualTo(Main.FAILED);
        assertThat(json().get("broken").asString()).endsWith("/000000000001");
    }

    @Test
    void erasesAUserOnlyWhenThatIsConfirmed() {
        assertThat(imaint("audit", "erase", "--user", "ann")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("1 entry", "--yes", "Nothing was erased");
        assertThat(imaint("audit")).isZero();
        assertThat(out).contains("Ann's drill");

        assertThat(imaint("audit", "erase", "--user", "ann", "--yes", "--json")).isZero();
        assertThat(json().get("entries").asInt()).isEqualTo(1);
        enterAll(2);

        assertThat(imaint("audit")).isZero();
        assertThat(out).contains("AuditErasures/", "by system:command-line").doesNotContain("Ann's drill");
        assertThat(imaint("audit", "verify")).isZero();
        assertThat(out).contains("1 of them erased");
    }

    @Test
    void listsDeadLettersOfFactsAndHasThemReplayed() {
        assertThat(imaint("facts", "dead-letters")).isZero();
        assertThat(out).contains("No dead letters.");
        var id = letter("audit");

        assertThat(imaint("facts", "replay")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("facts", "replay", "audit:1")).isEqualTo(Main.FAILED);
        assertThat(err).contains("[fact-dead-letter-not-found]");
        assertThat(imaint("facts", "replay", id)).isZero();
        assertThat(imaint("facts", "replay", "--all", "--json")).isZero();
        assertThat(json().get("replayed").asInt()).isEqualTo(1);
        assertThat(imaint("facts", "dead-letters")).isZero();
        assertThat(out).contains("DocumentWritten of Tools/1 rev 1, to be replayed: broken");

        enterAll(3); // The two replays are in the trail too.
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(imaint("facts", "dead-letters")).isZero();
            assertThat(out).contains("No dead letters.");
        });
    }

    private String letter(String consumer) {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            var fact = store.facts().after(0, 1).getFirst();
            var id = consumer + ":" + fact.id();
            var letter = new FactDeadLetter(id, consumer, fact.at(), "broken", fact, null, null);
            store.documents(FactDeadLetter.TYPE).upsertAll(List.of(letter));
            return id;
        }
    }

    @Test
    void discardsADeadLetterAndKeepsTheReason() {
        var id = letter("loans");
        assertThat(imaint("facts", "discard", id)).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("--reason");
        assertThat(imaint("facts", "discard", id, "--reason", " ")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("facts", "discard", "loans:1", "--reason", "unknown")).isEqualTo(Main.FAILED);
        assertThat(err).contains("[fact-dead-letter-not-found]");
        assertThat(imaint("facts", "discard", id, "--reason", "the drill was scrapped"))
                .isZero();
        assertThat(out).contains("discarded: 1");
        assertThat(imaint("facts", "dead-letters")).isZero();
        assertThat(out).contains("No dead letters.");

        enterAll(3);
        assertThat(imaint("audit")).isZero();
        assertThat(out).contains("the drill was scrapped", "by system:command-line");
    }
}
