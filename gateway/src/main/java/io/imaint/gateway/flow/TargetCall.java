package io.imaint.gateway.flow;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way out.
 *
 * @param origin scheme, host and port, such as {@code https://sap.example.com:44300}
 * @param locationId which connector reaches the host; null when it is reached directly
 * @param request its path is absolute; {@code Host}, {@code Content-Length} and {@code Transfer-Encoding} are made by the wire
 * @param connectTimeout how long connecting may take
 * @param readTimeout how long the answer may be silent
 * @param streamed whether the answer's body passes by unread
 * @param trustStore the name of a store of certificates; empty for those of the Java runtime
 * @param keyStore the name of the store with the certificate to show; empty for none
 * @param totalTimeout how long it may take until the answer is there: the whole one, or its head when the body passes by
 * @param abandoned whether nobody waits for the answer any more, which ends the call; asked from time to time, on another thread
 */
public record TargetCall(
        String origin,
        @Nullable String locationId,
        Message request,
        Duration connectTimeout,
        Duration readTimeout,
        boolean streamed,
        String trustStore,
        String keyStore,
        Duration totalTimeout,
        BooleanSupplier abandoned) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration READ_TIMEOUT = Duration.ofSeconds(55);

    /** However slowly an answer comes that belongs to no exchange. */
    private static final Duration TOTAL_TIMEOUT = Duration.ofMinutes(10);

    public TargetCall(String origin, Message request) {
        this(origin, null, request, CONNECT_TIMEOUT, READ_TIMEOUT, false, "", "");
    }

    public TargetCall(
            String origin,
            @Nullable String locationId,
            Message request,
            Duration connectTimeout,
            Duration readTimeout,
            boolean streamed,
            String trustStore,
            String keyStore) {
        this(
                origin,
                locationId,
                request,
                connectTimeout,
                readTimeout,
                streamed,
                trustStore,
                keyStore,
                TOTAL_TIMEOUT,
                () -> false);
    }

    /** The same call within the time of an exchange. */
    public TargetCall within(FlowState state) {
        return with(state.within(CallChain.UNLIMITED), abandoned);
    }

    /** The same call, for an answer that may be abandoned. */
    public TargetCall until(BooleanSupplier nobodyWaits) {
        return with(totalTimeout, nobodyWaits);
    }

    private TargetCall with(Duration total, BooleanSupplier nobodyWaits) {
        return new TargetCall(
                origin,
                locationId,
                request,
                connectTimeout,
                readTimeout,
                streamed,
                trustStore,
                keyStore,
                total,
                nobodyWaits);
    }
}
