package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Actor;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: each command reaches SAP once, whatever goes wrong. Method: the simulator's faults, and people who change things in SAP. */
class OutboundFaultsIT extends OutboundCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop-after on POST NotificationSet times=1",
                "drop-before on POST NotificationSet times=2",
                "half-answer=0.5 on POST NotificationSet times=1",
                "half-answer=0 on POST NotificationSet times=1",
                "status=503(burst=4) on POST times=1",
                "status=500 on POST NotificationSet times=3",
                "maintenance times=5",
                "session-expiry on POST p=0.5",
                "cookie-loss=all times=2",
                "cookie-loss=request on POST times=1",
                "lock-conflict on POST NotificationSet times=3",
                "xml-errors"
            })
    void whateverGoesWrongANotificationIsCreatedOnce(String fault) {
        landscape.faults(fault);
        landscape.start();
        var items = new ArrayList<OutboxItem>();
        for (int i = 0; i < 5; i++) {
            items.add(landscape.create(Command.CREATE_NOTIFICATION, notification(fault.substring(0, 9) + " " + i)));
        }
        for (var item : items) {
            var number = posted(item);
            assertThat(landscape.rows(
                            IcwpModel.NOTIFICATION, row -> item.id().equals(String.valueOf(row.value("EXTID")))))
                    .extracting(row -> row.text("QMNUM"))
                    .containsExactly(number);
        }
    }

    @Test
    void aLostAnswerIsLookedUpWithinTheAttemptThatSentTheCommand() {
        landscape.faults("drop-after on POST NotificationSet times=1");
        landscape.start();
        var item = landscape.create(Command.CREATE_NOTIFICATION, notification("Answer lost"));
        posted(item);
        assertThat(landscape.item(item.id()).attempts()).isEqualTo(1);
        assertThat(landscape.item(item.id()).history())
                .extracting(OutboxItem.Event::what)
                .containsExactly("looked-up");
        assertThat(described(IcwpModel.NOTIFICATION, "QMTXT", "Answer lost")).isEqualTo(1);
    }

    @Test
    void aLookUpThatFailsIsRepeatedByTheNextAttemptsWhichSendNothing() {
        landscape.faults("drop-after on POST NotificationSet times=1", "status=500 on GET NotificationSet times=3");
        landscape.start();
        var item = landscape.create(Command.CREATE_NOTIFICATION, notification("Look-up failed"));
        posted(item);
        var history = landscape.item(item.id()).history();
        assertThat(history.getLast().what()).isEqualTo("looked-up");
        assertThat(landscape.item(item.id()).attempts())
                .as("one for each entry of the history: %s", history)
                .isEqualTo(history.size())
                .isGreaterThan(1);
        assertThat(described(IcwpModel.NOTIFICATION, "QMTXT", "Look-up failed")).isEqualTo(1);
    }

    @Test
    void anActionOrAChangeWhoseAnswerWasLostIsNotRepeated() {
        landscape.start();
        var number = posted(landscape.create(Command.CREATE_ORDER, order("Twice")));
        landscape.faults("drop-after on POST ReleaseOrder times=1", "drop-after on POST WorkOrderSet times=1");
        var change = landscape.about(
                Command.CHANGE_ORDER, "WorkOrders", number, number, new Document().put("description", "Once"));
        var release = landscape.about(Command.RELEASE_ORDER, "WorkOrders", number, number, new Document());
        posted(change);
        posted(release);
        assertThat(landscape.row(IcwpModel.WORK_ORDER, number).has("REL")).isTrue();
        assertThat(landscape.row(IcwpModel.WORK_ORDER, number).text("KTEXT")).isEqualTo("Once");
    }

    @Test
    void whatSapForbidsFailsInItsOwnWordsAndHoldsItsFollowers() {
        landscape.start();
        var number = posted(landscape.create(Command.CREATE_ORDER, order("Not released")));
        var completion =
                landscape.about(Command.COMPLETE_ORDER_TECHNICALLY, "WorkOrders", number, number, new Document());
        var item = failed(completion);
        assertThat(item.outcome().code()).isEqualTo("BS/007");
        assertThat(item.outcome().message()).contains("is not allowed");
        assertThat(item.outcome().remedy()).isNotBlank();
        assertThat(item.attempts()).as("a business error is not tried again").isEqualTo(1);
        var follower = landscape.about(
                Command.CHANGE_ORDER, "WorkOrders", number, number, new Document().put("description", "Later"));
        assertThat(landscape.item(follower.id()).state()).isEqualTo(State.HELD);
        assertThat(landscape.item(follower.id()).waitsFor()).isEqualTo(item.id());
    }

    @Test
    void aValueThatSomebodyChangedInSapIsNotOverwritten() {
        landscape.start();
        var number = posted(landscape.create(Command.CREATE_NOTIFICATION, notification("Seen by the technician")));
        landscape
                .sap
                .plant()
                .change(
                        Actor.unrestricted("PLANNER"),
                        change -> change.put(landscape
                                .row(IcwpModel.NOTIFICATION, number)
                                .copy()
                                .set("QMTXT", "Changed by the planner")));
        var item = failed(landscape.accept(
                Command.CHANGE_NOTIFICATION,
                "Notifications",
                number,
                number,
                new Document().put("description", "Wanted").put("priority", "2"),
                new Document().put("description", "Seen by the technician"),
                Map.of()));
        assertThat(item.outcome().code()).isEqualTo("command-conflict");
        assertThat(item.outcome().message()).contains("Changed by the planner", "Seen by the technician", "Wanted");
        assertThat(landscape.row(IcwpModel.NOTIFICATION, number).text("PRIOK")).isNotEqualTo("2");
    }

    @Test
    void fieldsThatNobodyMappedAreNamed() {
        landscape.start();
        var item = failed(landscape.create(
                Command.CREATE_NOTIFICATION,
                notification("x").put("colour", "red").put("systemStatuses", List.of("NOPR"))));
        assertThat(item.outcome().code()).isEqualTo("command-field-unmapped");
        assertThat(item.outcome().message()).contains("colour", "systemStatuses");
        assertThat(item.outcome().remedy()).contains("retry");
    }

    @Test
    void aRefusedLogonIsSentOnceHoweverManyCommandsWait() {
        landscape.close();
        landscape = new OutboundLandscape(home, "wrong");
        landscape.start();
        var items = new ArrayList<OutboxItem>();
        for (int i = 0; i < 20; i++) {
            items.add(landscape.create(Command.CREATE_NOTIFICATION, notification("Nobody " + i)));
        }
        await().until(() -> landscape.consumer().readiness().detail().contains("refused the user"));
        await().during(Duration.ofMillis(600)) // Six probes.
                .atMost(Duration.ofMinutes(1))
                .until(() -> landscape.requests.get() == 1);
        assertThat(items).allSatisfy(item -> {
            var now = landscape.item(item.id());
            assertThat(now.state()).isIn(State.QUEUED, State.SENDING);
            assertThat(now.attempts()).as("an outage costs no attempt").isLessThanOrEqualTo(1);
        });
    }

    @Test
    void whatWaitedWhileSapWasDownIsPostedAfterwards() {
        int count = 100;
        landscape.faults("status=503(burst=10000)");
        landscape.start();
        var items = new ArrayList<OutboxItem>();
        for (int i = 0; i < count; i++) {
            items.add(landscape.create(Command.CREATE_NOTIFICATION, notification("Down " + i)));
        }
        await().until(() -> landscape.consumer().readiness().detail().startsWith("commands wait"));
        landscape.faults();
        await().atMost(Duration.ofMinutes(10))
                .until(() -> items.stream()
                        .allMatch(item -> landscape.item(item.id()).state() == State.POSTED));
        assertThat(landscape
                        .rows(IcwpModel.NOTIFICATION, row -> row.text("QMTXT").startsWith("Down "))
                        .stream()
                        .map(row -> row.text("QMTXT"))
                        .distinct())
                .hasSize(count);
        assertThat(described(IcwpModel.NOTIFICATION, "QMTXT", "Down 7")).isEqualTo(1);
    }

    @Test
    void changesWithoutEffectAreNotSent() {
        landscape.start();
        var number = posted(landscape.create(Command.CREATE_NOTIFICATION, notification("Same")));
        Row before = landscape.row(IcwpModel.NOTIFICATION, number);
        about(Command.CHANGE_NOTIFICATION, "Notifications", number, number, new Document().put("description", "Same"));
        assertThat(landscape.row(IcwpModel.NOTIFICATION, number).instant("CHANGEDAT"))
                .isEqualTo(before.instant("CHANGEDAT"));
    }
}
