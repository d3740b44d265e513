package io.imaint.integration.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what is dumped, restored, removed or parked is all of one system, or nothing happens at all. */
class ArchiveIT {
    private static final int DOCUMENTS = 2_300;

    @TempDir
    Path home;

    private Shelf shelf;
    private Archive archive;

    @BeforeEach
    void open() {
        shelf = new Shelf(home.resolve("home"));
        archive = shelf.archive();
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    private static void assertRefused(ProblemCode as, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failed -> assertThat(failed.code()).isEqualTo(as));
    }

    private static void customersCollection(Shelf shelf) {
        var definitions = shelf.store.documents(Integrations.TYPE);
        var plants = definitions.find("plants").orElseThrow().value();
        var mapping = plants.mapping();
        definitions.upsertAll(List.of(new io.imaint.integration.definition.Integration(
                "z-things",
                null,
                new io.imaint.integration.definition.Mapping(
                        "ZThingSet", Shelf.THINGS.name(), mapping.keys(), mapping.fields()),
                plants.reading(),
                plants.schedule(),
                List.of(),
                Status.ACTIVE)));
    }

    @Test
    void aDumpRestoredElsewhereIsAllThatWasThere() {
        customersCollection(shelf);
        shelf.load(Shelf.A, DOCUMENTS);
        var file = home.resolve("all.dump");
        var header = archive.dump(file);
        assertThat(header.system()).isEqualTo(Shelf.A);
        assertThat(header.collections())
                .containsEntry("ZThings", (long) DOCUMENTS)
                .containsEntry("InboundStates", 2L);
        try (var other = new Shelf(home.resolve("other"))) {
            var definitions = other.store.documents(Integrations.TYPE);
            var edited = definitions.find("plants").orElseThrow();
            definitions.replace(edited.value().with(Status.NOT_ACTIVE), edited.rev());
            assertThat(other.archive().restore(file, false)).isEqualTo(header);
            assertThat(other.content()).isEqualTo(shelf.content());
            assertThat(definitions.find("z-things")).isPresent();
            assertThat(definitions.find("plants").orElseThrow().value().status())
                    .isEqualTo(Status.NOT_ACTIVE);
        }
    }

    @Test
    void aRestoreNeedsEmptyCollectionsOrTheOrderToReplace() {
        customersCollection(shelf);
        shelf.load(Shelf.A, 10);
        var file = home.resolve("a.dump");
        archive.dump(file);
        var before = shelf.content();
        archive.reset(List.of(), null);
        shelf.load(Shelf.B, 30);
        var there = shelf.content();
        assertRefused(ArchiveProblem.RESTORE_NOT_EMPTY, () -> archive.restore(file, false));
        assertThat(shelf.content()).isEqualTo(there);
        archive.restore(file, true);
        assertThat(shelf.content()).isEqualTo(before);
    }

    @Test
    void aDamagedOrForeignDumpIsRefusedBeforeAnythingIsTouched() throws IOException {
        shelf.load(Shelf.A, DOCUMENTS);
        var file = home.resolve("a.dump");
        archive.dump(file);
        var before = shelf.content();
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 20));
        assertRefused(ArchiveProblem.DUMP_DAMAGED, () -> archive.restore(file, true));
        try (var writer = DumpWriter.begin(
                home.resolve("foreign.dump"),
                new DumpHeader(
                        "9.0",
                        Shelf.A,
                        java.time.Instant.EPOCH,
                        new java.util.LinkedHashMap<>(java.util.Map.of("Robots", 0L))),
                disk -> disk)) {
            writer.finish();
        }
        assertRefused(ArchiveProblem.DUMP_NEWER, () -> archive.restore(home.resolve("foreign.dump"), true));
        try (var writer = DumpWriter.begin(
                home.resolve("keyless.dump"),
                new DumpHeader(
                        "9.0",
                        Shelf.A,
                        java.time.Instant.EPOCH,
                        new java.util.LinkedHashMap<>(java.util.Map.of("Plants", 1L))),
                disk -> disk)) {
            writer.add("Plants", new io.imaint.store.Document().put("name", "no key"));
            writer.finish();
        }
        assertRefused(ArchiveProblem.DUMP_DAMAGED, () -> archive.restore(home.resolve("keyless.dump"), true));
        assertThat(shelf.content()).isEqualTo(before);
    }

    @Test
    void aResetRemovesAllAndFreesTheStoreForAnySystem() {
        customersCollection(shelf);
        shelf.load(Shelf.A, 5);
        var definitions = shelf.store.documents(Integrations.TYPE);
        var error = InboundState.LastError.of(InboundProblem.INBOUND_DEFECT.because("a test"), java.time.Instant.EPOCH);
        shelf.store
                .documents(InboundState.TYPE)
                .update(
                        "plants",
                        found -> Documents.Change.of(
                                found.value().with(found.value().health().failed(error))));
        var plants = definitions.find("plants").orElseThrow().value();
        assertThat(InboundState.withStatus(shelf.store, plants).status()).isEqualTo(Status.FAILED);
        var dump = archive.dumpFile();
        archive.reset(List.of(), dump);
        assertThat(archive.documents())
                .allSatisfy((name, count) -> assertThat(count).as(name).isZero());
        assertThat(archive.states()).containsEntry("InboundStates", 0L);
        assertThat(archive.system()).isNull();
        assertThat(InboundState.withStatus(shelf.store, plants).status()).isEqualTo(Status.ACTIVE);
        assertThat(dump.getParent()).isEqualTo(shelf.home.toAbsolutePath().resolve("dumps"));
        assertThat(DumpReader.read(dump, (collection, document) -> {}).documents())
                .isGreaterThan(10);
    }

    @Test
    void aResetKeepsChosenCollectionsWithTheirStatesAndTheirSystem() {
        customersCollection(shelf);
        shelf.load(Shelf.A, 5);
        archive.reset(List.of("Plants"), null);
        assertThat(archive.documents()).containsEntry("Plants", 5L).containsEntry("ZThings", 0L);
        var states = shelf.store.documents(InboundState.TYPE);
        assertThat(states.find("plants")).isPresent();
        assertThat(states.find("work-orders")).isEmpty();
        assertThat(archive.system()).isEqualTo(Shelf.A);
    }

    @Test
    void whileSomethingIsUnfinishedAResetKeepsNothing() {
        shelf.load(Shelf.A, 5);
        var plan = StoreReplacement.Plan.reset(List.of(), Shelf.A);
        new LoadedSystem(Shelf.A, new LoadedSystem.Unfinished(plan.what(), plan.command(), plan.document()))
                .write(shelf.store);
        assertRefused(InboundProblem.ARCHIVE_UNFINISHED, () -> archive.reset(List.of("Plants"), null));
        assertThat(archive.documents()).containsEntry("Plants", 5L);
        archive.reset(List.of(), null);
        assertThat(archive.documents()).containsEntry("Plants", 0L);
    }

    @Test
    void aResetWhoseDumpFailsRemovesNothing() {
        shelf.load(Shelf.A, 5);
        var before = shelf.content();
        var full = new Archive(shelf.store, shelf.home, "1", Shelf.terms(), disk -> new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        assertRefused(ArchiveProblem.DUMP_UNWRITABLE, () -> full.reset(List.of(), archive.dumpFile()));
        assertThat(shelf.content()).isEqualTo(before);
        assertThat(archive.unfinished()).isEmpty();
    }

    @Test
    void nothingIsDoneWhileAnIntegrationRuns() {
        shelf.load(Shelf.A, 5);
        var before = shelf.content();
        var running = shelf.store.leases().acquire("inbound-plants", "elsewhere/1/1/x", Duration.ofMinutes(1));
        assertThat(running).isPresent();
        assertRefused(InboundProblem.INBOUND_RUNNING, () -> archive.dump(home.resolve("x.dump")));
        assertRefused(InboundProblem.INBOUND_RUNNING, () -> archive.reset(List.of(), null));
        assertRefused(InboundProblem.INBOUND_RUNNING, () -> archive.switchTo(Shelf.B));
        assertThat(shelf.content()).isEqualTo(before);
        assertThat(home.resolve("x.dump")).doesNotExist();
        shelf.store.leases().release(running.get());
        archive.dump(home.resolve("x.dump"));
    }

    @Test
    void aSwitchParksOneSystemAndBringsTheOtherBack() {
        customersCollection(shelf);
        shelf.load(Shelf.A, DOCUMENTS);
        var a = shelf.content();
        var first = archive.switchTo(Shelf.B);
        assertThat(first.loaded()).isNull();
        assertThat(first.parked()).isNotNull();
        assertThat(archive.system()).isNull();
        assertThat(archive.documents()).containsEntry("Plants", 0L).containsEntry("ZThings", 0L);
        shelf.load(Shelf.B, 40);
        var b = shelf.content();
        var back = archive.switchTo(Shelf.A);
        assertThat(back.loaded()).isNotNull();
        assertThat(shelf.content()).isEqualTo(a);
        assertThat(archive.parked())
                .extracting(parked -> parked.header().system())
                .containsExactly(Shelf.B);
        archive.switchTo(Shelf.B);
        assertThat(shelf.content()).isEqualTo(b);
        assertThat(archive.parked())
                .extracting(parked -> parked.header().system())
                .containsExactly(Shelf.A);
    }

    @Test
    void commandsToTheOldSystemAreDiscardedOnceTheSwitchHasItsLockAndOnlyThen() {
        shelf.load(Shelf.A, 5);
        var caller = Caller.system("test");
        var id = UUID.randomUUID().toString();
        var outbox = new Outbox(shelf.store, InstantSource.system());
        var unused = outbox.accept(
                new Draft(
                        id,
                        Command.CREATE_ORDER,
                        "WorkOrders",
                        null,
                        null,
                        null,
                        new Document(),
                        new Document(),
                        Map.of()),
                caller);
        assertRefused(ArchiveProblem.OUTBOX_UNSETTLED, () -> archive.switchTo(Shelf.B));

        var running = shelf.store.leases().acquire("inbound-plants", "elsewhere/1/1/x", Duration.ofMinutes(1));
        assertRefused(InboundProblem.INBOUND_RUNNING, () -> archive.switchDiscarding(Shelf.B, caller));
        assertThat(outbox.find(id, caller).orElseThrow().value().state()).isEqualTo(State.QUEUED);

        shelf.store.leases().release(running.orElseThrow());
        assertThat(archive.switchDiscarding(Shelf.B, caller).discarded()).isEqualTo(1);
        assertThat(outbox.find(id, caller).orElseThrow().value().state()).isEqualTo(State.DISCARDED);
    }

    @Test
    void aSwitchToWhatIsLoadedDoesNothing() {
        shelf.load(Shelf.A, 5);
        var before = shelf.content();
        assertThat(archive.switchTo(Shelf.A)).isEqualTo(new Archive.Switched(null, null, 0));
        assertThat(shelf.content()).isEqualTo(before);
        assertThat(archive.parked()).isEmpty();
    }

    @Test
    void aParkedSystemIsNeverOverwrittenNorLost() throws IOException {
        shelf.load(Shelf.A, 5);
        archive.switchTo(Shelf.B);
        shelf.load(Shelf.A, 7); // Loaded anew without a switch.
        var before = shelf.content();
        assertRefused(ArchiveProblem.DUMP_EXISTS, () -> archive.switchTo(Shelf.B));
        assertThat(shelf.content()).isEqualTo(before);
        assertThat(archive.parked()).hasSize(1);
        var parked = archive.parked().getFirst().file();
        Files.write(parked, new byte[] {1, 2, 3});
        new LoadedSystem(Shelf.B, null).write(shelf.store);
        assertRefused(ArchiveProblem.DUMP_DAMAGED, () -> archive.switchTo(Shelf.A));
        assertThat(shelf.store.documents(Replicas.PLANTS).count(Condition.ALL)).isEqualTo(7);
        assertThat(archive.unfinished()).isEmpty();
    }

    @Test
    void documentsOfNobodyAreNotParked() {
        shelf.load(Shelf.A, 5);
        new LoadedSystem(null, null).write(shelf.store);
        assertRefused(ArchiveProblem.RESTORE_NOT_EMPTY, () -> archive.switchTo(Shelf.B));
        assertThat(archive.documents()).containsEntry("Plants", 5L);
    }

    @Test
    void aParkedFileIsNamedAfterItsSystem() {
        assertThat(Archive.Parked.slug(Shelf.A)).startsWith("a-example-8000-sap-client-100-");
        assertThat(Archive.Parked.slug("x/../../etc")).matches("x-etc-[0-9a-f]{8}");
        assertThat(Archive.Parked.slug("A.example")).isNotEqualTo(Archive.Parked.slug("a.example"));
        assertThat(Archive.Parked.slug("x".repeat(500)).length()).isLessThan(100);
    }

    @Test
    void configurationIsInDumpsAndComesBackAndAResetLeavesItAlone() {
        var forms = CollectionType.ofDocuments("Forms", "id").unscoped("a test's");
        var configured = new Archive(shelf.store, shelf.home, "1", List.of(forms));
        var documents = shelf.store.documents(forms);
        shelf.load(Shelf.A, 3);
        documents.insert(new Document().put("id", "one").put("_seed", new Document().put("version", 1)));
        var dump = shelf.home.resolve("configured.dump");

        assertThat(configured.dump(dump).collections()).containsEntry("Forms", 1L);
        configured.reset(List.of(), null);
        assertThat(documents.find("one")).isPresent();
        documents.insert(new Document().put("id", "two"));
        configured.restore(dump, false);

        assertThat(documents.count(Condition.ALL)).isEqualTo(1);
        assertThat(documents.find("one").orElseThrow().value().has("_seed")).isTrue();
        assertRefused(ArchiveProblem.DUMP_NEWER, () -> shelf.archive().restore(dump, true));
    }
}
