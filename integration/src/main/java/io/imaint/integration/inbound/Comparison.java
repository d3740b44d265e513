package io.imaint.integration.inbound;

import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.state.ReconciliationReport;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.Description;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison of an integration with SAP: the last one, or the one that runs. */
record Comparison(
        String integration,
        State state,

        @Description("Whether differences are repaired") boolean repair,

        @Description("Whether all mapped values were compared, not only keys and change stamps")
        boolean contents,

        Instant beganAt,
        @Nullable Instant endedAt,

        @Description("Rows of SAP that were read so far; what differs is read twice")
        long rowsRead,

        @Description("Documents in the store when it began") long documents,

        @Description("The code of the problem; null unless it failed") @Nullable
        String code,

        @Nullable String detail,
        @Nullable String remedy,

        @Description("What it found; null until it has ended well") @Nullable
        ReconciliationReport report) {

    /** How a comparison stands. */
    enum State {
        RUNNING,
        SAME,
        DIFFERENT,
        REPAIRED,
        FAILED,
        STOPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Comparison begun(String integration, ReconciliationOptions how, Instant now, long documents) {
        return new Comparison(
                integration,
                State.RUNNING,
                how.repair(),
                how.contents(),
                now,
                null,
                0,
                documents,
                null,
                null,
                null,
                null);
    }

    Comparison at(long rows) {
        return new Comparison(
                integration, state, repair, contents, beganAt, endedAt, rows, documents, code, detail, remedy, report);
    }

    Comparison ended(RunResult result, Instant now) {
        return switch (result) {
            case RunResult.Reconciled compared -> ended(state(compared.report()), now, compared.report());
            case RunResult.Cancelled ignored -> ended(State.STOPPED, now, null);
            case RunResult.Failed failed -> {
                var failure = failed.failure();
                yield failed(
                        now,
                        failure.code().slug(),
                        failure.detail(),
                        failure.code().remedy());
            }
            case RunResult.Postponed other -> failed(now, null, other.line(), null);
            case RunResult.Done other -> throw new AssertionError(other);
        };
    }

    private static State state(ReconciliationReport report) {
        return report.differences() == 0 ? State.SAME : report.repaired() ? State.REPAIRED : State.DIFFERENT;
    }

    private Comparison ended(State other, Instant now, @Nullable ReconciliationReport found) {
        return new Comparison(
                integration, other, repair, contents, beganAt, now, rowsRead, documents, null, null, null, found);
    }

    private Comparison failed(Instant now, @Nullable String problem, @Nullable String reason, @Nullable String mended) {
        return new Comparison(
                integration,
                State.FAILED,
                repair,
                contents,
                beganAt,
                now,
                rowsRead,
                documents,
                problem,
                reason,
                mended,
                null);
    }

    /** One whose process died. */
    Comparison abandoned() {
        return ended(State.STOPPED, beganAt, null);
    }
}
