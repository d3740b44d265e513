package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.ReconciliationReport.Found;
import io.imaint.integration.state.RunResult;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T08:00:00Z");
    private static final Instant ENDED = BEGAN.plusSeconds(5);
    private static final Found NONE = new Found(0, List.of());

    private static Comparison ended(RunResult result) {
        return Comparison.begun("plants", ReconciliationOptions.REPAIR, BEGAN, 3)
                .at(7)
                .ended(result, ENDED);
    }

    private static Comparison compared(Found missing, boolean repaired) {
        var report = new ReconciliationReport(3, 3, false, "1", "2", missing, NONE, NONE, NONE, List.of(), repaired);
        return ended(new RunResult.Reconciled("plants", report));
    }

    @Test
    void tellsWhetherBothSidesAreTheSame() {
        assertThat(compared(NONE, true).state()).isEqualTo(Comparison.State.SAME);
        var one = new Found(1, List.of("1000"));
        assertThat(compared(one, false).state()).isEqualTo(Comparison.State.DIFFERENT);
        assertThat(compared(one, true)).satisfies(repaired -> {
            assertThat(repaired.state()).isEqualTo(Comparison.State.REPAIRED);
            assertThat(repaired.endedAt()).isEqualTo(ENDED);
            assertThat(repaired.rowsRead()).isEqualTo(7);
        });
    }

    @Test
    void tellsWhyItCameToNoEnd() {
        assertThat(ended(new RunResult.Cancelled("plants")).state()).isEqualTo(Comparison.State.STOPPED);
        assertThat(ended(new RunResult.NotStarted("plants", "it is not loaded")).detail())
                .isEqualTo("not started: it is not loaded");
        var refused = ended(new RunResult.Failed("plants", InboundProblem.INBOUND_SWEEP_REFUSED.because("too many")));
        assertThat(refused.state()).isEqualTo(Comparison.State.FAILED);
        assertThat(refused.code()).isEqualTo("inbound-sweep-refused");
        assertThat(refused.remedy()).contains("--max-removals");
    }
}
