package io.imaint.integration.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.MortalStore;
import io.imaint.store.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies at each of its calls to the store, one after the other, while it resets, restores or switches; and
 * the one that follows it with the same command.
 */
class InterruptedArchiveSimulation {
    private static final int DOCUMENTS = 1_100;

    /** Deaths of each kind that a command is put through; all of its calls with -Dimaint.seeds large enough. */
    private static final int DEATHS = Integer.getInteger("imaint.seeds", 12);

    @TempDir
    Path folder;

    private interface Command {
        void run(Archive archive, Path folder);
    }

    @Test
    void aResetIsFinished() {
        everywhere((archive, files) -> archive.reset(List.of(), null));
    }

    @Test
    void aResetThatKeepsACollectionIsFinished() {
        everywhere((archive, files) -> archive.reset(List.of("Plants"), null));
    }

    @Test
    void aRestoreIsFinished() {
        everywhere((archive, files) -> archive.restore(files.resolve("b.dump"), true));
    }

    @Test
    void aSwitchToAParkedSystemIsFinished() {
        everywhere((archive, files) -> archive.switchTo(Shelf.B));
    }

    @Test
    void aSwitchToASystemNeverLoadedIsFinished() {
        everywhere((archive, files) -> archive.switchTo("c.example"));
    }

    @Test
    void aResetEndsAnInterruptedSwitchAndLosesNothingThatWasParked() {
        Command change = (archive, files) -> archive.switchTo(Shelf.B);
        crashes(change, undisturbed(change).calls(), shelf -> {
            boolean notBegun = shelf.archive().unfinished().isEmpty()
                    && Shelf.A.equals(shelf.archive().system());
            shelf.archive().reset(List.of(), null);
            assertThat(shelf.archive().system()).isNull();
            if (notBegun) {
                return;
            }
            assertThat(shelf.archive().parked())
                    .extracting(parked -> parked.header().system())
                    .contains(Shelf.A);
        });
    }

    private void everywhere(Command command) {
        var expected = undisturbed(command);
        crashes(command, expected.calls(), shelf -> {
            command.run(shelf.archive(), shelf.home);
            assertThat(shelf.content()).isEqualTo(expected.content());
            assertThat(files(shelf.home)).isEqualTo(expected.files());
            assertThat(shelf.archive().unfinished()).isEmpty();
        });
    }

    private record End(Map<String, List<Document>> content, List<String> files, int calls) {}

    private End undisturbed(Command command) {
        var home = prepared("undisturbed");
        try (var shelf = new Shelf(home)) {
            var counting = new MortalStore(shelf.store, Integer.MAX_VALUE, false);
            command.run(shelf.archive(counting), home);
            return new End(shelf.content(), files(home), counting.calls());
        }
    }

    /** Kills the command at calls over its whole length, just before them and just after them; then something follows. */
    private void crashes(Command command, int calls, Consumer<Shelf> follow) {
        int step = Math.max(1, calls / DEATHS);
        for (int call = 1; call < calls; call += step) {
            boolean doneThen = call / step % 2 == 0;
            var home = prepared("call-" + call);
            try (var shelf = new Shelf(home)) {
                var before = shelf.content();
                var mortal = new MortalStore(shelf.store, call, doneThen);
                try {
                    command.run(shelf.archive(mortal), home);
                } catch (MortalStore.Died expected) {
                    assertThat(mortal.died()).isTrue();
                }
                assertThat(shelf.archive().unfinished().isPresent()
                                || shelf.content().equals(before)
                                || !Objects.equals(shelf.content().get("LoadedSystem"), before.get("LoadedSystem"))
                                || call > calls - 3 * Integrations.product().size())
                        .as("after call %d of %d the old data is whole, or it is said that it is not", call, calls)
                        .isTrue();
                follow.accept(shelf);
            }
            delete(home);
        }
    }

    /** A copy of a data directory in which system A is loaded, B is parked and dumped. */
    private Path prepared(String name) {
        var home = folder.resolve(name);
        var original = folder.resolve("original");
        if (!Files.exists(original)) {
            prepare(original);
        }
        try (var all = Files.walk(original)) {
            for (var file : all.toList()) {
                Files.copy(file, home.resolve(original.relativize(file)));
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
        return home;
    }

    private static void prepare(Path home) {
        try (var shelf = new Shelf(home)) {
            shelf.load(Shelf.B, 20);
            shelf.archive().dump(home.resolve("b.dump"));
            shelf.archive().switchTo(Shelf.A);
            shelf.load(Shelf.A, DOCUMENTS);
        }
    }

    private static List<String> files(Path home) {
        try (var all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .filter(file -> !file.startsWith("imaint.db"))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static void delete(Path home) {
        try (var all = Files.walk(home)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }
}
