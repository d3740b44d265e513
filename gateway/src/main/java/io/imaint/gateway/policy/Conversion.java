package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Texts;
import java.util.Optional;

/**
 * What a conversion reads and where it writes: the elements Source and OutputVariable of JSONToXML and XMLToJSON. A message becomes
 * a message, a text a text. A variable that is not there yet gets what the source is.
 *
 * <p>Only the texts of {@code SourceUnavailable} and {@code ExecutionFailed} are known; the others are assumptions.
 *
 * @param type the root element, which faults name
 * @param code the middle of the faults' codes, such as {@code json2xml}
 * @param contentType of a message that is written
 */
record Conversion(String policy, String type, String code, String contentType, String source, Optional<String> output) {
    static Conversion read(PolicyReader reader, String type, String code, String contentType) {
        return new Conversion(
                reader.policy(),
                type,
                code,
                contentType,
                reader.text("Source").orElse("message"),
                reader.text("OutputVariable"));
    }

    /** Makes another text of one. */
    interface Converter {
        String convert(String text) throws Unconvertible;
    }

    /** A text can't be converted. The message says why. */
    static final class Unconvertible extends Exception {
        private static final long serialVersionUID = 1;

        Unconvertible(String reason) {
            super(reason, null, false, false);
        }
    }

    void run(FlowContext context, Converter converter) throws Fault {
        var found = context.get(source);
        if (found == null) {
            throw fault("SourceUnavailable", "Source %s is not available".formatted(source));
        }
        if (!(found instanceof Message) && !(found instanceof String)) {
            throw fault("InvalidSourceType", "Type of source %s is invalid".formatted(source));
        }
        if (found instanceof String && output.isEmpty()) {
            throw fault("OutputVariableIsNotAvailable", "OutputVariable is not available");
        }
        var name = output.orElse(source);
        var present = context.get(name);
        if (present != null && present instanceof Message != found instanceof Message) {
            throw incompatible(name);
        }
        var converted = converted(Texts.of(found), converter);
        if (!(found instanceof Message message)) {
            set(context, name, converted);
            return;
        }
        var target = present instanceof Message kept ? kept : message.copy();
        target.headers().set("Content-Type", contentType);
        target.content(converted);
        if (present == null) {
            set(context, name, target);
        }
    }

    private void set(FlowContext context, String name, Object value) throws Fault {
        if (!context.set(name, value)) {
            throw incompatible(name);
        }
    }

    private Fault incompatible(String name) {
        return fault("InCompatibleTypes", "Types of source %s and output %s do not match".formatted(source, name));
    }

    private String converted(String text, Converter converter) throws Fault {
        try {
            return converter.convert(text);
        } catch (Unconvertible reason) {
            throw fault("ExecutionFailed", "Execution failed due to reason: " + reason.getMessage());
        }
    }

    private Fault fault(String name, String text) {
        return new Fault(500, "steps.%s.%s".formatted(code, name), "%s[%s]: %s".formatted(type, policy, text));
    }
}
