package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyReader;
import java.util.Locale;

/**
 * The faults of a policy that changes messages. SAP gives their texts for AssignMessage; the other policies follow it, which is an
 * assumption. So is the text of {@code SetVariableFailed}, which nobody gives.
 *
 * @param type the root element, such as {@code AssignMessage}
 * @param policy the name
 */
record ChangeFaults(String type, String policy) {
    static ChangeFaults of(PolicyReader reader, String type) {
        return new ChangeFaults(type, reader.policy());
    }

    Fault unresolved(String variable) {
        return fault("UnresolvedVariable", "unable to resolve variable " + variable);
    }

    Fault notMessage() {
        return fault("VariableOfNonMsgType", "value of variable is not of type Message");
    }

    Fault notSet(String variable) {
        return fault("SetVariableFailed", "unable to set variable " + variable);
    }

    /** A variable within a text has no value. */
    static Fault unresolvedInTemplate(String variable) {
        return new Fault(500, "entities.UnresolvedVariable", "Unresolved variable : " + variable);
    }

    private Fault fault(String name, String text) {
        return new Fault(
                500,
                "steps.%s.%s".formatted(type.toLowerCase(Locale.ROOT), name),
                "%s[%s]: %s".formatted(type, policy, text));
    }
}
