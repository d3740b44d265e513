package io.imaint.store;

import static io.imaint.store.OutboxWork.FOR_LONG;
import static io.imaint.store.OutboxWork.HECTOR;
import static io.imaint.store.OutboxWork.id;
import static io.imaint.store.OutboxWork.order;
import static io.imaint.store.OutboxWork.recover;
import static io.imaint.store.OutboxWork.step;
import static io.imaint.store.StoreContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identity.Caller;
import io.imaint.store.CutStore.Died;
import io.imaint.store.CutStore.Life;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxBackup;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxProblem;
import io.imaint.store.outbox.OutboxQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** How an outbox goes on, on every engine, after refusals, discards and deaths of processes. */
interface OutboxRecoveryContract {
    Store store();

    void pass(Duration time);

    Instant now();

    private OutboxWork work() {
        return new OutboxWork(store(), this::now);
    }

    private OutboxBackup backup() {
        return new OutboxBackup(store(), this::now);
    }

    @Test
    default void holdsAllThatFollowsWhatFailedUntilItIsRetried() {
        var first = work().accepted(order(id()));
        var second = work().release(first.id());
        var third = work().release(first.id());
        work().fail(first);
        assertThat(List.of(work().state(first), work().state(second), work().state(third)))
                .containsExactly(State.FAILED, State.HELD, State.HELD);
        assertThat(work().item(third.id()).outcome().message()).contains(first.id(), "order is locked");
        var fourth = work().release(first.id());
        assertThat(fourth.state()).as("accepted behind them").isEqualTo(State.HELD);
        assertThat(work().queue().due(10)).isEmpty();
        assertThatThrownBy(() -> work().retry(second)).hasMessageContaining(first.id());

        work().retry(first);
        assertThat(List.of(work().state(first), work().state(second), work().state(third), work().state(fourth)))
                .containsOnly(State.QUEUED);
        assertThat(work().item(second.id()).outcome()).isEqualTo(Outcome.NONE);
        assertThat(work().post(first, "000004000012")).containsExactly(second.id());
        assertThat(work().facts()).contains("CommandFailed", "CommandResubmitted");
    }

    @Test
    default void holdsWhatFollowsADiscardedItemUntilAPersonReleasesIt() {
        var first = work().release("000004000012");
        var second = work().release("000004000012");
        var third = work().release("000004000012");
        work().discard(first);
        assertThat(List.of(work().state(first), work().state(second), work().state(third)))
                .containsExactly(State.DISCARDED, State.HELD, State.HELD);
        assertThat(work().item(second.id()).outcome().message()).contains(first.id(), "no longer needed");
        pass(FOR_LONG);
        assertThat(work().queue().recover()).isZero();
        work().retry(second);
        assertThat(List.of(work().state(second), work().state(third))).containsOnly(State.QUEUED);
        assertThat(work().queue().due(10)).containsExactly(second.id());
        assertThat(work().post(second, "000004000012")).containsExactly(third.id());
    }

    @Test
    default void letsNothingOvertakeWhatIsUnsettledBehindADiscardedItem() {
        var first = work().release("000004000012");
        var discarded = work().release("000004000012");
        var held = work().release("000004000012");
        work().discard(discarded);
        var fourth = work().release("000004000012");
        assertThat(fourth.waitsFor()).isEqualTo(held.id());
        work().retry(held);
        assertThat(work().item(held.id()).waitsFor()).isEqualTo(first.id());
        work().discard(held);
        var fifth = work().accepted(step(id(), Command.CHANGE_ORDER, "000004000012"));
        assertThat(fifth.waitsFor()).isEqualTo(fourth.id());
        work().discard(fourth);
        work().discard(fifth);
        var sixth = work().release("000004000012");
        assertThat(sixth.waitsFor()).isEqualTo(first.id());
        assertThat(work().queue().due(10)).containsExactly(first.id());
        assertThat(work().post(first, "000004000012")).containsExactly(sixth.id());
    }

    @Test
    default void refusesWhatIsToBeDoneToAnObjectThatWasNeverCreated() {
        var order = work().accepted(order(id()));
        var release = work().release(order.id());
        work().discard(order);
        assertThat(work().state(release)).isEqualTo(State.HELD);
        assertThat(work().item(release.id()).outcome().remedy()).isEqualTo("Discard this one too.");
        assertProblem(OutboxProblem.OUTBOX_PREDECESSOR_DISCARDED, () -> work().release(order.id()));
        assertProblem(OutboxProblem.OUTBOX_PREDECESSOR_DISCARDED, () -> work().retry(release));
        work().discard(release);
        assertThat(work().state(release)).isEqualTo(State.DISCARDED);
    }

    @Test
    default void takesOverAClaimThatRanOutAndAsksSapBeforeItSendsAgain() {
        var item = work().accepted(order(id()));
        var lost = work().claimed(item);
        assertThat(work().queue().recover()).isZero();
        pass(FOR_LONG);
        assertThat(work().queue().recover()).isEqualTo(1);
        var taken = work().claimed(item);
        assertThat(taken.item().uncertain()).isTrue();
        assertThat(work().queue().posted(lost, new Outcome("000004000012", null, null, null, null)))
                .as("the late process changes nothing")
                .isEmpty();
        assertThat(work().state(item)).isEqualTo(State.SENDING);
        work().queue().posted(taken, new Outcome("000004000012", null, null, null, null));
        assertThat(work().item(item.id()).uncertain()).isFalse();
    }

    @Test
    default void bringsBackWhatABackupHeldAndAsksSapBeforeItIsSent() {
        var order = work().accepted(order(id()));
        var release = work().release(order.id());
        var settled = work().release("000004000099");
        var backup = backup().read();
        work().post(settled, "000004000099");
        assertThat(backup).hasSize(3);
        store().documents(OutboxItem.TYPE).removeAll(Condition.equal("stream", order.stream()));
        var newcomer = work().release(order.id());

        backup().restore(backup);
        backup().restore(backup);
        assertThat(work().state(settled)).as("what is known stays").isEqualTo(State.POSTED);
        for (var item : List.of(order, release)) {
            assertThat(work().item(item.id()).uncertain()).isTrue();
            assertThat(work().item(item.id()).history()).hasSize(1);
        }
        var stream = store().documents(OutboxItem.TYPE)
                .list(Query.where(Condition.equal("stream", order.stream())).sorted("sequence", false))
                .values();
        assertThat(stream).extracting(OutboxItem::id).contains(newcomer.id(), order.id(), release.id());
        assertThat(work().claimed(newcomer).item().uncertain()).isFalse();
    }

    @Test
    default void givesEverythingUpForAnotherSystem() {
        var first = work().accepted(order(id()));
        var second = work().release(first.id());
        var sent = work().accepted(order(id()));
        var claimed = work().claimed(sent);
        assertThat(backup().unsettled()).isEqualTo(3);
        assertThat(backup().discardAll("another system", Caller.system("test"))).isEqualTo(3);
        assertThat(List.of(work().state(first), work().state(second), work().state(sent)))
                .containsOnly(State.DISCARDED);
        assertThat(work().queue().posted(claimed, new Outcome("1", null, null, null, null)))
                .isEmpty();
        assertThat(backup().unsettled()).isZero();
    }

    @Test
    default void recoversALongStreamPageByPage() {
        var first = work().accepted(order(id()));
        int behind = 300;
        for (int i = 0; i < behind; i++) {
            work().release(first.id());
        }
        // The process dies before it holds anything.
        diesAfter(1, store -> {
            var queue = new OutboxQueue(store, this::now);
            queue.failed(work().claimed(first), Outcome.words("IW/500", "order is locked", null));
        });
        recover(work().queue());
        var held = store().documents(OutboxItem.TYPE).count(Condition.equal("state", State.HELD));
        assertThat(held).isEqualTo(behind);
    }

    @Test
    default void leavesNothingStuckWhereverAProcessDies() {
        int writes = 1;
        for (boolean died = true; died; writes++) {
            var ids = List.of(id(), id(), id(), id());
            int life = writes;
            died = false;
            try {
                everything(CutStore.of(store(), new Life(life)), ids);
            } catch (Died dead) {
                died = true;
            }
            pass(FOR_LONG);
            settleAll(ids);
        }
        assertThat(writes).isGreaterThan(15);
    }

    private static void assertDied(Runnable work) {
        assertThatThrownBy(work::run).isInstanceOf(Died.class);
    }

    private void diesAfter(int writes, Consumer<Store> work) {
        assertDied(() -> work.accept(CutStore.of(store(), new Life(writes))));
    }

    /** Everything that people and consumers do, by one process. */
    private void everything(Store store, List<String> ids) {
        var outbox = new Outbox(store, this::now);
        var queue = new OutboxQueue(store, this::now);
        var first = order(ids.get(0));
        outbox.accept(first, HECTOR);
        outbox.accept(step(ids.get(1), Command.RELEASE_ORDER, first.id()), HECTOR);
        outbox.accept(
                new Draft(
                        ids.get(2),
                        Command.CREATE_NOTIFICATION,
                        "Notifications",
                        null,
                        "1000",
                        null,
                        new Document(),
                        new Document(),
                        Map.of("orderNumber", first.id())),
                HECTOR);
        outbox.accept(step(ids.get(3), Command.COMPLETE_ORDER_TECHNICALLY, first.id()), HECTOR);
        queue.failed(queue.claim(first.id(), "mortal").orElseThrow(), Outcome.words("1", "locked", null));
        var stands = outbox.find(first.id(), HECTOR).orElseThrow();
        outbox.retry(first.id(), stands.rev(), Map.of(), HECTOR);
        queue.posted(
                queue.claim(first.id(), "mortal").orElseThrow(), new Outcome("000004000012", null, null, null, null));
        var release = outbox.find(ids.get(1), HECTOR).orElseThrow();
        outbox.discard(release.key(), release.rev(), "not needed", HECTOR);
        var complete = outbox.find(ids.get(3), HECTOR).orElseThrow();
        outbox.retry(complete.key(), complete.rev(), Map.of(), HECTOR);
    }

    /** Recovers, posts what is due and retries what is held, until nothing is left to do. */
    private void settleAll(List<String> ids) {
        var queue = work().queue();
        for (int round = 0; round < 20; round++) {
            recover(queue);
            for (var id : queue.due(100)) {
                queue.claim(id, "heir")
                        .ifPresent(claimed -> queue.posted(
                                claimed, new Outcome("N" + claimed.item().id(), null, null, null, null)));
            }
            var stuck = new ArrayList<OutboxItem>();
            for (var id : ids) {
                work().outbox()
                        .find(id, HECTOR)
                        .map(Stored::value)
                        .filter(item -> item.state().stuck())
                        .ifPresent(stuck::add);
            }
            stuck.stream().limit(1).forEach(work()::retry);
        }
        for (var id : ids) {
            work().outbox()
                    .find(id, HECTOR)
                    .ifPresent(item -> assertThat(item.value().state().settled())
                            .as(() -> item.value().toString())
                            .isTrue());
        }
    }
}
