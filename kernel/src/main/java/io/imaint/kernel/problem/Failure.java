package io.imaint.kernel.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exception for every failure that a caller, an operator or an administrator must learn of. Bugs are assertions. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final String detail;
    private final transient List<Finding> findings;
    private final transient @Nullable Object current;
    private final transient @Nullable Duration retryAfter;

    Failure(ProblemCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), null, null, cause);
    }

    Failure(ProblemCode code, List<Finding> findings, String where) {
        this(
                code,
                where + String.join("; ", findings.stream().map(Finding::line).toList()),
                findings,
                null,
                null,
                null);
    }

    private Failure(
            ProblemCode code,
            String detail,
            List<Finding> findings,
            @Nullable Object current,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(code.name() + ": " + code.title() + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
        this.findings = List.copyOf(findings);
        this.current = current;
        this.retryAfter = retryAfter;
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** Everything that is wrong with the input; empty for other failures. */
    public List<Finding> findings() {
        return findings;
    }

    /** The current state, for a caller that lost a race; null for other failures. */
    public @Nullable Object current() {
        return current;
    }

    /** The same failure with the current state, for a caller that lost a race. */
    public Failure showing(Object standing) {
        return new Failure(code, detail, findings, standing, retryAfter, this);
    }

    /** When the caller may try again; null where nobody knows. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The same failure with the time after which the caller may try again. */
    public Failure retryAfter(Duration wait) {
        return new Failure(code, detail, findings, current, wait, this);
    }

    /**
     * The failure for a terminal: what happened, the details, what to do, the code to look up in the runbook. One line,
     * unless the details are a list with lines of their own.
     */
    public String line() {
        var details = detail.stripTrailing();
        var end = details.indexOf('\n') >= 0 ? "\n" : details.matches("(?s).*[.?!]") ? " " : ". ";
        return "%s: %s%s%s [%s]".formatted(code.title(), details, end, code.remedy(), code.slug());
    }
}
