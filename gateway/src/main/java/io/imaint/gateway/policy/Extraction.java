package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Texts;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One element of ExtractVariables that finds values. */
sealed interface Extraction permits PatternExtraction, JsonExtraction, XmlExtraction {
    void extract(Work work) throws Fault;

    /**
     * What an extraction works on.
     *
     * @param message null where the source is a text
     * @param variablePrefix with its dot; empty for none
     */
    record Work(
            FlowContext context,
            @Nullable Message message,
            Object source,
            String variablePrefix,
            boolean ignoreUnresolved,
            Faults faults) {
        /** The source as text: the body of a message. */
        String text() {
            return Texts.of(source);
        }

        void set(String name, Object value) throws Fault {
            if (!context.set(variablePrefix + name, value)) {
                throw faults.of("SetVariableFailed", "Failed to set variable " + variablePrefix + name);
            }
        }

        /** Whether the source can be of a type; a text can be of any. */
        boolean hasType(Predicate<String> type) {
            if (message == null) {
                return true;
            }
            var line = message.headers().line("Content-Type");
            return line != null && type.test(line.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The faults. Only the texts of {@code SourceMessageNotAvailable} and {@code ExecutionFailed} are known; the others are
     * assumptions.
     */
    record Faults(String policy) {
        Fault sourceMissing(String source) {
            return of("SourceMessageNotAvailable", source + " message is not available for ExtractVariable: " + policy);
        }

        Fault executionFailed() {
            return of("ExecutionFailed", "Failed to execute the ExtractVariables: " + policy);
        }

        Fault unresolved(String variable) {
            return of("VariableResolutionFailed", "Unable to resolve variable " + variable);
        }

        Fault notCast(String variable, ValueType type) {
            return of(
                    "UnableToCast", "Unable to cast value of variable %s to type %s".formatted(variable, type.word()));
        }

        Fault of(String name, String text) {
            return new Fault(500, "steps.extractvariables." + name, text);
        }
    }
}
