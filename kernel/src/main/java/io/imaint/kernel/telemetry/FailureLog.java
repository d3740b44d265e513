package io.imaint.kernel.telemetry;

import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The log of work that is repeated until it succeeds: one line when it begins to fail, one when it fails in another way,
 * and one when it succeeds again; repetitions are for debugging. Only a defect brings its stack trace.
 */
public final class FailureLog {
    private final System.Logger log;
    private final AtomicReference<@Nullable String> state = new AtomicReference<>();

    public FailureLog(System.Logger log) {
        this.log = log;
    }

    /**
     * Logs a failure.
     *
     * @param what what failed, as in {@code cannot read the integrations}
     */
    public void failed(String what, Throwable failure) {
        var kind = failure instanceof Failure known
                ? known.code().name()
                : failure.getClass().getName() + place(failure);
        boolean again = kind.equals(state.getAndSet(kind));
        if (failure instanceof Failure known) {
            log.log(again ? Level.DEBUG : Level.WARNING, "{0}: {1}", what, known.line());
        } else {
            log.log(again ? Level.DEBUG : Level.ERROR, what, failure);
        }
    }

    private static String place(Throwable defect) {
        return Arrays.stream(defect.getStackTrace())
                .findFirst()
                .map(frame -> " in %s.%s".formatted(frame.getClassName(), frame.getMethodName()))
                .orElse("");
    }

    /**
     * Logs the end of failures, if there were any.
     *
     * @param what what works now, as in {@code the integrations can be read again}
     */
    public void succeeded(String what) {
        if (state.getAndSet(null) != null) {
            log.log(Level.INFO, what);
        }
    }
}
