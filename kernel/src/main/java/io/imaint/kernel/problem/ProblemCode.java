package io.imaint.kernel.problem;

import java.util.List;
import java.util.Locale;

/**
 * A kind of failure: an enum constant in a module's {@code …Problem} enum. Names never change meaning and are never
 * reused; each has an entry in {@code docs/runbook/} named by {@link #slug()}.
 */
public interface ProblemCode {
    /** The constant's name, unique over all modules, as in {@code SAP_UNREACHABLE}. */
    String name();

    /** What every failure of this kind has in common. */
    Kind kind();

    /**
     * What every failure of one kind has in common.
     *
     * @param status the HTTP status with which it is answered, 400 to 599
     * @param blame whose matter it is
     * @param retryable whether the same step may succeed later without anybody changing anything
     * @param title what happened, in a few words without particulars
     * @param remedy what to do about it, as an order to the reader
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

    /** A failure of this kind; {@code detail} holds the particulars: which, where, how much. */
    default Failure because(String detail) {
        return new Failure(this, detail, null);
    }

    default Failure because(String detail, Throwable cause) {
        return new Failure(this, detail, cause);
    }

    /** A failure of this kind because of everything that is wrong with what was sent. */
    default Failure because(List<Finding> findings) {
        return new Failure(this, findings, "");
    }

    /** As before; {@code where} says of what the findings are. */
    default Failure because(String where, List<Finding> findings) {
        return new Failure(this, findings, where + ": ");
    }
}
