package io.imaint.gateway.registry;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of keeping and managing what the gateway knows. */
public enum RegistryProblem implements ProblemCode {
    API_ENTITY_NOT_FOUND(
            404,
            CALLER,
            "API management has no such entity",
            "List the entities of this kind and use a name from there."),
    API_ENTITY_EXISTS(409, CALLER, "The name is in use", "Use another name, or change the entity that has it."),
    API_ENTITY_IN_USE(409, CALLER, "The entity is in use", "Remove it first from the entities that the message names."),
    API_ENTITY_INVALID(422, CALLER, "The entity is invalid", "Correct everything named in 'errors'."),
    API_LIMIT_REACHED(
            422,
            CALLER,
            "A limit of API management is reached",
            "Remove what is no longer needed, or send less at once."),
    API_BUNDLE_INVALID(
            422, CALLER, "The file is no bundle of an API proxy", "Send the zip file as API Management exported it."),
    API_PROXY_NOT_DEPLOYABLE(
            422,
            CALLER,
            "The API proxy cannot be deployed",
            "Correct everything named in 'errors', then deploy the new revision."),
    API_PROVIDER_UNREACHABLE(
            502,
            PLATFORM,
            "The API provider did not answer as expected",
            "Correct host, port, path and user of the API provider, then test the connection."),
    API_TEST_TIMED_OUT(
            504,
            PLATFORM,
            "The test request got no answer in time",
            "Ask for less, such as with $top, or look with a trace at which step it waits."),
    API_COUNTER_BUSY(
            503,
            CAPACITY,
            "Too many writers change the same record",
            "Retry; if it persists, use fewer gateway processes, or let fewer programs change the same entity."),
    GATEWAY_KEY_UNUSABLE(
            500,
            PLATFORM,
            "The key of the gateway's secrets is not usable",
            "Set IMAINT_GATEWAY_KEY, or restore the file gateway-key in the data directory, so that all processes have the key"
                    + " that sealed the secrets.");

    private final Kind kind;

    RegistryProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
