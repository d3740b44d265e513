package io.imaint.gateway.wire;

import io.imaint.kernel.http.server.ServerLimits;
import java.time.Duration;

/**
 * What clients and targets may use up.
 *
 * @param clients of connections of clients; the limit of header bytes does not count, {@link #REQUEST_HEADERS_MAX} does
 * @param bodySizeMax bytes of a body that is held in memory
 * @param streamedSizeMax bytes of a body that passes by
 * @param connectionsPerOriginMax open connections to one target
 * @param waitingPerOriginMax requests that wait for a connection to one target
 * @param pooledIdle how long an unused connection to a target is kept
 * @param answerTimeout how long a request that is in memory may wait for its answer, whatever the handler does
 */
public record WireLimits(
        ServerLimits clients,
        int bodySizeMax,
        long streamedSizeMax,
        int connectionsPerOriginMax,
        int waitingPerOriginMax,
        Duration pooledIdle,
        Duration answerTimeout) {
    /** Bytes of a request line: SAP refuses addresses of more than 7 KB. */
    static final int REQUEST_LINE_MAX = 7 << 10;

    /** Bytes of all header lines of a request, as in SAP. */
    static final int REQUEST_HEADERS_MAX = 18 << 10;

    /** Bytes of all header lines of a target's answer, as in SAP. */
    static final int ANSWER_HEADERS_MAX = 25 << 10;

    /** Header lines of a message; more are an attack on what looks them up. */
    static final int HEADER_LINES_MAX = 100;

    /** As in SAP. */
    public static final int BODY_SIZE_MAX = 10 << 20;

    /** As in SAP. */
    public static final long STREAMED_SIZE_MAX = 500L << 20;

    /** Enough for a request rate of thousands a second at the latency of an SAP system. */
    public static final int CONNECTIONS_PER_ORIGIN_MAX = 256;

    /** What waits longer than a connect timeout fails anyway; this bounds its memory. */
    public static final int WAITING_PER_ORIGIN_MAX = 1024;

    /** Shorter than the keep-alive of usual servers (SAP's ICM: 30 to 60 s), so that they rarely close under a request. */
    public static final Duration POOLED_IDLE = Duration.ofSeconds(20);

    /** The limits of SAP API Management, for these limits of connections. */
    public static WireLimits standard(ServerLimits clients, Duration answerTimeout) {
        return new WireLimits(
                clients,
                BODY_SIZE_MAX,
                STREAMED_SIZE_MAX,
                CONNECTIONS_PER_ORIGIN_MAX,
                WAITING_PER_ORIGIN_MAX,
                POOLED_IDLE,
                answerTimeout);
    }
}
