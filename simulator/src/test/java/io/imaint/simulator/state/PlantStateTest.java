package io.imaint.simulator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: the plant with its changes reads as if it had always been so. Method: random changes beside a plain sorted map. */
class PlantStateTest {
    private static final EntitySet ORDERS = IcwpModel.WORK_ORDER;
    private static final Actor USER = Actor.unrestricted("TESTER");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final int BASE_ORDERS = 40;

    private final PlantState state = PlantState.inMemory(new HandmadePlant(BASE_ORDERS), InstantSource.fixed(NOW));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsLikeAPlainMapAfterRandomChanges(long seed) {
        var random = new Random(seed);
        var expected = new TreeMap<String, String>();
        for (int n = 1; n <= BASE_ORDERS; n++) {
            expected.put(HandmadePlant.orderNumber(n), "Order " + n);
        }
        for (int step = 0; step < 300; step++) {
            var key = "%012d".formatted(4_000_000 + random.nextInt(BASE_ORDERS * 3 + 6));
            if (random.nextInt(3) == 0) {
                if (expected.remove(key) != null) {
                    delete(key);
                }
            } else {
                expected.put(key, "Step " + step);
                put(key, "Step " + step);
            }
            var from = "%012d".formatted(4_000_000 + random.nextInt(BASE_ORDERS * 3));
            assertThat(texts(List.of(from)))
                    .isEqualTo(List.copyOf(expected.tailMap(from).values()));
            assertThat(state.count(ORDERS)).isEqualTo(expected.size());
        }
        assertThat(texts(List.of())).isEqualTo(List.copyOf(expected.values()));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void changesSinceAPositionBringAnyReplicaUpToDate(long seed) {
        var random = new Random(seed);
        var replica = new TreeMap<String, String>();
        var first = state.rows(ORDERS, List.of());
        var row = new @Nullable Object[ORDERS.properties().size()];
        while (first.next(row)) {
            replica.put(Row.of(ORDERS, row).text("AUFNR"), Row.of(ORDERS, row).text("KTEXT"));
        }
        long position = state.sequence();
        for (int round = 0; round < 30; round++) {
            for (int step = random.nextInt(12); step > 0; step--) {
                var key = "%012d".formatted(4_000_000 + random.nextInt(BASE_ORDERS * 3));
                if (random.nextInt(4) == 0 && state.find(ORDERS, List.of(key)).isPresent()) {
                    delete(key);
                } else {
                    put(key, "Round " + round + " step " + step);
                }
            }
            long upTo = state.sequence();
            for (var changed : state.changes(ORDERS, position, upTo)) {
                if (changed.values() == null) {
                    replica.remove(changed.key().getFirst());
                } else {
                    replica.put(
                            changed.key().getFirst(),
                            Row.of(ORDERS, changed.values()).text("KTEXT"));
                }
            }
            position = upTo;
            assertThat(List.copyOf(replica.values())).isEqualTo(texts(List.of()));
        }
    }

    @Test
    void aChangeThatFailsLeavesNothing() {
        long before = state.sequence();
        assertThatThrownBy(() -> state.change(USER, change -> {
                    change.put(order("000004000001", "never"));
                    change.next(NumberRange.ORDER);
                    throw Refusal.business("IW/000", "no");
                }))
                .isInstanceOf(Refusal.class);
        assertThat(state.sequence()).isEqualTo(before);
        assertThat(state.find(ORDERS, List.of("000004000001"))).isEmpty();
        assertThat(numberOf(NumberRange.ORDER)).isEqualTo("000004000121");
    }

    @Test
    void aChangeSeesItsOwnWritesAndOthersDoNotUntilItIsDone() {
        var key = HandmadePlant.orderNumber(2);
        state.change(USER, change -> {
            change.put(change.find(ORDERS, key).orElseThrow().set("KTEXT", "mine"));
            change.put(Row.of(IcwpModel.OPERATION)
                    .set("AUFNR", key)
                    .set("VORNR", "0005")
                    .set("UVORN", ""));
            change.delete(change.find(IcwpModel.OPERATION, key, "0010", "").orElseThrow());
            assertThat(change.find(ORDERS, key).orElseThrow().text("KTEXT")).isEqualTo("mine");
            assertThat(change.under(IcwpModel.OPERATION, key))
                    .extracting(row -> row.text("VORNR"))
                    .containsExactly("0005", "0020");
            assertThat(state.find(ORDERS, List.of(key)).orElseThrow().text("KTEXT"))
                    .isEqualTo("Order 2");
            return key;
        });
        assertThat(state.find(ORDERS, List.of(key)).orElseThrow().text("KTEXT")).isEqualTo("mine");
    }

    @Test
    void theTimeOfChangeGrowsEvenWhenTheClockStands() {
        var key = HandmadePlant.orderNumber(1);
        var times = new ArrayList<@Nullable Instant>();
        for (int i = 0; i < 3; i++) {
            times.add(state.change(
                            USER, change -> change.put(change.find(ORDERS, key).orElseThrow()))
                    .instant("CHANGEDAT"));
        }
        assertThat(times).containsExactly(NOW, NOW.plusMillis(1), NOW.plusMillis(2));
    }

    @Test
    void numbersGoOnBehindTheLastOneAndAreNeverGivenTwice() {
        assertThat(numberOf(NumberRange.ORDER)).isEqualTo("000004000121");
        assertThat(numberOf(NumberRange.ORDER)).isEqualTo("000004000122");
        assertThat(numberOf(NumberRange.EQUIPMENT)).isEqualTo("000000000010000003");
        assertThat(numberOf(NumberRange.TIME_SHEET)).isEqualTo("000000000001");
    }

    @Test
    void anExternalIdLeadsToTheEntityMadeWithIt() {
        var id = new UUID(1, 2);
        state.change(USER, change -> {
            assertThat(change.createdWith(ORDERS, id)).isEmpty();
            change.put(order("000009000001", "external").set("EXTID", id));
            assertThat(change.createdWith(ORDERS, id)).contains(List.of("000009000001"));
            return id;
        });
        assertThat(state.<Optional<List<String>>>change(USER, change -> change.createdWith(ORDERS, id)))
                .contains(List.of("000009000001"));
    }

    @Test
    void locksKeepOthersOutUntilTheyEnd() {
        state.locks().hold(new Locks.Lock("Order 1", "PLANNER", NOW.plusSeconds(60)), NOW);
        assertThatThrownBy(() -> state.change(USER, change -> {
                    change.requiresUnlocked("Order 1");
                    return 0;
                }))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.LOCKED))
                .hasMessageContaining("PLANNER");
        assertThat(state.locks().holder("Order 1", NOW.plusSeconds(60))).isEmpty();
        assertThatThrownBy(() -> state.locks().hold(new Locks.Lock("Order 1", "OTHER", NOW.plusSeconds(9)), NOW))
                .isInstanceOf(Refusal.class);
        state.locks().release("Order 1");
        assertThat(state.locks().all(NOW)).isEmpty();
    }

    @Test
    void readersBesideAWriterSeeEveryUnchangedRowOnce() throws InterruptedException {
        var stop = new CountDownLatch(1);
        var writer = Thread.ofVirtual().start(() -> {
            var random = new Random(7);
            while (stop.getCount() > 0) {
                var key = "%012d".formatted(4_000_001 + 3 * random.nextInt(BASE_ORDERS));
                put(key, "new");
                delete(key);
            }
        });
        for (int i = 0; i < 2000; i++) {
            var base = texts(List.of()).stream()
                    .filter(text -> text.startsWith("Order "))
                    .toList();
            assertThat(base).hasSize(BASE_ORDERS).doesNotHaveDuplicates();
        }
        stop.countDown();
        writer.join();
    }

    private String numberOf(NumberRange range) {
        return state.change(USER, change -> {
            var number = change.next(range);
            change.put(Row.of(IcwpModel.PLANT).set("WERKS", "X" + number.substring(number.length() - 3)));
            return number;
        });
    }

    private static Row order(String key, String text) {
        return Row.of(ORDERS).set("AUFNR", key).set("KTEXT", text);
    }

    private void put(String key, String text) {
        state.change(USER, change -> change.put(order(key, text)));
    }

    private void delete(String key) {
        state.change(USER, change -> {
            change.delete(change.find(ORDERS, key).orElseThrow());
            return key;
        });
    }

    private List<String> texts(List<String> from) {
        var texts = new ArrayList<String>();
        var rows = state.rows(ORDERS, from);
        var row = new @Nullable Object[ORDERS.properties().size()];
        while (rows.next(row)) {
            texts.add(Row.of(ORDERS, row).text("KTEXT"));
        }
        return texts;
    }
}
