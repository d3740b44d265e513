package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import java.util.Optional;

/**
 * Ends the flow with a response of its own. Without {@code FaultResponse} clients get the usual body of a fault; its text is an
 * assumption.
 */
final class RaiseFault implements Policy {
    static final PolicyType TYPE = new PolicyType("RaiseFault", "raisefault", RaiseFault::compile);

    private static final String CODE = "steps.raisefault.RaiseFault";

    private final Optional<MessageChanges> response;
    private final boolean ignoreUnresolved;
    private final String text;

    private RaiseFault(Optional<MessageChanges> response, boolean ignoreUnresolved, String text) {
        this.response = response;
        this.ignoreUnresolved = ignoreUnresolved;
        this.text = text;
    }

    private static Policy compile(PolicyReader reader) {
        return new RaiseFault(
                reader.one("FaultResponse").map(found -> MessageChanges.read(found, "RaiseFault")),
                reader.flag("IgnoreUnresolvedVariables", true),
                "Raising fault. Fault name : " + reader.policy());
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var message = Message.response(500, "Internal Server Error");
        if (response.isEmpty()) {
            throw new Fault(message.status(), CODE, text);
        }
        response.get().apply(context, message, ignoreUnresolved);
        throw new Fault(message.status(), CODE, text).answering(message);
    }
}
