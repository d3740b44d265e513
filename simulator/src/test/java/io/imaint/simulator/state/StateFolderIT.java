package io.imaint.simulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: no acknowledged change is lost, and none half kept. Method: real files, opened, damaged and opened again. */
class StateFolderIT {
    private static final EntitySet ORDERS = IcwpModel.WORK_ORDER;
    private static final Actor USER = Actor.unrestricted("TESTER");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z"));
    private static final String KEY = HandmadePlant.orderNumber(1);

    @TempDir
    private Path temp;

    @Test
    void everyTypeSurvivesARestart() {
        var equipment = Row.of(IcwpModel.EQUIPMENT)
                .set("EQUNR", "000000000099999999")
                .set("EQKTX", "Pümp \"A\"\n\\ 😀")
                .set("INBDT", LocalDate.of(1965, 3, 1))
                .set("ANSWT", new BigDecimal("-12345.60"))
                .set("EXTID", new UUID(7, 8));
        var reading = Row.of(IcwpModel.MEASUREMENT_DOCUMENT)
                .set("MDOCM", "00000000000000000001")
                .set("ITIME", LocalTime.of(8, 30, 1))
                .set("READG", 0.1 + 0.2);
        var called = Row.of(ORDERS).set("AUFNR", "000009000001").set("ABNUM", -3);
        using(state -> state.change(USER, change -> {
            change.put(equipment);
            change.put(reading);
            return change.put(called);
        }));
        using(state -> {
            for (var row : List.of(equipment, reading, called)) {
                assertThat(state.find(row.set(), row.key()).orElseThrow().values())
                        .isEqualTo(row.values());
            }
            assertThat(state.<List<String>>change(
                            USER,
                            change -> change.createdWith(IcwpModel.EQUIPMENT, new UUID(7, 8))
                                    .orElseThrow()))
                    .isEqualTo(equipment.key());
        });
    }

    @Test
    void positionsNumbersDeletionsAndTokensSurviveARestart() {
        long[] position = new long[2];
        var token = new IssuedToken(
                ORDERS, "IMAINT", "D1_2", "WERKS eq '1000'", Instant.parse("2026-11-23T08:00:00Z"), true, true);
        using(state -> {
            position[0] = state.sequence();
            write(state, "first");
            position[1] = state.sequence();
            state.subscriptions().add(token);
            state.subscriptions().close(IcwpModel.NOTIFICATION, "IMAINT");
            state.change(USER, change -> {
                change.delete(change.find(ORDERS, HandmadePlant.orderNumber(2)).orElseThrow());
                return change.put(Row.of(ORDERS).set("AUFNR", change.next(NumberRange.ORDER)));
            });
        });
        using(state -> {
            assertThat(state.origin()).isEqualTo(position[0]);
            assertThat(state.changes(ORDERS, position[0], state.sequence())).hasSize(3);
            assertThat(state.changes(ORDERS, position[1], state.sequence()))
                    .extracting(changed -> changed.values() == null)
                    .containsExactlyInAnyOrder(true, false);
            assertThat(state.subscriptions().issued(ORDERS, "IMAINT")).containsExactly(token);
            assertThat(state.count(ORDERS)).isEqualTo(5);
            assertThat(state.<String>change(USER, change -> change.next(NumberRange.ORDER)))
                    .isEqualTo("000004000017");
        });
    }

    @Test
    void aLineThatWasNotFinishedIsCutOff() throws IOException {
        using(state -> write(state, "kept"));
        long whole = Files.size(journal());
        Files.writeString(journal(), "{\"sequence\":99,\"rows\":[{\"se", StandardOpenOption.APPEND);
        using(state -> {
            assertThat(text(state)).isEqualTo("kept");
            write(state, "after");
        });
        assertThat(Files.size(journal())).isGreaterThan(whole);
        using(state -> assertThat(text(state)).isEqualTo("after"));
    }

    @Test
    void everyPrefixOfTheJournalOpensAndHoldsWholeChangesOnly() throws IOException {
        using(state -> {
            for (int i = 0; i < 4; i++) {
                int n = i;
                state.change(USER, change -> {
                    change.put(change.find(ORDERS, KEY).orElseThrow().set("KTEXT", "text " + n));
                    return change.put(Row.of(IcwpModel.PLANT).set("WERKS", "P").set("NAME1", "text " + n));
                });
            }
        });
        var whole = Files.readAllBytes(journal());
        int header = new String(whole, UTF_8).indexOf('\n') + 1;
        for (int length = header; length <= whole.length; length += 7) {
            Files.write(journal(), java.util.Arrays.copyOf(whole, length));
            using(state -> {
                var plant = state.find(IcwpModel.PLANT, List.of("P")).map(row -> row.text("NAME1"));
                assertThat(text(state)).isEqualTo(plant.orElse("Order 1"));
            });
        }
    }

    @Test
    void damageInTheMiddleIsSaidAndNothingIsTouched() throws IOException {
        using(state -> {
            write(state, "one");
            write(state, "two");
        });
        var lines = Files.readAllLines(journal());
        Files.write(journal(), List.of(lines.get(0), "{\"sequence\":1,\"rows\":[{\"set\":\"NoSet\"", lines.get(2)));
        long size = Files.size(journal());
        assertThatThrownBy(() -> using(state -> {}))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(StateProblem.SIMULATOR_STATE_UNREADABLE))
                .hasMessageContaining("line 2");
        assertThat(Files.size(journal())).isEqualTo(size);
    }

    @Test
    void anotherPlantAndASecondProgramAreRefused() {
        using(state -> write(state, "one"));
        try (var folder = StateFolder.at(temp, CLOCK)) {
            assertThatThrownBy(() -> StateFolder.at(temp, CLOCK))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(StateProblem.SIMULATOR_STATE_IN_USE));
            var other = io.imaint.simulator.plant.PlantSource.open(1, 50, java.util.Optional.empty());
            assertThatThrownBy(() -> PlantState.in(folder, other, CLOCK))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.code()).isEqualTo(StateProblem.SIMULATOR_STATE_OTHER_PLANT));
        }
    }

    @Test
    void aSnapshotBringsBackWhatWasWhileTheSimulatorRuns() {
        using(state -> {
            write(state, "before");
            var content = state.<String>change(USER, change -> {
                change.put(Row.of(IcwpModel.PLANT).set("WERKS", "Q"));
                return change.keep(new byte[] {1, 2, 3});
            });
            state.still(() -> state.folder().orElseThrow().snapshot("good"));
            write(state, "after");
            long position = state.sequence();
            state.restore("good");
            assertThat(text(state)).isEqualTo("before");
            assertThat(state.contents().find(content).orElseThrow()).containsExactly(1, 2, 3);
            assertThat(state.origin()).isGreaterThan(position);
            state.reset();
            assertThat(text(state)).isEqualTo("Order 1");
            assertThat(state.count(IcwpModel.PLANT)).isEqualTo(3);
        });
        try (var folder = StateFolder.at(temp, CLOCK)) {
            assertThat(folder.snapshots()).containsExactly("good");
            folder.restore("good");
            assertThatThrownBy(() -> folder.restore("bad")).isInstanceOf(Failure.class);
            assertThatThrownBy(() -> folder.snapshot("../up")).isInstanceOf(Failure.class);
        }
        using(state -> assertThat(text(state)).isEqualTo("before"));
    }

    @Test
    void aWornJournalIsWrittenAnewAndSaysTheSame() throws IOException {
        using(state -> {
            for (int i = 0; i < 10_500; i++) {
                write(state, "text " + i);
            }
        });
        long worn = Files.size(journal());
        using(state -> assertThat(text(state)).isEqualTo("text 10499"));
        assertThat(Files.size(journal())).isLessThan(worn / 100);
        using(state -> {
            assertThat(text(state)).isEqualTo("text 10499");
            assertThat(state.changes(ORDERS, state.sequence() - 1, state.sequence()))
                    .hasSize(1);
        });
    }

    private void using(Consumer<PlantState> work) {
        try (var folder = StateFolder.at(temp, CLOCK);
                var state = PlantState.in(folder, new HandmadePlant(5), CLOCK)) {
            work.accept(state);
        }
    }

    private static void write(PlantState state, String text) {
        state.change(
                USER,
                change -> change.put(change.find(ORDERS, KEY).orElseThrow().set("KTEXT", text)));
    }

    private static String text(PlantState state) {
        return state.find(ORDERS, List.of(KEY)).orElseThrow().text("KTEXT");
    }

    private Path journal() {
        return temp.resolve("journal.jsonl");
    }
}
