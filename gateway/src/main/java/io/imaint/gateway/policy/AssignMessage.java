package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;

/** Changes a message, or makes a new one. */
final class AssignMessage implements Policy {
    static final PolicyType TYPE = new PolicyType("AssignMessage", "assignmessage", AssignMessage::compile);

    private final MessageChanges changes;
    private final AssignedMessage assigned;
    private final boolean ignoreUnresolved;

    private AssignMessage(MessageChanges changes, AssignedMessage assigned, boolean ignoreUnresolved) {
        this.changes = changes;
        this.assigned = assigned;
        this.ignoreUnresolved = ignoreUnresolved;
    }

    private static Policy compile(PolicyReader reader) {
        return new AssignMessage(
                MessageChanges.read(reader, "AssignMessage"),
                AssignedMessage.read(reader),
                reader.flag("IgnoreUnresolvedVariables", false));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        Message message = assigned.find(context);
        changes.apply(context, message, ignoreUnresolved);
        assigned.keep(context, message);
    }
}
