package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What the elements Copy, Remove, Add, Set and AssignVariable do to a message. AssignMessage has them below its root, RaiseFault in
 * {@code FaultResponse}, ServiceCallout in {@code Request}.
 *
 * <p>They run in the order of the file, as Apigee documents; several of one kind may come.
 *
 * @param changes in the order in which they run
 */
record MessageChanges(List<Change> changes) {
    /** One element. */
    sealed interface Change permits MessageCopy, MessageRemoval, MessageWriting, VariableAssignment {
        void apply(Target target) throws Fault;
    }

    /** The message that changes, and where values come from. */
    record Target(FlowContext context, Message message, boolean ignoreUnresolved) {
        String text(Template template) throws Fault {
            try {
                return template.render(context, ignoreUnresolved);
            } catch (UnresolvedVariable missing) {
                throw ChangeFaults.unresolvedInTemplate(missing.variable());
            }
        }
    }

    MessageChanges {
        changes = List.copyOf(changes);
    }

    /**
     * The changes below an element.
     *
     * @param type the root element of the policy, such as {@code ServiceCallout}; faults name it
     */
    static MessageChanges read(PolicyReader parent, String type) {
        var faults = ChangeFaults.of(parent, type);
        var copies = parent.all("Copy").iterator();
        var removals = parent.all("Remove").iterator();
        var additions = parent.all("Add").iterator();
        var settings = parent.all("Set").iterator();
        var assignments = parent.all("AssignVariable").iterator();
        var ordered = new ArrayList<Change>();
        for (var element : parent.element().children()) {
            switch (element.name()) {
                case "Copy" -> ordered.add(MessageCopy.read(copies.next(), faults));
                case "Remove" -> ordered.add(MessageRemoval.read(removals.next()));
                case "Add" -> ordered.add(MessageWriting.adding(additions.next(), faults));
                case "Set" -> ordered.add(MessageWriting.setting(settings.next(), faults));
                case "AssignVariable" -> ordered.add(VariableAssignment.read(assignments.next(), faults));
                default -> {
                    // Of the policy itself.
                }
            }
        }
        return new MessageChanges(ordered);
    }

    /**
     * Changes a message.
     *
     * @param ignoreUnresolved whether variables without value count as empty texts; otherwise they are faults
     */
    void apply(FlowContext context, Message message, boolean ignoreUnresolved) throws Fault {
        var target = new Target(context, message, ignoreUnresolved);
        for (var change : changes) {
            change.apply(target);
        }
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }
}
