package io.imaint.kernel.http;

import io.imaint.kernel.http.server.ServerLimits;
import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * Where the API listens and what it allows.
 *
 * @param port 0 takes a free one
 * @param host the address to bind to; loopback unless set, so that nothing is open by accident
 * @param healthPort a port of its own for health and metrics; 0 takes a free one, {@link #NO_PORT} none
 * @param limits what one client may use up
 */
public record ApiSettings(int port, String host, int healthPort, Limits limits) {
    static final int NO_PORT = -1;

    /**
     * What one client may use up.
     *
     * @param requestTimeout how long a handler may run; what takes longer holds threads and connections of others
     * @param idleTimeout how long a connection may be silent, so that forgotten ones do not pile up
     * @param headTimeout how long a request's head may take, so that slow ones do not hold connections
     * @param bodyRateMin bytes a second that a body must bring on average
     * @param bodySizeMax bytes of a request's body
     * @param headersSizeMax bytes of all header lines of a request
     * @param requestsMax requests handled at once; more would only wait for the same store and memory
     * @param connectionsMax open connections; each costs a file handle
     * @param connectionsPerAddressMax of these, how many one client's address may hold
     * @param streamsMax open streams of events; each costs two threads and what waits for its client
     */
    public record Limits(
            Duration requestTimeout,
            Duration idleTimeout,
            Duration headTimeout,
            int bodyRateMin,
            int bodySizeMax,
            int headersSizeMax,
            int requestsMax,
            int connectionsMax,
            int connectionsPerAddressMax,
            int streamsMax) {
        public static final Limits STANDARD = new Limits(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                1 << 10,
                1 << 20,
                16 << 10,
                256,
                4096,
                512,
                64);

        ServerLimits ofServer() {
            return new ServerLimits(
                    headTimeout, idleTimeout, bodyRateMin, headersSizeMax, connectionsMax, connectionsPerAddressMax);
        }
    }

    public static ApiSettings read(Settings settings) {
        var standard = Limits.STANDARD;
        var limits = new Limits(
                settings.duration(
                        "api-request-timeout",
                        standard.requestTimeout,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10),
                        "how long one request may take"),
                settings.duration(
                        "api-idle-timeout",
                        standard.idleTimeout,
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "how long a connection may be silent"),
                settings.duration(
                        "api-head-timeout",
                        standard.headTimeout,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        "how long the head of a request may take"),
                settings.integer(
                        "api-body-rate-min",
                        standard.bodyRateMin,
                        1,
                        1 << 20,
                        "bytes a second that a request's body must bring"),
                settings.integer("api-body-size-max", standard.bodySizeMax, 0, 64 << 20, "bytes of a request's body"),
                settings.integer(
                        "api-headers-size-max",
                        standard.headersSizeMax,
                        1 << 10,
                        256 << 10,
                        "bytes of a request's header lines"),
                settings.integer("api-requests-max", standard.requestsMax, 1, 65_536, "requests handled at once"),
                settings.integer("api-connections-max", standard.connectionsMax, 1, 65_536, "open connections"),
                settings.integer(
                        "api-connections-per-address-max",
                        standard.connectionsPerAddressMax,
                        1,
                        65_536,
                        "open connections of one client's address; behind a proxy as many as it opens"),
                settings.integer("api-streams-max", standard.streamsMax, 1, 4_096, "open streams of events"));
        if (limits.idleTimeout.compareTo(limits.requestTimeout) <= 0) {
            // A connection whose request is still being worked on is silent too.
            settings.report("api-idle-timeout is %s but must be longer than api-request-timeout, which is %s"
                    .formatted(limits.idleTimeout, limits.requestTimeout));
        }
        return new ApiSettings(
                settings.integer("port", 8080, 0, 65_535, "the port of the API; 0 takes a free one"),
                settings.text("host", "127.0.0.1", "the address the API binds to"),
                settings.integer(
                        "health-port",
                        NO_PORT,
                        NO_PORT,
                        65_535,
                        "a port of its own for health and metrics; 0 takes a free one, -1 none"),
                limits);
    }
}
