package io.imaint.kernel.telemetry;

import java.util.Optional;

/** The id of a request, in the logs and in the response. */
public final class RequestId {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private RequestId() {}

    /** The scoped value to bind while a request is handled. */
    public static ScopedValue<String> scoped() {
        return CURRENT;
    }

    public static Optional<String> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }
}
