package io.imaint.gateway.flow;

import org.jspecify.annotations.Nullable;

/** Sees what requests do, for figures and traces. It is called on threads that must not wait. */
public interface FlowObserver {
    /** A request that is traced step by step. */
    interface Trace {
        /** A flow begins, such as the PreFlow of the request; also {@code Target} and {@code FaultRule name}. */
        void flow(Phase phase, String name, FlowContext context);

        /** The condition of a step was tried; where it does not hold, the step is left out. */
        void conditionEvaluated(String policy, String condition, boolean holds);

        /** A step ran; {@code fault} is null when it succeeded. */
        void ran(String policy, String type, long nanos, @Nullable Fault fault, FlowContext context);
    }

    /** How a request ended. */
    record Outcome(
            String proxy, int revision, String application, int status, boolean fault, long nanos, long targetNanos) {}

    /** A trace for a request; null for none. */
    @Nullable
    Trace begin(FlowContext context);

    /** The last byte has left. */
    void finished(Outcome outcome, @Nullable Trace trace, FlowContext context);

    /** An observer that sees nothing. */
    FlowObserver NONE = new FlowObserver() {
        @Override
        public @Nullable Trace begin(FlowContext context) {
            return null;
        }

        @Override
        public void finished(Outcome outcome, @Nullable Trace trace, FlowContext context) {
            // Nobody asked.
        }
    };
}
