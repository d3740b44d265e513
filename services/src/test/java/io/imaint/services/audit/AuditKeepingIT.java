package io.imaint.services.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Actor;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.DocumentWritten;
import io.imaint.store.DocumentWritten.FieldChange;
import io.imaint.store.DocumentWritten.Operation;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.StoredFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long the audit trail is kept, what is erased from it, and what its published heads show. */
class AuditKeepingIT {
    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant");

    private static final Caller ADMINISTRATOR = Caller.system("command-line");
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    private Path directory;

    private Store store;
    private int facts;

    @BeforeEach
    void openStore() {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private AuditSettings settings() {
        return new AuditSettings(2, directory.resolve("heads"));
    }

    private AuditVerification verify() {
        return new AuditTrail(store).verify(settings());
    }

    private List<AuditEntry> entries() {
        return store.documents(AuditEntry.TYPE).list(Query.where(Condition.ALL)).values();
    }

    /** Enters a write of a time. */
    private void entered(String at, String by, String subject, FieldChange... changes) {
        var written = new DocumentWritten(Operation.CHANGED, List.of(changes));
        var fact = new StoredFact(
                "fact-" + ++facts,
                facts,
                "DocumentWritten",
                subject.split("/", -1)[0],
                subject.split("/", -1)[1],
                1,
                Instant.parse(at),
                new Actor(by, "Name of " + by, "session-" + by, "r", "10.0.0.1"),
                null,
                RecordCodec.of(DocumentWritten.class).write(written));
        new AuditWriter(store).accept(List.of(fact));
    }

    private void entered(String at) {
        entered(at, "ann", "Tools/1", new FieldChange("name", null, "drill"));
    }

    /** Enters all facts that there are. */
    private void enter() {
        new AuditWriter(store).accept(store.facts().after(0, 1_000));
    }

    private void publish() {
        try {
            new AuditHeads(settings().heads()).publish(AuditHead.of(store).orElseThrow(), NOW);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Path heads() {
        return settings().heads().resolve(AuditHeads.FILE);
    }

    @Test
    void dropsWholeMonthsAndVerifiesTheRestFromTheirClosing() {
        for (var month : List.of("07", "08", "09", "10", "11")) {
            entered("2026-" + month + "-03T10:00:00Z");
            entered("2026-" + month + "-28T23:59:59Z");
        }
        new AuditRetention(store, 2).drop(NOW);
        enter();

        var dropped = store.facts().after(0, 1).getFirst().at().toString().substring(0, 7); // By the store's own clock.
        assertThat(entries())
                .extracting(AuditEntry::month)
                .containsExactly("2026-09", "2026-09", "2026-10", "2026-10", "2026-11", "2026-11", dropped, dropped);
        assertThat(store.documents(AuditParticulars.TYPE).count(Condition.ALL)).isEqualTo(8);
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().closed()).isEqualTo("2026-08");
        assertThat(entries())
                .as("what was dropped is in the trail itself")
                .extracting(AuditEntry::subject)
                .contains("AuditClosings/2026-07", "AuditClosings/2026-08");
        new AuditRetention(store, 2).drop(NOW);
        assertThat(store.documents(AuditClosing.TYPE).count(Condition.ALL)).isEqualTo(2);
    }

    @Test
    void showsThatMoreThanTheClosedMonthsIsMissing() {
        entered("2026-07-03T10:00:00Z");
        entered("2026-09-03T10:00:00Z");
        entered("2026-09-04T10:00:00Z");
        new AuditRetention(store, 2).drop(NOW);
        store.documents(AuditEntry.TYPE).removeAll(Condition.equal("fact", "fact-2"));
        assertThat(verify().findings()).isNotEmpty();
        assertThat(verify().broken()).isEqualTo("2026-09/000000000002");
    }

    @Test
    void continuesTheChainBehindAClosingWhenNothingElseIsLeft() {
        entered("2026-07-03T10:00:00Z");
        var last = entries().getFirst();
        new AuditRetention(store, 2).drop(NOW);
        assertThat(entries()).isEmpty();
        entered("2026-07-04T10:00:00Z"); // A fact of a month that is closed.

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.id()).isEqualTo("2026-08/000000000001");
            assertThat(entry.previous()).isEqualTo(last.hash());
        });
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void goesOnWithAMonthWhoseRemovalWasInterrupted() {
        entered("2026-07-03T10:00:00Z");
        entered("2026-07-04T10:00:00Z");
        entered("2026-11-04T10:00:00Z");
        var last = entries().get(1);
        store.documents(AuditClosing.TYPE).insert(new AuditClosing("2026-07", 2, last.hash(), NOW));
        store.documents(AuditParticulars.TYPE).removeAll(Condition.equal("id", last.id()));
        store.documents(AuditEntry.TYPE).removeAll(Condition.equal("fact", "fact-2"));
        assertThat(verify().findings()).as("before the next round").isEmpty();

        new AuditRetention(store, 2).drop(NOW);

        assertThat(entries()).extracting(AuditEntry::month).containsExactly("2026-11");
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void erasesWhatTheTrailKnowsOfAUserAndVerifiesAfterwards() {
        entered("2026-11-01T10:00:00Z", "ann", "Tools/1", new FieldChange("note", null, "Ann was here"));
        entered("2026-11-02T10:00:00Z", "bob", "AlertPreferences/ann", new FieldChange("email", null, "ann@x.com"));
        entered(
                "2026-11-03T10:00:00Z",
                "bob",
                "AlertRules/1",
                new FieldChange("users", List.of(), List.of("eve", "ann")));
        entered("2026-11-04T10:00:00Z", "bob", "Tools/2", new FieldChange("name", null, "drill of ann"));
        var erasing = new AuditErasing(store, () -> NOW);
        assertThat(erasing.count("ann")).isEqualTo(3);

        var erasure = erasing.erase("ann", ADMINISTRATOR);
        enter();

        assertThat(erasure.entries()).isEqualTo(3);
        var shown = new ArrayList<>(new AuditTrail(store)
                .list(new AuditFilter(null, null, null, null, 50, null))
                .items());
        assertThat(shown)
                .extracting(AuditedWrite::displayName)
                .contains("Name of bob")
                .doesNotContain("Name of ann");
        assertThat(shown.toString()).doesNotContain("Ann was here", "ann@x.com", "session-ann");
        assertThat(shown)
                .as("the erasure itself is in the trail")
                .filteredOn(write -> write.subject().startsWith("AuditErasures/"))
                .singleElement()
                .satisfies(write -> assertThat(write.by()).isEqualTo("system:command-line"));
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().erased()).isEqualTo(3);
        assertThat(erasing.count("ann")).isZero();
    }

    @Test
    void publishesAHeadOnceAndFindsItInTheChain() throws IOException {
        entered("2026-11-01T10:00:00Z");
        publish();
        publish();
        entered("2026-11-02T10:00:00Z");
        publish();

        assertThat(Files.readAllLines(heads()))
                .hasSize(2)
                .allMatch(line -> line.matches("2026-11-29T12:00:00Z 2026-11 [12] [0-9a-f]{64}"));
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().heads()).isEqualTo(2);
    }

    @Test
    void showsAChainThatWasRewrittenAsAWhole() {
        entered("2026-11-01T10:00:00Z");
        entered("2026-11-02T10:00:00Z");
        publish();
        store.documents(AuditEntry.TYPE).removeAll(Condition.ALL);
        store.documents(AuditParticulars.TYPE).removeAll(Condition.ALL);
        entered("2026-11-01T10:00:00Z", "mallory", "Tools/1");
        entered("2026-11-02T10:00:00Z", "mallory", "Tools/1");

        var verification = verify();
        assertThat(verification.findings()).singleElement().asString().contains("rewritten");
        assertThat(verification.broken()).isEqualTo("2026-11/000000000002");
    }

    @Test
    void showsThatTheEndWasCutOff() {
        entered("2026-11-01T10:00:00Z");
        entered("2026-11-02T10:00:00Z");
        publish();
        store.documents(AuditEntry.TYPE).removeAll(Condition.equal("fact", "fact-2"));
        assertThat(verify().findings()).singleElement().asString().contains("000000000002");
    }

    @Test
    void comparesHeadsOfDroppedMonthsWithTheirClosing() throws IOException {
        entered("2026-07-01T10:00:00Z");
        publish();
        entered("2026-07-02T10:00:00Z");
        publish();
        entered("2026-11-02T10:00:00Z");
        new AuditRetention(store, 2).drop(NOW);
        assertThat(verify().findings()).isEmpty();

        var line = "2026-07-31T00:00:00Z 2026-07 3 %064d%n".formatted(0);
        Files.writeString(heads(), line, StandardOpenOption.APPEND);
        assertThat(verify().findings()).singleElement().asString().contains("2026-07/000000000003");
    }

    @Test
    void replacesWhatAFullDiskLeftOfALine() throws IOException {
        entered("2026-11-01T10:00:00Z");
        publish();
        Files.writeString(heads(), "2026-11-29T1", StandardOpenOption.APPEND);
        assertThat(verify().findings()).isEmpty();
        entered("2026-11-02T10:00:00Z");
        publish();
        assertThat(Files.readAllLines(heads())).hasSize(2);
        assertThat(verify().heads()).isEqualTo(2);
    }

    @Test
    void saysWhenAPublishedHeadCannotBeRead() throws IOException {
        entered("2026-11-01T10:00:00Z");
        publish();
        Files.writeString(heads(), "rubbish\n", StandardOpenOption.APPEND);
        assertThat(verify().findings()).singleElement().asString().contains("line 2 is not a head");
    }

    @Test
    void theServicePublishesItsHeadWhenItEndsAndSaysWhenItCannot() throws IOException {
        var audit = new Audit(store, settings(), () -> NOW);
        assertThat(audit.readiness().ready()).isTrue();
        store.as(new Caller("ann", Set.of(), PlantScope.ALL))
                .documents(TOOLS)
                .insert(new Document().put("id", "1").put("plant", "1000"));
        awaitEntries(1);
        audit.close();
        assertThat(Files.readAllLines(heads())).hasSize(1);

        var inTheWay = Files.writeString(directory.resolve("file"), "");
        var other = new Audit(store, new AuditSettings(2, inTheWay), () -> NOW);
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(other.readiness().detail()).contains("cannot be written"));
            assertThat(other.readiness().ready()).isTrue();
        } finally {
            other.close();
        }
    }

    private void awaitEntries(int count) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(entries()).hasSize(count));
    }
}
