package io.imaint.kernel.http;

import io.imaint.kernel.http.server.ServerLimits;
import io.imaint.kernel.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the API listens and what it allows.
 *
 * @param port 0 takes a free one
 * @param host the address to bind to; loopback unless set, so that nothing is open by accident
 * @param healthPort a port of its own for health and metrics; 0 takes a free one, {@link #NO_PORT} none
 * @param trustedProxies peers whose word on the client's address counts
 * @param limits of what clients may use up
 */
public record ApiSettings(int port, String host, int healthPort, List<NetworkBlock> trustedProxies, Limits limits) {
    static final int NO_PORT = -1;

    /**
     * What clients may use up: all together, unless a limit says that it is one's.
     *
     * @param requestTimeout how long a handler may run; what takes longer holds threads and connections of others
     * @param idleTimeout the time after which an idle connection is closed, so that forgotten ones do not pile up
     * @param headTimeout how long a request's head may take, so that slow ones do not hold connections
     * @param bodyRateMin bytes a second that a body must bring on average
     * @param bodySizeMax the maximum size of a request body, in bytes
     * @param headersSizeMax bytes of all header lines of a request
     * @param requestsMax requests handled at once; more would only wait for the same store and memory
     * @param connectionsMax open connections; each costs a file handle
     * @param connectionsPerAddressMax of these, how many one client's address may hold
     * @param requestsPerMinute of one caller; 0 for no limit. The default stops only what no person and hardly a program
     *     does; who opens the API to others sets less
     * @param streamsMax open streams of events; each costs two threads and what waits for its client
     * @param streamsPerCallerMax of these, how many one caller may hold; a person has a few windows and devices
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
            int requestsPerMinute,
            int streamsMax,
            int streamsPerCallerMax) {
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
                3_000_000,
                64,
                8);

        /** As the server takes them. */
        public ServerLimits ofServer(List<NetworkBlock> proxies) {
            return new ServerLimits(
                    headTimeout,
                    idleTimeout,
                    bodyRateMin,
                    headersSizeMax,
                    connectionsMax,
                    connectionsPerAddressMax,
                    address -> proxies.stream().anyMatch(proxy -> proxy.includes(address)));
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
                        "the maximum duration of a request"),
                settings.duration(
                        "api-idle-timeout",
                        standard.idleTimeout,
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "the time after which an idle connection is closed"),
                settings.duration(
                        "api-head-timeout",
                        standard.headTimeout,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        "the maximum time in which the headers of a request arrive"),
                settings.integer(
                        "api-body-rate-min",
                        standard.bodyRateMin,
                        1,
                        1 << 20,
                        "the minimum rate of a request body, in bytes a second"),
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
                        "api-connections-per-address-max",
                        standard.connectionsPerAddressMax,
                        1,
                        65_536,
                        "the maximum number of open connections of one client address; trusted proxies have no maximum of their own"),
                settings.integer(
                        "api-rate-limit",
                        standard.requestsPerMinute,
                        0,
                        1_000_000_000,
                        "the maximum number of requests of one caller in a minute; 0 for no limit"),
                settings.integer(
                        "api-streams-max", standard.streamsMax, 1, 4_096, "the maximum number of open event streams"),
                settings.integer(
                        "api-streams-per-caller-max",
                        standard.streamsPerCallerMax,
                        1,
                        4_096,
                        "the maximum number of open event streams of one caller"));
        if (limits.idleTimeout.compareTo(limits.requestTimeout) <= 0) {
            // A connection whose request is still being worked on is silent too.
            settings.report("api-idle-timeout is %s but must be longer than api-request-timeout, which is %s"
                    .formatted(limits.idleTimeout, limits.requestTimeout));
        }
        return new ApiSettings(
                settings.integer("port", 8080, 0, 65_535, "the port of the API; 0 for any free one"),
                settings.text("host", "127.0.0.1", "the address that the API listens on"),
                settings.integer(
                        "health-port",
                        NO_PORT,
                        NO_PORT,
                        65_535,
                        "a separate port for health and metrics; 0 for any free one, -1 for none"),
                proxies(settings),
                limits);
    }

    private static List<NetworkBlock> proxies(Settings settings) {
        var text = settings.text(
                "trusted-proxies",
                "",
                "addresses and blocks of the reverse proxies, such as 10.1.0.0/16, separated by commas; only they may name the client's address");
        var proxies = new ArrayList<NetworkBlock>();
        for (var one : text.isBlank() ? new String[0] : text.split(",", -1)) {
            NetworkBlock.parsed(one.strip())
                    .ifPresentOrElse(
                            proxies::add,
                            () -> settings.report(
                                    "trusted-proxies has '%s', which is no address and no block of addresses"
                                            .formatted(one.strip())));
        }
        return List.copyOf(proxies);
    }
}
