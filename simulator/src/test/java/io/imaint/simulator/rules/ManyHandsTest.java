package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Goal: many people on one order lose nothing. Method: threads confirm, cancel, issue and return at once; then all is counted. */
class ManyHandsTest {
    private static final int HANDS = 8;
    private static final int TURNS = 60;

    private final Bench bench = new Bench();
    private final Row order = bench.releasedOrder();
    private final AtomicInteger tenths = new AtomicInteger();
    private final AtomicInteger pieces = new AtomicInteger(10);
    private final AtomicInteger confirmed = new AtomicInteger();

    @Test
    void sumsAreExactAndStockIsNeverNegative() throws Exception {
        var start = new CountDownLatch(1);
        try (var hands = Executors.newFixedThreadPool(HANDS)) {
            List<Future<?>> all = IntStream.range(0, HANDS)
                    .<Future<?>>mapToObj(hand -> hands.submit(() -> {
                        start.await();
                        work(new Random(hand));
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var one : all) {
                one.get();
            }
        }
        var operation = bench.now(IcwpModel.OPERATION, order.text("AUFNR"), "0010", "");
        assertThat(operation.decimal("ISMNW")).isEqualByComparingTo(BigDecimal.valueOf(tenths.get(), 1));
        assertThat(bench.state.count(IcwpModel.CONFIRMATION)).isEqualTo(confirmed.get());
        assertThat(bench.state.find(
                        IcwpModel.CONFIRMATION, List.of(operation.text("RUECK"), "%08d".formatted(confirmed.get()))))
                .as("counters have no gaps")
                .isPresent();
        assertThat(stock()).isEqualByComparingTo(BigDecimal.valueOf(pieces.get()));
    }

    private void work(Random random) {
        for (int turn = 0; turn < TURNS; turn++) {
            int hours = 1 + random.nextInt(30);
            var confirmation =
                    bench.as(Actor.unrestricted("ADA")).confirm(order, "ISMNW", BigDecimal.valueOf(hours, 1));
            confirmed.incrementAndGet();
            if (random.nextInt(4) == 0) {
                call(confirmation);
            } else {
                tenths.addAndGet(hours);
            }
            move(random.nextBoolean() ? "261" : "262", 1 + random.nextInt(3));
            assertThat(stock().signum()).isNotNegative();
        }
    }

    private void call(Row confirmation) {
        bench.as(Actor.unrestricted("ADA"))
                .call(IcwpModel.CANCEL_CONFIRMATION, confirmation.text("RUECK"), confirmation.text("RMZHL"));
        confirmed.incrementAndGet();
    }

    private void move(String type, int quantity) {
        try {
            bench.as(Actor.unrestricted("ADA"))
                    .create(
                            IcwpModel.GOODS_MOVEMENT,
                            "BWART",
                            type,
                            "AUFNR",
                            order.text("AUFNR"),
                            "MATNR",
                            Workshop.BEARING,
                            "WERKS",
                            "1000",
                            "LGORT",
                            "0001",
                            "MENGE",
                            BigDecimal.valueOf(quantity));
            pieces.addAndGet(type.equals("261") ? -quantity : quantity);
        } catch (Refusal refusal) {
            assertThat(refusal.messages().getFirst().code()).isEqualTo("M7/021");
        }
    }

    private BigDecimal stock() {
        return bench.now(IcwpModel.STOCK, Workshop.BEARING, "1000", "0001").decimal("LABST");
    }
}
