package io.imaint.kernel.problem;

import java.util.List;
import java.util.Locale;

/**
 * A kind of failure: an enum constant in a module's {@code …Problem} enum. Codes never change meaning and are never
 * reused; each has a page {@code docs/runbook/} with its {@link #slug()}.
 */
public interface ProblemCode {
    /** The constant's name, unique over all modules, as in {@code SAP_UNREACHABLE}. */
    String name();

    /** The properties of every failure of this kind. */
    Kind kind();

    /**
     * The properties of every failure of one kind.
     *
     * @param status the HTTP status of the response, 400 to 599
     * @param blame who must act
     * @param retryable whether a retry may succeed without any change
     * @param title what happened, in a few words without details
     * @param remedy what to do, in the imperative
     */
    record Kind(int status, Blame blame, boolean retryable, String title, String remedy) {
        /** A kind that is retryable when its blame usually is. */
        public Kind(int status, Blame blame, String title, String remedy) {
            this(status, blame, blame.mayPass(), title, remedy);
        }
    }

    default int status() {
        return kind().status();
    }

    default Blame blame() {
        return kind().blame();
    }

    /** Whether the same step may succeed later. An unreachable database is the platform's matter, and retryable. */
    default boolean retryable() {
        return kind().retryable();
    }

    default String title() {
        return kind().title();
    }

    default String remedy() {
        return kind().remedy();
    }

    /** The name in URLs and file names: {@code sap-unreachable}. */
    default String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A failure of this kind; {@code detail} says which, where, how much. */
    default Failure because(String detail) {
        return new Failure(this, detail, null);
    }

    default Failure because(String detail, Throwable cause) {
        return new Failure(this, detail, cause);
    }

    /** A failure of this kind with all mistakes in the input. */
    default Failure because(List<Finding> findings) {
        return new Failure(this, findings, "");
    }

    /** A failure of this kind with all mistakes; {@code where} names the input. */
    default Failure because(String where, List<Finding> findings) {
        return new Failure(this, findings, where + ": ");
    }
}
