package io.imaint.integration.state;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What became of one integration in a run: a load, a delta or a reconciliation. */
public sealed interface RunResult {
    /** The integration. */
    String name();

    /** One line for people. */
    String line();

    /** The run came to its end. */
    sealed interface Done extends RunResult {}

    /** Nothing failed, but the work is left to another run. */
    sealed interface Postponed extends RunResult {}

    /**
     * All its rows are in the store.
     *
     * @param absentProperties the optional properties that the system lacks
     */
    record Loaded(String name, Counters counters, Duration took, List<String> absentProperties) implements Done {
        @Override
        public String line() {
            return "loaded %d rows: %d new, %d changed, %d unchanged"
                    .formatted(counters.rowsRead(), counters.inserted(), counters.updated(), counters.unchanged());
        }
    }

    /**
     * The store holds what SAP had when the delta began.
     *
     * @param source how the changes were found
     * @param note what is not as it should be all the same; null when all is well
     */
    record Current(
            String name,
            ChangeSource source,
            InboundRun run,
            @Nullable String note) implements Done {
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
    record Reconciled(String name, ReconciliationReport report) implements Done {
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

    /** It ended early; what it had brought stays, and the next run continues. */
    record Failed(String name, Failure failure) implements RunResult {
        @Override
        public String line() {
            return failure.line();
        }
    }

    /** It was cancelled; the next run continues. */
    record Cancelled(String name) implements Postponed {
        @Override
        public String line() {
            return "stopped; the next run continues";
        }
    }

    /** Somebody else is at it. */
    record RunningElsewhere(String name, String holder) implements Postponed {
        @Override
        public String line() {
            return "running elsewhere: " + holder;
        }
    }

    /**
     * It was not tried.
     *
     * @param lookAgain when to check whether another process did the work; null for the next scheduled time
     */
    record NotStarted(String name, String reason, @Nullable Instant lookAgain) implements Postponed {
        public NotStarted(String name, String reason) {
            this(name, reason, null);
        }

        @Override
        public String line() {
            return "not started: " + reason;
        }
    }

    /** The result of work on an integration: a failure or a defect of the work is a result too. */
    static RunResult of(String name, Supplier<RunResult> work) {
        return of(name, InboundProblem.INBOUND_DEFECT, work);
    }

    /**
     * As the other.
     *
     * @param defect the problem that a defect is reported as
     */
    static RunResult of(String name, ProblemCode defect, Supplier<RunResult> work) {
        try {
            return work.get();
        } catch (Cancellation.Requested ignored) {
            return new Cancelled(name);
        } catch (Failure failed) {
            return new Failed(name, failed);
        } catch (RuntimeException | Error met) {
            System.getLogger(RunResult.class.getName()).log(Level.ERROR, "the run of " + name + " met a defect", met);
            return new Failed(name, defect.because(name + ": " + met, met));
        }
    }
}
