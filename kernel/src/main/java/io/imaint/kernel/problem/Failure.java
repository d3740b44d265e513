package io.imaint.kernel.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one exception for failures that somebody outside the code must know of. Bugs are assertions instead. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final String detail;
    private final transient List<Finding> findings;
    private final transient @Nullable Object current;

    Failure(ProblemCode code, String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), null, cause);
    }

    Failure(ProblemCode code, List<Finding> findings, String where) {
        this(code, where + String.join("; ", findings.stream().map(Finding::line).toList()), findings, null, null);
    }

    private Failure(
            ProblemCode code,
            String detail,
            List<Finding> findings,
            @Nullable Object current,
            @Nullable Throwable cause) {
        super(code.name() + ": " + code.title() + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
        this.findings = List.copyOf(findings);
        this.current = current;
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** Everything that is wrong with what was sent; empty for failures of another sort. */
    public List<Finding> findings() {
        return findings;
    }

    /** What stands there now, for a caller that lost a race; null for failures of another sort. */
    public @Nullable Object current() {
        return current;
    }

    /** The same failure, which shows what stands there now to a caller that lost a race. */
    public Failure showing(Object standing) {
        return new Failure(code, detail, findings, standing, this);
    }

    /** One line for a terminal: what happened, the particulars, what to do, the code to look up in the runbook. */
    public String line() {
        return "%s: %s. %s [%s]".formatted(code.title(), withoutFullStop(detail), code.remedy(), code.slug());
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
