package io.imaint.kernel.http;

import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * Where the API listens and what it allows.
 *
 * @param port 0 takes a free one
 * @param host the address to bind to; loopback unless set, so that nothing is open by accident
 * @param limits what one client may use up
 */
public record ApiSettings(int port, String host, Limits limits) {
    /**
     * What one client may use up.
     *
     * @param requestTimeout how long a handler may run; what takes longer holds threads and connections of others
     * @param idleTimeout how long a connection may be silent, so that forgotten ones do not pile up
     * @param bodySizeMax bytes of a request's body
     * @param headersSizeMax bytes of all header lines of a request
     * @param requestsMax requests handled at once; more would only wait for the same store and memory
     * @param connectionsMax open connections; each costs a thread and a file handle
     * @param streamsMax open streams of events; each costs three threads and what waits for its client
     */
    public record Limits(
            Duration requestTimeout,
            Duration idleTimeout,
            int bodySizeMax,
            int headersSizeMax,
            int requestsMax,
            int connectionsMax,
            int streamsMax) {
        public static final Limits STANDARD =
                new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60), 1 << 20, 16 << 10, 256, 4096, 64);
    }

    public static ApiSettings read(Settings settings) {
        var standard = Limits.STANDARD;
        var limits = new Limits(
                settings.duration(
                        "api-request-timeout",
                        standard.requestTimeout,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(10),
                        "the maximum duration of a request"),
                settings.duration(
                        "api-idle-timeout",
                        standard.idleTimeout,
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "the time after which an idle connection is closed"),
                settings.integer(
                        "api-body-size-max",
                        standard.bodySizeMax,
                        0,
                        64 << 20,
                        "the maximum size of a request body, in bytes"),
                settings.integer(
                        "api-headers-size-max",
                        standard.headersSizeMax,
                        1 << 10,
                        256 << 10,
                        "the maximum size of the request headers, in bytes"),
                settings.integer(
                        "api-requests-max", standard.requestsMax, 1, 65_536, "the maximum number of requests at once"),
                settings.integer(
                        "api-connections-max",
                        standard.connectionsMax,
                        1,
                        65_536,
                        "the maximum number of open connections"),
                settings.integer(
                        "api-streams-max", standard.streamsMax, 1, 4_096, "the maximum number of open event streams"));
        if (limits.idleTimeout.compareTo(limits.requestTimeout) <= 0) {
            // A connection whose request is still being worked on is silent too.
            settings.report("api-idle-timeout is %s but must be longer than api-request-timeout, which is %s"
                    .formatted(limits.idleTimeout, limits.requestTimeout));
        }
        return new ApiSettings(
                settings.integer("port", 8080, 0, 65_535, "the port of the API; 0 for any free one"),
                settings.text("host", "127.0.0.1", "the address that the API listens on"),
                limits);
    }
}
