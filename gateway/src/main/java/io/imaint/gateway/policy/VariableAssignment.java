package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The element AssignVariable. A template comes before a variable, and the value stands in for a template or a variable that has none.
 *
 * @param ref the variable whose value is assigned; it may be a message
 * @param value taken as it is
 */
record VariableAssignment(
        String name, Optional<Template> template, Optional<String> ref, Optional<String> value, ChangeFaults faults)
        implements MessageChanges.Change {
    static VariableAssignment read(PolicyReader reader, ChangeFaults faults) {
        var name = reader.text("Name");
        if (name.isEmpty()) {
            reader.error("<AssignVariable> needs a <Name>");
        }
        return new VariableAssignment(
                name.orElse(""),
                reader.one("Template").filter(one -> one.text().isPresent()).map(PolicyReader::template),
                reader.text("Ref"),
                reader.one("Value").map(one -> one.element().text()),
                faults);
    }

    @Override
    public void apply(MessageChanges.Target target) throws Fault {
        if (!target.context().set(name, assigned(target))) {
            throw faults.notSet(name);
        }
    }

    private @Nullable Object assigned(MessageChanges.Target target) throws Fault {
        if (template.isPresent()) {
            return rendered(template.get(), target);
        }
        if (ref.isEmpty()) {
            return value.orElse(null);
        }
        var found = target.context().get(ref.get());
        if (found == null && value.isEmpty() && !target.ignoreUnresolved()) {
            throw faults.unresolved(ref.get());
        }
        return found == null ? value.orElse(null) : found;
    }

    private String rendered(Template given, MessageChanges.Target target) throws Fault {
        try {
            return given.render(target.context(), target.ignoreUnresolved());
        } catch (UnresolvedVariable missing) {
            if (value.isPresent()) {
                return value.get();
            }
            throw ChangeFaults.unresolvedInTemplate(missing.variable());
        }
    }
}
