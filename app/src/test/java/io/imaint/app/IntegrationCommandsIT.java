package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.InboundRun;
import io.imaint.integration.state.InboundRuns;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Goal: integrations are managed and their runs looked up from the command line. Method: the commands over a store. */
class IntegrationCommandsIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void seed() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            Integrations.seed(store.documents(Integrations.TYPE));
            var runs = new InboundRuns(store);
            runs.note(run("plants", NOON, InboundRun.Ending.DONE));
            runs.note(run("work-orders", NOON.plusSeconds(1), InboundRun.Ending.DONE));
            runs.note(run(
                    "work-orders",
                    NOON.plusSeconds(2),
                    new InboundRun.Ending(InboundRun.Result.FAILED, "sap-unreachable", "no\u001b[2J route")));
            var letters = store.documents(DeadLetters.TYPE);
            letters.insert(letter("plants", "1000", NOON));
            letters.insert(letter("work-orders", "4000001", NOON.plusSeconds(1)));
            letters.insert(letter("plants", "1010", NOON.plusSeconds(2)));
        }
    }

    private static InboundRun run(String integration, Instant at, InboundRun.Ending ending) {
        return InboundRun.of(
                integration,
                InboundRun.Kind.LOAD,
                at,
                at.plusMillis(250),
                new Counters(7, 4, 2, 1, 1, 0),
                ending,
                "host/1");
    }

    private static DeadLetter letter(String integration, String row, Instant at) {
        return new DeadLetter(
                integration,
                "ASet",
                row,
                Map.of("KEY", row),
                "PRIOK",
                "\u001bhigh",
                "is no number",
                "inbound-row-unreadable",
                at,
                at,
                3);
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.add("--json");
        assertThat(imaint(words.toArray(String[]::new))).as(err).isZero();
        return JsonMapper.shared().readTree(out);
    }

    private ObjectNode definition(String name) {
        return (ObjectNode) json("integrations", "show", name);
    }

    private int edit(JsonNode definition) throws IOException {
        return imaint(
                "integrations",
                "edit",
                Files.writeString(folder.resolve("edited.json"), definition.toString())
                        .toString(),
                "--json");
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("logs/imaint.log"));
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (var command : List.of(
                "inbound history",
                "inbound stop",
                "inbound dead-letters",
                "inbound crontab",
                "integrations show",
                "integrations edit",
                "integrations pause",
                "integrations resume",
                "integrations schedule")) {
            var words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add("--help");
            assertThat(imaint(words.toArray(String[]::new))).isZero();
            assertThat(out)
                    .contains("Usage: imaint " + command, "--json")
                    .containsPattern("(?s)Example.*imaint " + command);
        }
    }

    @Test
    void theHistoryListsTheNewestRunsFirst() {
        assertThat(json("inbound", "history"))
                .extracting(run -> run.get("integration").stringValue())
                .containsExactly("work-orders", "work-orders", "plants");
        var newest = json("inbound", "history", "work-orders", "--limit", "1");
        assertThat(newest).hasSize(1);
        assertThat(newest.get(0).get("result").stringValue()).isEqualTo("failed");
        assertThat(newest.get(0).get("code").stringValue()).isEqualTo("sap-unreachable");
        assertThat(newest.get(0).get("rows").longValue()).isEqualTo(7);
        assertThat(imaint("inbound", "history", "work-orders")).isZero();
        assertThat(out)
                .containsPattern("work-orders +load +failed .* 250 +sap-unreachable: no\\?\\[2J route")
                .doesNotContain("plants", "\u001b");
    }

    @Test
    void deadLettersOfAllIntegrationsComeInOneOrder() {
        assertThat(json("inbound", "dead-letters"))
                .extracting(letter -> letter.get("row").stringValue())
                .containsExactly("1010", "4000001", "1000");
        assertThat(json("inbound", "dead-letters", "--limit", "2")).hasSize(2);
        assertThat(imaint("inbound", "dead-letters", "plants")).isZero();
        assertThat(out)
                .containsSubsequence("1010: PRIOK is '?high': is no number, read 3 times", "1000: PRIOK")
                .doesNotContain("work-orders", "\u001b");
        assertThat(imaint("inbound", "dead-letters", "equipment")).isZero();
        assertThat(out).contains("No dead letters");
    }

    @Test
    void wrongUseIsToldInTwoLinesAndTheHelpShowsWhatIsTheCommandsOwn() {
        assertThat(imaint("integrations", "schedule", "plants", "--every", "5s"))
                .isEqualTo(Main.WRONG_USE);
        assertThat(err.lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("'5s' is not a duration") && line.contains("PT5S"))
                .anyMatch(line -> line.contains("imaint integrations schedule --help"));
        assertThat(imaint("inbound", "verify", "--help")).isZero();
        assertThat(out).contains("--repair", "imaint settings").doesNotContain("--sap-url");
        assertThat(imaint("up", "--help")).isZero();
        assertThat(out).contains("--sap-url");
    }

    @Test
    void theCrontabIsThatOfTheStoreAndOfTheProductWhenAsked() throws IOException {
        assertThat(imaint("inbound", "crontab", "--product")).isZero();
        assertThat(out).isEqualTo(Files.readString(Path.of("../deploy/crontab")));
        json("integrations", "schedule", "plants", "--cron", "7 3 * * *");
        json("integrations", "pause", "work-orders");
        assertThat(imaint("inbound", "crontab")).isZero();
        var ofStore = out;
        assertThat(ofStore)
                .contains("7 3 * * * $IMAINT inbound delta plants 2>&1")
                .doesNotContain(" work-orders ");
        assertThat(json("inbound", "crontab").get("crontab").stringValue()).isEqualTo(ofStore);
    }

    @Test
    void whatIsShownCanBeEditedUntilSomebodyElseEditsIt() throws IOException {
        var seen = definition("work-orders");
        var mine = seen.deepCopy().put("pageSize", 123);
        assertThat(edit(mine)).as(err).isZero();
        assertThat(JsonMapper.shared().readTree(out).get("change").stringValue())
                .isEqualTo("edited");
        var now = definition("work-orders");
        assertThat(now.get("pageSize").intValue()).isEqualTo(123);
        assertThat(now.get("version")).isNotEqualTo(seen.get("version"));

        assertThat(edit(seen.deepCopy().put("pageSize", 456))).isEqualTo(Main.FAILED);
        assertThat(out).contains("\"integration-changed\"");
        assertThat(err).isEmpty();
        assertThat(definition("work-orders")).isEqualTo(now);

        assertThat(imaint("integrations", "show", "work-orders")).isZero();
        assertThat(out)
                .containsPattern("entity set +WorkOrderSet")
                .containsPattern("  AUFNR +\\w+ +text")
                .contains(now.get("version").stringValue());
    }

    @Test
    void aDefinitionWithoutVersionIsAdded() throws IOException {
        var added = definition("plants").put("name", "plants-again").put("collection", "ZPlantsAgain");
        added.remove("version");
        assertThat(edit(added)).as(err).isZero();
        assertThat(JsonMapper.shared().readTree(out).get("change").stringValue())
                .isEqualTo("added");
        assertThat(definition("plants-again").get("entitySet")).isEqualTo(added.get("entitySet"));
        assertThat(edit(added)).isEqualTo(Main.FAILED);
        assertThat(out).contains("\"integration-exists\"");
    }

    @Test
    void everythingThatIsWrongWithADefinitionIsNamed() throws IOException {
        var before = definition("plants");
        assertThat(edit(before.deepCopy().put("pageSiez", 5).put("status", 9).put("delta", "sometimes")))
                .isEqualTo(Main.FAILED);
        assertThat(out).contains("pageSiez", "status", "sometimes", "\"definition-refused\"");
        assertThat(edit(before.deepCopy().put("version", 5))).isEqualTo(Main.FAILED);
        assertThat(out).contains("'version' must be");
        assertThat(definition("plants")).isEqualTo(before);

        for (var text : List.of("{\"name\":\"a\",\n\"name\":\"b\"}", "{} {}", "{", "", "[]")) {
            var file = Files.writeString(folder.resolve("broken.json"), text).toString();
            assertThat(imaint("integrations", "edit", file)).as(text).isEqualTo(Main.FAILED);
            assertThat(err).as(text).contains("[definition-refused]").doesNotContain("Source:");
        }
        var file = Files.writeString(folder.resolve("long.json"), " ".repeat((1 << 20) + 1));
        assertThat(imaint("integrations", "edit", file.toString())).isEqualTo(Main.FAILED);
        assertThat(err).contains("longer than 1048576 bytes");
    }

    @Test
    void schedulesArePausedResumedAndSet() {
        assertThat(json("integrations", "pause", "plants", "work-orders"))
                .hasSize(2)
                .allMatch(changed -> changed.get("paused").booleanValue());
        assertThat(imaint("integrations", "schedule", "plants", "--every", "PT5S"))
                .isZero();
        assertThat(out).contains("plants: every PT5S, paused");
        assertThat(imaint("integrations", "resume", "plants")).isZero();
        assertThat(out).contains("plants: every PT5S").doesNotContain("paused");
        assertThat(definition("work-orders").get("schedule").get("paused").booleanValue())
                .isTrue();
        var cron = json("integrations", "schedule", "plants", "--cron", "*/5 * * * *");
        assertThat(cron.get("cron").stringValue()).isEqualTo("*/5 * * * *");
        assertThat(cron.get("every").isNull()).isTrue();
    }

    @Test
    void aChangeIsOneLineInTheLogWithTheUserAndBothVersions() throws IOException {
        var before = definition("plants").get("version").stringValue();
        assertThat(imaint("integrations", "schedule", "plants", "--every", "PT5S"))
                .isZero();
        var after = definition("plants").get("version").stringValue();
        imaint("integrations", "schedule", "plants", "--every", "PT7S");
        assertThat(err).isEmpty();
        assertThat(log())
                .contains("user %s scheduled integration plants: version %s before"
                        .formatted(System.getProperty("user.name"), before))
                .contains("version %s before".formatted(after));
        var edited = definition("plants");
        edited.put("pageSize", 77);
        assertThat(edit(edited)).isZero();
        assertThat(log())
                .contains("edited integration plants: version "
                        + edited.get("version").stringValue());
    }

    @Test
    void deltasPassOverWhatWasNeverLoadedUnlessItIsNamed() {
        assertThat(imaint("inbound", "delta", "--simulator-port", "0", "--simulator-orders", "100"))
                .as(err)
                .isZero();
        assertThat(out.lines()).hasSize(1);
        assertThat(out).startsWith("skipped 37 that are not loaded: ").contains("plants", "imaint inbound run");
        assertThat(imaint("inbound", "delta", "plants", "--simulator-port", "0", "--simulator-orders", "100"))
                .isEqualTo(Main.FAILED);
        assertThat(out).contains("plants: not started: it is not loaded");
    }

    @Test
    void stopTellsThatNothingRuns() {
        assertThat(imaint("inbound", "stop", "plants")).isEqualTo(Main.FAILED);
        assertThat(out).contains("plants: not stopped; it is not running");
        assertThat(imaint("inbound", "stop", "robots")).isEqualTo(Main.FAILED);
        assertThat(err).contains("[integration-unknown]");
    }

    @Test
    void aNameThatIsNotThereChangesNothing() {
        assertThat(imaint("integrations", "pause", "plants", "robots")).isEqualTo(Main.FAILED);
        assertThat(err).contains("'robots'", "[integration-unknown]");
        assertThat(definition("plants").get("schedule").get("paused").booleanValue())
                .isFalse();
        for (var command :
                List.of("integrations show", "integrations resume", "inbound history", "inbound dead-letters")) {
            var words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add("robots");
            assertThat(imaint(words.toArray(String[]::new))).as(command).isEqualTo(Main.FAILED);
            assertThat(err).contains("[integration-unknown]");
        }
    }

    @Test
    void wrongUseIsTold() {
        assertThat(imaint("integrations", "schedule", "plants")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "schedule", "plants", "--every", "PT5S", "--cron", "* * * * *"))
                .isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "schedule", "plants", "--every", "often"))
                .isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "schedule", "plants", "--every", "PT0S"))
                .isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "schedule", "plants", "--cron", "often"))
                .isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("five fields");
        assertThat(imaint("integrations", "pause")).isEqualTo(Main.WRONG_USE);
        assertThat(imaint("integrations", "edit", folder.resolve("none.json").toString()))
                .isEqualTo(Main.WRONG_USE);
        assertThat(imaint("inbound", "history", "--limit", "0")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("--limit is 0 but must be 1 to 10000");
    }
}
