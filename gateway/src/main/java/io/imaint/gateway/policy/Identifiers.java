package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Variables;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.Hashes;

/** How quotas and spike arrests identify callers, and how much a call counts. */
final class Identifiers {
    /** Longer ones are counted under their hash, so that clients can't fill the memory with long headers. */
    private static final int LENGTH_MAX = 100;

    /** What counts where no identifier is given, or it has no value. */
    static final String DEFAULT = "_default";

    private Identifiers() {}

    static String of(Value value, Variables variables) {
        var text = value.text(variables);
        return text == null || text.isEmpty() ? DEFAULT : text;
    }

    /** An identifier as part of a counter's name. */
    static String bounded(String identifier) {
        return identifier.length() <= LENGTH_MAX ? identifier : Hashes.of(identifier);
    }

    /** How much a call counts; 1 where nothing is given. */
    static long weight(Value value, Variables variables) throws Fault {
        var text = value.text(variables);
        if (text == null) {
            return 1;
        }
        try {
            int weight = Integer.parseInt(text.strip());
            if (weight >= 0) {
                return weight;
            }
        } catch (NumberFormatException none) {
            // Told below.
        }
        throw new Fault(500, "policies.ratelimit.InvalidMessageWeight", "Invalid message weight value " + text);
    }
}
