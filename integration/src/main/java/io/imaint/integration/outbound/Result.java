package io.imaint.integration.outbound;

import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.outbox.OutboxItem.Outcome;
import java.util.Set;

/** What an attempt to post a command came to. */
sealed interface Result {
    /**
     * SAP carried it out.
     *
     * @param lookedUp whether a look-up found that, because the answer was lost
     */
    record Posted(Outcome outcome, boolean lookedUp) implements Result {
        Posted(Outcome outcome) {
            this(outcome, false);
        }
    }

    /** SAP, or its own content, forbids it: a person decides. */
    record Failed(Outcome words) implements Result {}

    /**
     * The same may succeed a moment later.
     *
     * @param uncertain whether SAP may have carried it out
     * @param suspect whether SAP as a whole may be away
     */
    record Passing(Outcome words, boolean uncertain, boolean suspect) implements Result {}

    /** SAP as a whole is away or refuses the logon, which is not this command's matter. */
    record Away(Failure failure, boolean uncertain) implements Result {}

    /** The failures that any other command would meet as well. */
    Set<ProblemCode> AWAY = Set.of(
            ODataProblem.SAP_UNREACHABLE,
            ODataProblem.SAP_UNAVAILABLE,
            ODataProblem.SAP_UNAUTHENTICATED,
            ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD,
            ODataProblem.SAP_GATEWAY_NOT_ACTIVE,
            ODataProblem.SAP_SERVICE_NOT_ACTIVE,
            ODataProblem.SAP_NO_SYSTEM_ALIAS,
            ODataProblem.SAP_PATH_CLOSED,
            ODataProblem.SAP_REDIRECTED,
            ODataProblem.SAP_METADATA_UNUSABLE);

    /** The failures after which nobody knows whether SAP did it. */
    Set<ProblemCode> UNCERTAIN =
            Set.of(ODataProblem.SAP_TIMEOUT, ODataProblem.SAP_CONNECTION_LOST, ODataProblem.SAP_FAILED);

    /** SAP's message for a user who lacks the authorization for the service as a whole. */
    String NO_SERVICE_AUTHORIZATION = "/IWFND/CM_CONSUMER/101";

    /** What the refusal of a change comes to. */
    static Result of(ODataAnswer.Refused refused) {
        var failure = refused.failure();
        var code = failure.code();
        if (AWAY.contains(code) || refused.code().equals(NO_SERVICE_AUTHORIZATION)) {
            return new Away(failure, refused.status() >= 500); // A proxy may say so after SAP did it.
        }
        var words = Outcome.words(
                refused.code().isEmpty() ? code.slug() : refused.code(),
                refused.message().isEmpty() ? sentence(failure) : refused.message(),
                code.remedy());
        boolean uncertain = UNCERTAIN.contains(code);
        return code.retryable() ? new Passing(words, uncertain, uncertain) : new Failed(words);
    }

    /**
     * What a failure comes to that is not the answer to a change.
     *
     * @param uncertain whether SAP may have carried it out nevertheless
     */
    static Result of(Failure failure, boolean uncertain) {
        var code = failure.code();
        if (AWAY.contains(code)) {
            return new Away(failure, uncertain);
        }
        return code.retryable()
                ? new Passing(words(failure), uncertain, UNCERTAIN.contains(code))
                : new Failed(words(failure));
    }

    static Outcome words(Failure failure) {
        return Outcome.words(
                failure.code().slug(), sentence(failure), failure.code().remedy());
    }

    private static String sentence(Failure failure) {
        return "%s: %s".formatted(failure.code().title(), failure.detail());
    }
}
