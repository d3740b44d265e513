package io.imaint.services.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.DocumentWritten.FieldChange;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail in a store of its own: what enters it, who sees it, and that it shows what was altered. */
class AuditTrailIT {
    private static final CollectionType<Document> TOOLS =
            CollectionType.ofDocuments("Tools", "id").plant("plant").masked("pin");

    private static final CollectionType<Document> RAW_ENTRIES =
            CollectionType.ofDocuments("AuditEntries", "id").plant("plant");

    @TempDir
    private Path directory;

    private Store store;

    @BeforeEach
    void openStore() {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private static Caller caller(String id, String... plants) {
        return new Caller(id, Set.of(), PlantScope.of(plants)).during("request-1", "10.0.0.9");
    }

    private static Document tool(String id, String plant) {
        return new Document().put("id", id).put("plant", plant);
    }

    private void write(String id, String plant, String by) {
        store.as(caller(by, plant)).documents(TOOLS).insert(tool(id, plant));
    }

    /** Enters all facts that there are. */
    private void enter() {
        new AuditWriter(store).accept(store.facts().after(0, 1_000));
    }

    private Listing<AuditedWrite> list(Store of, @Nullable String subject, @Nullable String by) {
        return new AuditTrail(of).list(new AuditFilter(subject, by, null, null, 50, null));
    }

    private AuditVerification verify() {
        return new AuditTrail(store).verify(new AuditSettings(1, directory));
    }

    @Test
    void takesOverTheParticularsThatACrashLeft() {
        write("1", "1000", "ann");
        enter();
        var entries = store.documents(AuditEntry.TYPE);
        var particulars = store.documents(AuditParticulars.TYPE);
        var entry = entries.list(Query.where(Condition.ALL)).values().getFirst();
        var left = particulars.find(entry.id()).orElseThrow();
        entries.removeAll(Condition.ALL);

        enter();

        assertThat(particulars.find(entry.id())).contains(left);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void replacesParticularsWhoseFactNeverGotItsEntry() {
        write("1", "1000", "ann");
        write("2", "1000", "bob");
        var facts = store.facts().after(0, 10);
        new AuditWriter(store).accept(List.of(facts.getFirst()));
        store.documents(AuditEntry.TYPE).removeAll(Condition.ALL);

        new AuditWriter(store).accept(List.of(facts.getLast()));

        assertThat(list(store, null, null).items())
                .singleElement()
                .extracting(AuditedWrite::displayName)
                .isEqualTo("bob");
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void showsWhoChangedWhatFromWhere() {
        var tools = store.as(caller("ann", "1000")).documents(TOOLS);
        tools.insert(tool("1", "1000").put("pin", "4711"));
        tools.replace(tool("1", "1000").put("pin", "4712").put("name", "drill"), 1);
        tools.remove("1", 2);
        enter();
        var writes = list(store, "Tools/1", null).items();
        assertThat(writes).extracting(AuditedWrite::operation).containsExactly("REMOVED", "CHANGED", "CREATED");
        var changed = writes.get(1);
        assertThat(changed.by()).isEqualTo("ann");
        assertThat(changed.requestId()).isEqualTo("request-1");
        assertThat(changed.address()).isEqualTo("10.0.0.9");
        assertThat(changed.rev()).isEqualTo(2);
        assertThat(changed.changes())
                .containsExactly(new FieldChange("pin", "***", "***"), new FieldChange("name", null, "drill"));
    }

    @Test
    void findsWritesOfADocumentAndOfACaller() {
        write("1", "1000", "ann");
        write("2", "1000", "bob");
        enter();
        assertThat(list(store, null, "bob").items())
                .extracting(AuditedWrite::subject)
                .containsExactly("Tools/2");
        assertThat(list(store, "Tools/1", "bob").items()).isEmpty();
        assertThat(list(store, null, null).items()).hasSize(2);
    }

    @Test
    void showsACallerOnlyWritesInTheirPlants() {
        write("1", "1000", "ann");
        write("2", "2000", "bob");
        enter();
        assertThat(list(store.as(caller("eve", "2000")), null, null).items())
                .extracting(AuditedWrite::subject)
                .containsExactly("Tools/2");
    }

    @Test
    void findsNoWriteInAnotherPlantByItsDocumentOrItsCaller() {
        write("1", "1000", "ann");
        enter();
        var others = store.as(caller("eve", "2000"));
        assertThat(list(others, "Tools/1", null)).isEqualTo(list(others, "Tools/none", null));
        assertThat(list(others, null, "ann")).isEqualTo(list(others, null, "nobody"));
        var ended = new AuditFilter(null, null, null, Instant.now().plusSeconds(60), 1, null);
        assertThat(new AuditTrail(store).list(ended).items()).hasSize(1);
        assertThat(new AuditTrail(others).list(ended)).isEqualTo(new Listing<>(List.of(), null, null));
    }

    @Test
    void entersAFactOnceHoweverOftenItIsDelivered() {
        write("1", "1000", "ann");
        enter();
        write("2", "1000", "ann");
        enter();
        enter();
        assertThat(store.documents(AuditEntry.TYPE).count(Condition.ALL)).isEqualTo(2);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void verifiesAnIntactChain() {
        for (int i = 0; i < 20; i++) {
            write("t" + i, "1000", "ann");
        }
        enter();
        var verification = verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.entries()).isEqualTo(20);
        assertThat(verification.head()).hasSize(64);
    }

    @Test
    void showsAnEntryThatWasAlteredOrRemoved() {
        for (int i = 0; i < 3; i++) {
            write("t" + i, "1000", "ann");
        }
        enter();
        var entries = store.documents(RAW_ENTRIES);
        var stored = store.documents(AuditEntry.TYPE)
                .list(Query.where(Condition.ALL))
                .items();
        var second = stored.get(1);
        entries.replace(RecordCodec.of(AuditEntry.class).write(second.value()).put("by", "mallory"), second.rev());
        assertThat(verify().findings())
                .singleElement()
                .asString()
                .contains(second.key())
                .contains("altered");
        assertThat(verify().broken()).isEqualTo(second.key());
        entries.remove(second.key(), second.rev() + 1);
        assertThat(verify().findings()).anyMatch(finding -> finding.contains("missing"));
    }

    @Test
    void showsThatTheFirstMonthWasRemoved() {
        write("1", "1000", "ann");
        enter();
        var entry = store.documents(AuditEntry.TYPE)
                .list(Query.where(Condition.ALL))
                .values()
                .getFirst();
        var forged = new AuditEntry(
                "2999-01/000000000001",
                "2999-01",
                1,
                "f",
                entry.at(),
                "ann",
                null,
                "Tools/2",
                1,
                "CREATED",
                "",
                entry.hash(),
                "");
        store.documents(AuditEntry.TYPE).insert(forged.sealed());
        assertThat(verify().findings()).isEmpty();
        store.documents(AuditEntry.TYPE).removeAll(Condition.equal("month", entry.month()));
        assertThat(verify().findings()).singleElement().asString().contains("as the first has to");
    }

    @Test
    void staysIntactWhenNamesAndValuesAreErasedAndShowsWhenTheyWereAltered() {
        write("1", "1000", "ann");
        write("2", "1000", "bob");
        enter();
        var particulars = store.documents(AuditParticulars.TYPE);
        var all = particulars.list(Query.where(Condition.ALL)).items();
        particulars.remove(all.getFirst().key(), all.getFirst().rev());
        var verification = verify();
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.erased()).isEqualTo(1);
        assertThat(list(store, "Tools/1", null).items()).singleElement().satisfies(write -> {
            assertThat(write.displayName()).isNull();
            assertThat(write.changes()).isEmpty();
        });
        var second = all.get(1).value();
        particulars.upsertAll(List.of(new AuditParticulars(
                second.id(), second.fact(), second.plant(), "somebody else", null, "", "", List.of(), second.salt())));
        assertThat(verify().findings()).singleElement().asString().contains("altered");
    }
}
