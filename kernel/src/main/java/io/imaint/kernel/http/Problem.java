package io.imaint.kernel.http;

import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.telemetry.RequestId;
import java.util.List;

/** A failure as RFC 9457 writes it, with our additions: code, remedy, requestId, errors. */
record Problem(
        @About("The kind of problem: urn:imaint:problem: and the code.")
        String type,

        @About("What happened, in a few words.") String title,
        @About("The HTTP status.") int status,
        @About("The particulars of this case.") String detail,

        @About("The kind of problem; never changes its meaning, and names its runbook entry.")
        String code,

        @About("What to do about it.") String remedy,

        @About("The id of the request, as the logs have it.")
        String requestId,

        @About("Every parameter that is wrong; empty when none is.")
        List<Finding> errors) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, List<Finding> errors) {
        return new Problem(
                "urn:imaint:problem:" + code.slug(),
                code.title(),
                code.status(),
                detail,
                code.slug(),
                code.remedy(),
                RequestId.current().orElse(""),
                errors);
    }
}
