package io.imaint.kernel.http.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What clients may use up.
 *
 * @param headTimeout how long a request's head may take from its first byte, and a new connection's from its beginning;
 *     and how long a body may come slower than it must
 * @param idleTimeout how long a connection may be silent
 * @param bodyRateMin bytes a second that a body must bring on average
 * @param headersSizeMax bytes of a request's line and headers
 * @param connectionsMax open connections of a listener
 * @param connectionsPerAddressMax of these, how many one client's address may hold
 * @param proxy true for addresses behind which are many clients, so that only {@code connectionsMax} bounds them
 */
public record ServerLimits(
        Duration headTimeout,
        Duration idleTimeout,
        int bodyRateMin,
        int headersSizeMax,
        int connectionsMax,
        int connectionsPerAddressMax,
        Predicate<InetAddress> proxy) {}
