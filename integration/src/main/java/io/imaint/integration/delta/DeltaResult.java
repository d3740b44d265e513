package io.imaint.integration.delta;

import io.imaint.integration.state.InboundRun;
import io.imaint.kernel.problem.Failure;
import org.jspecify.annotations.Nullable;

/** What became of one integration in a run of deltas. */
public sealed interface DeltaResult {
    /** The integration. */
    String name();

    /** One line for people. */
    String line();

    /**
     * The store holds what SAP had when the run began.
     *
     * @param source how the changes were found
     * @param note what is not as it should be all the same; null when all is well
     */
    record Current(
            String name,
            ChangeSource source,
            InboundRun run,
            @Nullable String note) implements DeltaResult {
        @Override
        public String line() {
            var counters = run.counters();
            var did = "%s: %d rows: %d new, %d changed, %d unchanged, %d removed"
                    .formatted(
                            source.words(),
                            counters.rowsRead(),
                            counters.inserted(),
                            counters.updated(),
                            counters.unchanged(),
                            run.removed());
            var aside = run.deadLetters() == 0 ? "" : ", %d dead letters".formatted(run.deadLetters());
            return did + aside + (note == null ? "" : "; " + note);
        }
    }

    /** Source and store were compared. */
    record Reconciled(String name, ReconciliationReport report) implements DeltaResult {
        @Override
        public String line() {
            return report.line();
        }
    }

    /** How changes were found. */
    enum ChangeSource {
        /** SAP returned what changed since a token. */
        TOKEN("delta token"),
        /** What is as new as the newest change stamp was read. */
        STAMP("change stamp"),
        /** Keys and change stamps were compared. */
        RECONCILIATION("reconciliation"),
        /** Everything was read. */
        REREAD("full read");

        private final String words;

        ChangeSource(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** It ended early; what it had brought stays, and the next run begins where this one began. */
    record Failed(String name, Failure failure) implements DeltaResult {
        @Override
        public String line() {
            return failure.line();
        }
    }

    /** It was cancelled; the next run begins where this one began. */
    record Cancelled(String name) implements DeltaResult {
        @Override
        public String line() {
            return "stopped; the next run continues";
        }
    }

    /** Somebody else is at it. */
    record RunningElsewhere(String name, String holder) implements DeltaResult {
        @Override
        public String line() {
            return "running elsewhere: " + holder;
        }
    }

    /** It was not tried. */
    record NotStarted(String name, String reason) implements DeltaResult {
        @Override
        public String line() {
            return "not started: " + reason;
        }
    }
}
