package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.alert.AlertState.Action;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: an alert moves only as the table permits. Method: the whole table, every cell, written down once more. */
class AlertStateTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # state      | read      | snooze  | wake | escalate  | acknowledge  | close
            open         | read      | snoozed | -    | escalated | acknowledged | closed
            read         | read      | snoozed | -    | escalated | acknowledged | closed
            snoozed      | read      | snoozed | open | escalated | acknowledged | closed
            escalated    | escalated | -       | -    | escalated | acknowledged | closed
            acknowledged | -         | -       | -    | -         | acknowledged | closed
            closed       | -         | -       | -    | -         | -            | closed
            """)
    void movesAsTheTablePermits(
            String from, String read, String snooze, String wake, String escalate, String acknowledge, String close) {
        var state = AlertState.valueOf(from.toUpperCase(Locale.ROOT));
        assertThat(after(state, Action.READ)).isEqualTo(read);
        assertThat(after(state, Action.SNOOZE)).isEqualTo(snooze);
        assertThat(after(state, Action.WAKE)).isEqualTo(wake);
        assertThat(after(state, Action.ESCALATE)).isEqualTo(escalate);
        assertThat(after(state, Action.ACKNOWLEDGE)).isEqualTo(acknowledge);
        assertThat(after(state, Action.CLOSE)).isEqualTo(close);
    }

    @Test
    void anyPermittedActionMayBeRepeated() {
        for (var state : AlertState.values()) {
            for (var action : Action.values()) {
                if (action != Action.WAKE) { // Only sleepers wake.
                    state.after(action)
                            .ifPresent(next -> assertThat(next.after(action)).contains(next));
                }
            }
        }
    }

    @Test
    void nothingLeavesTheLastState() {
        for (var action : Action.values()) {
            AlertState.CLOSED.after(action).ifPresent(next -> assertThat(next).isEqualTo(AlertState.CLOSED));
        }
    }

    private static String after(AlertState state, Action action) {
        return state.after(action).map(AlertState::toString).orElse("-");
    }
}
