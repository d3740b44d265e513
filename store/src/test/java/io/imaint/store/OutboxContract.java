package io.imaint.store;

import static io.imaint.store.OutboxWork.HECTOR;
import static io.imaint.store.OutboxWork.id;
import static io.imaint.store.OutboxWork.order;
import static io.imaint.store.OutboxWork.step;
import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Documents.Written;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way of commands through the outbox on every engine: accepted, waiting, claimed, sent. */
interface OutboxContract {
    Store store();

    Store reopened() throws Exception;

    void pass(Duration time);

    Instant now();

    private OutboxWork work() {
        return new OutboxWork(store(), this::now);
    }

    @Test
    default void acceptsACommandOnceHoweverOftenItIsSent() {
        var draft = order(id());
        var first = work().outbox().accept(draft, HECTOR);
        assertThat(first.value().state()).isEqualTo(State.QUEUED);
        assertThat(first.value().object()).isEqualTo("WorkOrders/" + draft.id());
        assertThat(work().outbox().accept(draft, HECTOR)).isEqualTo(first);
        assertThat(work().facts()).containsOnlyOnce("CommandAccepted");

        var other = new Draft(
                draft.id(),
                draft.command(),
                "WorkOrders",
                null,
                "1000",
                null,
                new Document().put("description", "another"),
                new Document(),
                Map.of());
        assertProblem(OutboxProblem.OUTBOX_KEY_REUSED, () -> work().outbox().accept(other, HECTOR));
        var ada = new Caller("ada", Set.of(), PlantScope.of("1000"));
        assertProblem(OutboxProblem.OUTBOX_KEY_REUSED, () -> work().outbox().accept(draft, ada));
    }

    @Test
    default void keepsOneOrderWhereANumberIsKnownBeforeItsCreationIsPosted() {
        var creation = work().accepted(order(id()));
        var creating = work().claimed(creation);
        var byId = work().release(creation.id());
        var changing = work().claimed(work().release("000004000012"));
        var number = new Outcome("000004000012", null, null, "saved", null);
        work().queue().posted(creating, number);
        assertThat(work().queue().claim(byId.id(), "p")).isEmpty(); // The other one is being sent.

        work().queue().posted(changing, number);
        var next = work().release("000004000012");
        assertThat(next.waitsFor()).isEqualTo(byId.id());
        assertThat(work().queue().claim(next.id(), "p")).isEmpty();

        pass(Duration.ofSeconds(5));
        work().post(byId, "000004000012");
        work().post(next, "000004000012");
        assertThat(work().release("000004000012").stream()).isEqualTo(next.stream());
    }

    @Test
    default void postsByBothNamesOfAnObjectInTheOrderOfAcceptance() {
        var creation = work().accepted(order(id()));
        var creating = work().claimed(creation);
        var first = work().release("000004000012"); // The replica has it before SAP's answer is settled.
        pass(Duration.ofSeconds(1));
        var second = work().release(creation.id());
        pass(Duration.ofSeconds(1));
        var third = work().release("000004000012");
        work().queue().posted(creating, new Outcome("000004000012", null, null, "saved", null));
        assertThat(work().item(second.id()).waitsFor()).isEqualTo(first.id());
        assertThat(work().queue().claim(second.id(), "p")).isEmpty();

        assertThat(work().post(first, "000004000012")).containsExactly(second.id());
        assertThat(work().item(third.id()).waitsFor()).isEqualTo(second.id());
        work().fail(second);
        assertThat(work().state(third)).isEqualTo(State.HELD);
        work().retry(second);
        assertThat(work().post(second, "000004000012")).containsExactly(third.id());
        work().post(third, "000004000012");
    }

    @Test
    default void makesAnIdOfEveryKeyThatIsNoWholeUuid() {
        var id = id();
        assertThat(Outbox.id(id.toUpperCase(Locale.ROOT), HECTOR, "r")).isEqualTo(id);
        assertThat(Outbox.id("1-1-1-1-1", HECTOR, "r"))
                .isEqualTo(Outbox.id("1-1-1-1-1", HECTOR, "r"))
                .isNotEqualTo("00000001-0001-0001-0001-000000000001")
                .isNotEqualTo(Outbox.id("1-1-1-1-1", HECTOR, "another"));
    }

    @Test
    default void tellsRepeatedRequestsApartByContentWhateverTheOrderOfTheirReferences() {
        var notification = work().accepted(order(id())).id();
        var other = work().accepted(order(id())).id();
        var first = new Draft(
                id(),
                Command.CREATE_ORDER,
                "WorkOrders",
                null,
                "1000",
                null,
                new Document(),
                new Document(),
                Map.of("notification", notification, "superiorOrder", other));
        var stands = work().accepted(first);
        assertThat(work().accepted(first)).isEqualTo(stands);
    }

    @Test
    default void keepsTheOutboxOfOtherPlantsToItself() {
        var item = work().accepted(order(id()));
        var berta = new Caller("berta", Set.of(), PlantScope.of("2000"));
        assertThat(work().outbox().find(item.id(), berta)).isEmpty();
        assertThat(work().outbox().pending("WorkOrders", List.of(item.id()), berta))
                .isEmpty();
        assertProblem(StoreProblem.PLANT_OUT_OF_SCOPE, () -> work().outbox().accept(order(id()), berta));
        assertProblem(
                OutboxProblem.OUTBOX_ITEM_NOT_FOUND, () -> work().outbox().discard(item.id(), 1, "theirs", berta));
        assertProblem(OutboxProblem.OUTBOX_ITEM_NOT_FOUND, () -> work().outbox().retry(item.id(), 1, Map.of(), berta));
    }

    @Test
    default void numbersTheCommandsOfAnObjectWithoutGapsWhoeverAcceptsThem() throws Exception {
        int each = 40;
        try (var elsewhere = reopened()) {
            var boxes = List.of(work().outbox(), work().outbox(), new Outbox(elsewhere, this::now));
            inParallel(boxes.size() * 4, thread -> {
                for (int i = 0; i < each / 4; i++) {
                    boxes.get(thread % boxes.size()).accept(step(id(), Command.CHANGE_ORDER, "000004000012"), HECTOR);
                }
                return null;
            });
        }
        var items = work().outbox().pending("WorkOrders", List.of("000004000012"), HECTOR);
        assertThat(items)
                .extracting(OutboxItem::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 3L * each).boxed().toList());
        assertThat(items.stream().filter(item -> item.dueAt() != null)).hasSize(1);
        assertThat(items.stream().skip(1))
                .allSatisfy(item -> assertThat(item.waitsFor()).isNotNull());
    }

    @Test
    default void givesAnItemToOneOfManyConsumers() throws Exception {
        var items = IntStream.range(0, 20)
                .mapToObj(i -> work().accepted(order(id())))
                .toList();
        var won = new ConcurrentLinkedQueue<String>();
        inParallel(4, thread -> {
            for (var item : items) {
                work().queue()
                        .claim(item.id(), "process-" + thread)
                        .ifPresent(claimed -> won.add(claimed.item().id()));
            }
            return null;
        });
        assertThat(won)
                .containsExactlyInAnyOrderElementsOf(
                        items.stream().map(OutboxItem::id).toList());
    }

    @Test
    default void sendsAFollowerAfterItsPredecessorUnderTheNumberThatSapGave() {
        var order = work().accepted(order(id()));
        var release = work().release(order.id());
        assertThat(release.waitsFor()).isEqualTo(order.id());
        assertThat(work().queue().claim(release.id(), "process-1")).isEmpty();
        assertThat(work().queue().due(10)).containsExactly(order.id());

        assertThat(work().post(order, "000004000012")).containsExactly(release.id());
        assertThat(work().item(order.id())).satisfies(posted -> {
            assertThat(posted.state()).isEqualTo(State.POSTED);
            assertThat(posted.outcome().sapNumber()).isEqualTo("000004000012");
            assertThat(posted.expiresAt()).isEqualTo(now().plus(Duration.ofDays(90)));
        });
        assertThat(work().claimed(release).item().object()).isEqualTo("WorkOrders/000004000012");
        assertThat(work().outbox().pending("WorkOrders", List.of("000004000012"), HECTOR))
                .extracting(OutboxItem::id)
                .containsExactly(order.id(), release.id());
        // The object is the same by either name.
        var byNumber = work().release("000004000012");
        var byId = work().release(order.id());
        assertThat(List.of(byNumber.sequence(), byId.sequence())).containsExactly(3L, 4L);
        assertThat(work().facts()).contains("CommandPosted");
    }

    @Test
    default void keepsOneOrderWhereTheReplicaHasTheNumberBeforeTheCreationIsKnownAsPosted() {
        var order = work().accepted(order(id()));
        var unanswered = work().claimed(order);
        var byId = work().release(order.id());
        work().replicate("000004000012", order.id());
        var byNumber = work().release("000004000012");
        assertThat(byNumber.object()).isEqualTo("WorkOrders/000004000012");
        assertThat(byNumber.waitsFor()).isEqualTo(byId.id());
        assertThat(work().release(order.id()).waitsFor()).isEqualTo(byNumber.id());
        assertThat(work().outbox().pending("WorkOrders", List.of("000004000012"), HECTOR))
                .extracting(OutboxItem::id)
                .contains(byNumber.id());
        assertThat(work().queue().claim(byNumber.id(), "process-1")).isEmpty();
        assertThat(work().item(byNumber.id()).object()).isEqualTo("WorkOrders/000004000012");

        var answer = new Outcome("000004000012", null, null, "saved", null);
        assertThat(work().queue().posted(unanswered, answer)).containsExactly(byId.id());
        assertThat(work().queue().claim(byNumber.id(), "process-1")).isEmpty();
        assertThat(work().post(byId, "000004000012")).containsExactly(byNumber.id());
        assertThat(work().claimed(byNumber).item().object()).isEqualTo("WorkOrders/000004000012");
    }

    @Test
    default void letsTheLastOfManyEarlierCommandsByTheOtherNameGoBefore() {
        var order = work().accepted(order(id()));
        var unanswered = work().claimed(order);
        OutboxItem last = order;
        for (int i = 0; i < 205; i++) {
            last = work().release(order.id());
        }
        pass(Duration.ofSeconds(1));
        var byNumber = work().release("000004000012"); // Of which the replica does not know who created it.
        assertThat(byNumber.stream()).isNotEqualTo(last.stream());
        var unused = work().queue().posted(unanswered, new Outcome("000004000012", null, null, "saved", null));
        assertThat(work().queue().claim(byNumber.id(), "process-1")).isEmpty();
        assertThat(work().item(byNumber.id()).waitsFor()).isEqualTo(last.id());
    }

    @Test
    default void sendsWhatRefersToAnotherObjectOnceThatHasANumber() {
        var notification = work().accepted(order(id()));
        var referring = new Draft(
                id(),
                Command.CREATE_ORDER,
                "WorkOrders",
                null,
                "1000",
                null,
                new Document(),
                new Document(),
                Map.of("notification", notification.id()));
        var order = work().accepted(referring);
        assertThat(order.waitsFor()).isEqualTo(notification.id());
        assertThat(order.stream()).isNotEqualTo(notification.stream());
        assertThat(work().post(notification, "000010000007")).containsExactly(order.id());
        assertThat(work().claimed(order).numbers()).containsExactly(Map.entry("notification", "000010000007"));
        assertProblem(
                OutboxProblem.OUTBOX_ITEM_NOT_FOUND,
                () -> work().accepted(new Draft(
                        id(),
                        Command.CREATE_ORDER,
                        "WorkOrders",
                        null,
                        "1000",
                        null,
                        new Document(),
                        new Document(),
                        Map.of("notification", id()))));
    }

    @Test
    default void sendsAnEditedItemWithItsNewValues() {
        var item = work().accepted(order(id()));
        work().fail(item);
        var stands = work().outbox().find(item.id(), HECTOR).orElseThrow();
        var changes = new HashMap<String, @Nullable Object>();
        changes.put("description", null);
        changes.put("priority", "1");
        work().outbox().retry(item.id(), stands.rev(), changes, HECTOR);
        assertThat(work().claimed(item).item().request().values()).isEqualTo(new Document().put("priority", "1"));
        assertThat(work().item(item.id()).history())
                .extracting(OutboxItem.Event::what)
                .containsExactly("sent", "edited");
    }

    @Test
    default void losesARetryOrADiscardOfAnOldRevision() {
        var item = work().accepted(order(id()));
        work().fail(item);
        assertThat(work().outbox().retry(item.id(), 1, Map.of(), HECTOR)).isInstanceOf(Written.Lost.class);
        assertThat(work().outbox().discard(item.id(), 1, "old", HECTOR)).isInstanceOf(Written.Lost.class);
        assertThat(work().state(item)).isEqualTo(State.FAILED);
    }

    @Test
    default void refusesStepsThatAnItemsStateForbids() {
        var item = work().accepted(order(id()));
        assertProblem(OutboxProblem.OUTBOX_STEP_FORBIDDEN, () -> work().retry(item));
        var claimed = work().claimed(item);
        assertProblem(OutboxProblem.OUTBOX_STEP_FORBIDDEN, () -> work().discard(item));
        work().queue().later(claimed, Outcome.words("timeout", "no answer", null), true, Duration.ofSeconds(10));
        assertProblem(OutboxProblem.OUTBOX_STEP_FORBIDDEN, () -> work().discard(item));
        pass(Duration.ofSeconds(10));
        work().post(item, "000004000012");
        assertProblem(OutboxProblem.OUTBOX_STEP_FORBIDDEN, () -> work().discard(item));
        assertProblem(OutboxProblem.OUTBOX_STEP_FORBIDDEN, () -> work().retry(item));
    }

    @Test
    default void sendsAgainLaterWhatMayPass() {
        var item = work().accepted(order(id()));
        work().queue()
                .later(work().claimed(item), Outcome.words("503", "SAP is down", null), false, Duration.ofSeconds(30));
        assertThat(work().queue().claim(item.id(), "process-1")).isEmpty();
        assertThat(work().queue().due(10)).isEmpty();
        pass(Duration.ofSeconds(30));
        assertThat(work().queue().due(10)).containsExactly(item.id());
        var again = work().claimed(item);
        assertThat(again.item().attempts()).isEqualTo(2);
        work().queue().release(again, Duration.ZERO);
        assertThat(work().item(item.id()).attempts()).as("not sent").isEqualTo(1);
        assertThat(work().item(item.id()).outcome().message()).isEqualTo("SAP is down");
    }

    @Test
    default void keepsTheFirstAndTheNewestAttempts() {
        var item = work().accepted(order(id()));
        for (int i = 0; i < 40; i++) {
            work().queue().later(work().claimed(item), Outcome.words("503", "try " + i, null), false, Duration.ZERO);
        }
        var history = work().item(item.id()).history();
        assertThat(history).hasSize(30);
        assertThat(history.getFirst().message()).isEqualTo("try 0");
        assertThat(history.getLast().message()).isEqualTo("try 39");
    }

    @Test
    default void showsWhatIsPendingUntilTheReplicaMustHaveIt() {
        var order = work().accepted(order(id()));
        var change = work().accepted(step(id(), Command.CHANGE_ORDER, order.id()));
        var unneeded = work().accepted(step(id(), Command.RELEASE_ORDER, order.id()));
        work().discard(unneeded);
        assertThat(work().outbox().pending("WorkOrders", List.of(order.id(), "000009999999"), HECTOR))
                .extracting(OutboxItem::id)
                .containsExactly(order.id(), change.id());
        work().post(order, "000004000012");
        pass(Duration.ofMinutes(11));
        assertThat(work().outbox().pending("WorkOrders", List.of("000004000012"), HECTOR))
                .extracting(OutboxItem::id)
                .containsExactly(change.id());
    }
}
