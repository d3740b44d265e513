package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.Locale;

/**
 * The message that a protection looks at, and how the protection fails.
 *
 * @param type the root element of the policy
 * @param code of its faults, such as {@code steps.jsonthreatprotection.}
 * @param source the variable with the message
 * @param missing the last part of the code when there is no such variable
 */
record ThreatSource(String type, String policy, String code, String source, String missing) {
    static ThreatSource read(PolicyReader reader, String type, String code, String missing) {
        return new ThreatSource(
                type, reader.policy(), code, reader.text("Source").orElse("message"), missing);
    }

    Message message(FlowContext context) throws Fault {
        var value = context.get(source);
        if (value == null) {
            throw new Fault(500, code + missing, "%s: Source %s is not available".formatted(name(), source));
        }
        if (!(value instanceof Message message)) {
            throw new Fault(
                    500,
                    code + "NonMessageVariable",
                    "%s: Variable %s does not resolve to a Message".formatted(name(), source));
        }
        return message;
    }

    Fault failed(String reason) {
        return new Fault(500, code + "ExecutionFailed", "%s: Execution failed. reason: %s".formatted(name(), reason));
    }

    /** Such as {@code JSONThreatProtection[P]}. */
    String name() {
        return "%s[%s]".formatted(type, policy);
    }

    /** Whether a message says that its body is of a format, such as {@code json}. */
    static boolean isOf(Message message, String format) {
        var type = message.headers().line("content-type");
        return type != null && type.split(";", 2)[0].toLowerCase(Locale.ROOT).contains(format);
    }
}
