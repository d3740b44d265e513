package io.imaint.kernel.problem;

import org.jspecify.annotations.Nullable;

/** The one exception for failures that somebody outside the code must know of. Bugs are assertions instead. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ProblemCode code;
    private final String detail;

    Failure(ProblemCode code, String detail, @Nullable Throwable cause) {
        super(code.name() + ": " + code.title() + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    /** One line for a terminal: what happened, the particulars, what to do, the code to look up in the runbook. */
    public String line() {
        return "%s: %s. %s [%s]".formatted(code.title(), withoutFullStop(detail), code.remedy(), code.slug());
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
