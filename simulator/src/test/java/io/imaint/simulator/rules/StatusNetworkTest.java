package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: the table of statuses says what SAP says. Method: the life cycle is written a second time, as sentences. */
class StatusNetworkTest {
    private static Row order(String statuses) {
        return Row.of(IcwpModel.WORK_ORDER).set("AUFNR", "000004000001").set("STATUSES", statuses);
    }

    @ParameterizedTest
    @CsvSource({
        "CRTD, RELEASE, REL",
        "REL, COMPLETE, TECO",
        "TECO, REOPEN, REL",
        "CRTD, CHANGE, CRTD",
        "REL, CONFIRM, REL",
        "TECO, DESCRIBE, TECO",
        "TECO, RETURN, TECO",
    })
    void aPermittedStepLeadsOn(String status, Step step, String next) {
        assertThat(StatusNetwork.ORDER.next(step, status)).isEqualTo(next);
        assertThat(StatusNetwork.ORDER.take(order(status), step).text("STATUSES"))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "REL, RELEASE", "TECO, RELEASE", "CLSD, RELEASE", "CRTD, COMPLETE", "TECO, COMPLETE", "CLSD, COMPLETE",
        "CRTD, REOPEN", "REL, REOPEN", "CLSD, REOPEN", "CRTD, CONFIRM", "TECO, CONFIRM", "CLSD, CONFIRM",
        "CRTD, ISSUE", "TECO, ISSUE", "CLSD, RETURN", "TECO, CHANGE", "CLSD, DESCRIBE", "TECO, ASSIGN",
    })
    void aForbiddenStepIsRefusedInTheNameOfTheStatus(String status, Step step) {
        assertThat(StatusNetwork.ORDER.next(step, status)).isNull();
        assertThatThrownBy(() -> StatusNetwork.ORDER.take(order(status + " PRC"), step))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.messages())
                                .extracting(message -> message.text())
                                .containsExactly(
                                        step.words() + " is not allowed (ORD 4000001)",
                                        "System status " + status + " is active (ORD 4000001)"));
    }

    @Test
    void oneForbiddingStatusOutweighsAllOthers() {
        assertThat(StatusNetwork.ORDER.permits(order("REL PRC"), Step.CONFIRM)).isTrue();
        for (var blocking : List.of("DLFL", "LKD")) {
            assertThat(StatusNetwork.ORDER.permits(order("REL " + blocking), Step.CONFIRM))
                    .isFalse();
        }
        assertThat(StatusNetwork.ORDER.permits(order("REL").set("LOEKZ", "X"), Step.CONFIRM))
                .isFalse();
    }

    @Test
    void anObjectWithoutAStatusIsAtItsBeginning() {
        assertThat(StatusNetwork.ORDER.take(order(""), Step.RELEASE).text("STATUSES"))
                .isEqualTo("REL");
        assertThat(StatusNetwork.ORDER.permits(order("PRC"), Step.CONFIRM)).isFalse();
    }

    @Test
    void whatHangsOnTheLifeCycleStays() {
        assertThat(StatusNetwork.ORDER
                        .take(order("REL CNF PRC GMPS SETC"), Step.COMPLETE)
                        .text("STATUSES"))
                .isEqualTo("TECO CNF PRC GMPS SETC");
    }
}
