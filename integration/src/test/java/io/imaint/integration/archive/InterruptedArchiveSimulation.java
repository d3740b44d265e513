package io.imaint.integration.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.inbound.MortalStore;
import io.imaint.store.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies at each of its calls to the store, one after the other, while it resets, restores or switches; and
 * the one that follows it with the same command.
 */
class InterruptedArchiveSimulation {
    private static final int DOCUMENTS = 1_500;

    /** Far more calls than one command makes. */
    private static final int CALLS_MAX = 300;

    @TempDir
    Path folder;

    private interface Command {
        void run(Archive archive, Path folder);
    }

    @Test
    void aResetIsFinished() {
        everywhere((archive, files) -> archive.reset(new Archive.ResetOrder(List.of(), null)));
    }

    @Test
    void aResetThatKeepsACollectionIsFinished() {
        everywhere((archive, files) -> archive.reset(new Archive.ResetOrder(List.of("Plants"), null)));
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
        crashes("reset ends switch", (archive, files) -> archive.switchTo(Shelf.B), shelf -> {
            shelf.archive().reset(new Archive.ResetOrder(List.of(), null));
            assertThat(shelf.archive().system()).isNull();
            assertThat(shelf.archive().parked())
                    .extracting(parked -> parked.header().system())
                    .contains(Shelf.A);
        });
    }

    private void everywhere(Command command) {
        var expected = undisturbed(command);
        crashes("again", command, shelf -> {
            command.run(shelf.archive(), shelf.home);
            assertThat(shelf.content()).isEqualTo(expected.content);
            assertThat(files(shelf.home)).isEqualTo(expected.files);
            assertThat(shelf.archive().unfinished()).isEmpty();
        });
    }

    private record End(Map<String, List<Document>> content, List<String> files) {}

    private End undisturbed(Command command) {
        var home = folder.resolve("undisturbed");
        try (var shelf = prepared(home)) {
            command.run(shelf.archive(), home);
            return new End(shelf.content(), files(home));
        } finally {
            delete(home);
        }
    }

    /** Kills the command at each call, just before it and just after it, and lets something follow. */
    private void crashes(String name, Command command, Consumer<Shelf> follow) {
        for (boolean doneThen : new boolean[] {false, true}) {
            int deaths = 0;
            for (int call = 1; call < CALLS_MAX; call++) {
                var home = folder.resolve(name + call + doneThen);
                try (var shelf = prepared(home)) {
                    var before = shelf.content();
                    var mortal = new MortalStore(shelf.store, call, doneThen);
                    try {
                        command.run(shelf.archive(mortal), home);
                    } catch (MortalStore.Died expected) {
                        assertThat(mortal.died()).isTrue();
                    }
                    if (!mortal.died()) {
                        break;
                    }
                    deaths++;
                    boolean wholeOrReported = shelf.archive().unfinished().isPresent()
                            || shelf.content().equals(before)
                            || !shelf.content().get("LoadedSystem").equals(before.get("LoadedSystem"))
                            || name.equals("again");
                    assertThat(wholeOrReported).as("call %d", call).isTrue();
                    follow.accept(shelf);
                } finally {
                    delete(home);
                }
            }
            assertThat(deaths).isGreaterThan(20);
        }
    }

    /** System A is loaded, B is parked and dumped. */
    private static Shelf prepared(Path home) {
        var shelf = new Shelf(home);
        shelf.load(Shelf.B, 20);
        shelf.archive().dump(home.resolve("b.dump"));
        shelf.archive().switchTo(Shelf.A);
        shelf.load(Shelf.A, DOCUMENTS);
        return shelf;
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
