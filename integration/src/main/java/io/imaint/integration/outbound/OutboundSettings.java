package io.imaint.integration.outbound;

import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * How commands are posted.
 *
 * @param parallel commands that one process posts at the same time
 * @param attemptsMax after so many attempts that met a passing failure a person decides
 * @param retryFirst the wait after the first passing failure of a command; it doubles
 * @param retryMax the longest wait between two attempts
 * @param probeFirst the wait after the first failed probe of a SAP system that is away; it doubles
 * @param probeMax the longest wait between two probes
 * @param sweepEvery how often commands are looked for that are due and nobody took
 */
public record OutboundSettings(
        int parallel,
        int attemptsMax,
        Duration retryFirst,
        Duration retryMax,
        Duration probeFirst,
        Duration probeMax,
        Duration sweepEvery) {
    /** A quarter of a second is the life of most locks; an order that somebody edits is free after minutes. */
    public static final OutboundSettings DEFAULT = new OutboundSettings(
            8,
            30,
            Duration.ofMillis(250),
            Duration.ofMinutes(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2));

    public static OutboundSettings read(Settings settings) {
        return new OutboundSettings(
                settings.integer(
                        "outbound-parallel",
                        DEFAULT.parallel,
                        1,
                        64,
                        "the commands that one process posts to SAP at the same time"),
                settings.integer(
                        "outbound-attempts-max",
                        DEFAULT.attemptsMax,
                        1,
                        1000,
                        "the attempts to post a command that SAP cannot take at the moment, before it counts as failed"),
                DEFAULT.retryFirst,
                settings.duration(
                        "outbound-retry-max",
                        DEFAULT.retryMax,
                        Duration.ofMillis(10),
                        Duration.ofHours(1),
                        "the longest wait between two attempts to post a command"),
                DEFAULT.probeFirst,
                settings.duration(
                        "outbound-probe-max",
                        DEFAULT.probeMax,
                        Duration.ofMillis(10),
                        Duration.ofMinutes(10),
                        "the longest wait between two probes of a SAP system that does not answer"),
                settings.duration(
                        "outbound-sweep-every",
                        DEFAULT.sweepEvery,
                        Duration.ofMillis(10),
                        Duration.ofMinutes(10),
                        "how often commands are looked for that are due and were not taken"));
    }
}
