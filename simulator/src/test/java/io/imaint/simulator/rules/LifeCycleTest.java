package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.Locks.Lock;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever people do to orders and notifications, in whatever order, it ends as SAP's rules say.
 *
 * <p>Method: random steps, sensible and senseless, by people with and without permission, on objects open and locked,
 * are taken in the plant and on paper ({@link PaperPlant}). After each both must agree on whether it was permitted and
 * on all statuses, sums and stocks; and a refused one must have left nothing behind.
 */
class LifeCycleTest {
    private static final int SEEDS = Integer.getInteger("imaint.seeds", 20);
    private static final int STEPS = 100;
    private static final Set<String> TOLD = Set.of(
            "CRTD", "REL", "TECO", "CLSD", "PCNF", "CNF", "GMPS", "NMAT", "OSNO", "NOPR", "NOCO", "ORAS", "DLFL");

    @Test
    void theRulesAgreeWithThoseOnPaper() {
        int permitted = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            permitted += new Run(seed).steps();
        }
        // Steps that are nearly all refused, or nearly none, would prove little.
        assertThat(permitted).isBetween(SEEDS * STEPS / 4, SEEDS * STEPS * 3 / 4);
    }

    /** One plant's history. */
    private static final class Run {
        private final long seed;
        private final Random random;
        private final Bench bench = new Bench();
        private final PaperPlant paper = new PaperPlant();
        private final List<String> history = new ArrayList<>();

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        int steps() {
            int permitted = 0;
            for (int i = 0; i < STEPS; i++) {
                var step = RandomStep.next(random, paper);
                boolean mayUse = random.nextInt(100) >= 8;
                var locked = random.nextInt(100) < 8 ? RandomStep.object(random, paper) : "";
                history.add(step.name()
                        + (mayUse ? "" : " without " + step.transaction())
                        + (locked.isEmpty() ? "" : " while " + locked + " is locked"));
                boolean wanted = mayUse
                        && !step.objects().contains(locked)
                        && step.onPaper().getAsBoolean();
                permitted += wanted ? 1 : 0;
                take(step, mayUse, locked, wanted);
                compare();
            }
            return permitted;
        }

        private String told() {
            return "seed " + seed + ", after\n" + String.join("\n", history);
        }

        private void take(RandomStep step, boolean mayUse, String locked, boolean wanted) {
            long before = bench.state.sequence();
            var now = bench.clock.get();
            if (!locked.isEmpty()) {
                bench.state.locks().hold(new Lock(locked, "EVE", now.plusSeconds(1)), now);
            }
            var actor = new Actor("ADA", transaction -> mayUse || !transaction.equals(step.transaction()), false);
            try {
                step.inPlant().accept(bench.as(actor));
                assertThat(wanted).as(() -> "it was permitted: " + told()).isTrue();
                assertThat(bench.state.sequence()).as(this::told).isGreaterThan(before);
            } catch (Refusal refusal) {
                assertThat(wanted)
                        .as(() -> "it was refused: " + refusal.getMessage() + ", " + told())
                        .isFalse();
                assertThat(bench.state.sequence()).as(this::told).isEqualTo(before);
                if (!mayUse) {
                    assertThat(refusal.kind()).as(this::told).isEqualTo(Refusal.Kind.NOT_AUTHORIZED);
                }
            } finally {
                if (!locked.isEmpty()) {
                    bench.state.locks().release(locked);
                }
            }
            bench.clock.set(now.plusSeconds(1));
        }

        private void compare() {
            assertThat(bench.state.count(IcwpModel.WORK_ORDER)).as(this::told).isEqualTo(paper.orders());
            assertThat(bench.state.count(IcwpModel.NOTIFICATION)).as(this::told).isEqualTo(paper.notifications());
            assertThat(bench.state.count(IcwpModel.GOODS_MOVEMENT))
                    .as(this::told)
                    .isEqualTo(paper.movements());
            assertThat(bench.now(IcwpModel.STOCK, Workshop.BEARING, "1000", "0001")
                            .decimal("LABST"))
                    .as(this::told)
                    .isEqualByComparingTo(BigDecimal.valueOf(paper.stock()));
            IntStream.range(0, paper.orders()).forEach(this::compareOrder);
            IntStream.range(0, paper.notifications())
                    .forEach(number -> assertThat(statuses(bench.now(IcwpModel.NOTIFICATION, RandomStep.number(number))
                                    .text("STATUSES")))
                            .as(this::told)
                            .isEqualTo(paper.notificationStatuses(number)));
        }

        private void compareOrder(int number) {
            var order = bench.now(IcwpModel.WORK_ORDER, RandomStep.number(number));
            assertThat(statuses(order.text("STATUSES"))).as(this::told).isEqualTo(paper.orderStatuses(number));
            var notification = paper.notificationOf(number);
            assertThat(order.text("QMNUM"))
                    .as(this::told)
                    .isEqualTo(notification == null ? "" : RandomStep.number(notification));
            for (int i = 0; i < paper.operations(number); i++) {
                var operation = bench.now(IcwpModel.OPERATION, RandomStep.number(number), RandomStep.operation(i), "");
                assertThat(statuses(operation.text("STATUSES")))
                        .as(this::told)
                        .isEqualTo(paper.operationStatuses(number, i));
                assertThat(operation.decimal("ISMNW"))
                        .as(this::told)
                        .isEqualByComparingTo(BigDecimal.valueOf(paper.tenths(number, i), 1));
            }
            for (int i = 0; i < paper.reservations(number); i++) {
                var component = bench.now(IcwpModel.COMPONENT, order.text("RSNUM"), RandomStep.item(i));
                assertThat(component.decimal("ENMNG"))
                        .as(this::told)
                        .isEqualByComparingTo(BigDecimal.valueOf(paper.withdrawn(number, i)));
                assertThat(component.flag("KZEAR")).as(this::told).isEqualTo(paper.served(number, i));
            }
        }

        private static Set<String> statuses(String shown) {
            return new HashSet<>(List.of(shown.split(" ", -1)))
                    .stream().filter(TOLD::contains).collect(Collectors.toSet());
        }
    }
}
