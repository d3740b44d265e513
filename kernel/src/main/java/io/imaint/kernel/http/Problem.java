package io.imaint.kernel.http;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.kernel.telemetry.RequestId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure as RFC 9457 writes it, with our additions: code, remedy, requestId, errors, current. */
record Problem(
        @Description("The type of problem: urn:imaint:problem: and the code.")
        String type,

        @Description("What happened, in a few words.") String title,
        @Description("The HTTP status.") int status,
        @Description("The details of this case.") String detail,

        @Description("The code of the problem. It never changes its meaning, and names the runbook page.")
        String code,

        @Description("What to do about it.") String remedy,

        @Description("The id of the request in the logs.") String requestId,

        @Description("All mistakes in the request; empty for other problems.")
        List<Finding> errors,

        @Description("The current state, when it was changed meanwhile; null for other problems.") @Nullable
        Object current) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Failure failure) {
        var code = failure.code();
        return new Problem(
                "urn:imaint:problem:" + code.slug(),
                code.title(),
                code.status(),
                failure.detail(),
                code.slug(),
                code.remedy(),
                RequestId.current().orElse(""),
                failure.findings(),
                failure.current() instanceof Versioned<?> versioned ? versioned.value() : failure.current());
    }
}
