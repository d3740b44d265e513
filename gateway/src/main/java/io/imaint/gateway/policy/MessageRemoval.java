package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.PolicyReader;
import java.util.List;

/** The element Remove. */
record MessageRemoval(List<FieldSelection> fields, boolean payload) implements MessageChanges.Change {
    static MessageRemoval read(PolicyReader reader) {
        return new MessageRemoval(FieldSelection.read(reader), reader.flag("Payload", false));
    }

    @Override
    public void apply(MessageChanges.Target target) {
        fields.forEach(field -> field.remove(target.message()));
        if (payload) {
            target.message().body(Body.EMPTY);
        }
    }
}
