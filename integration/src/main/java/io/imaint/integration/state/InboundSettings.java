package io.imaint.integration.state;

import io.imaint.integration.definition.Reading;
import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * How loads run.
 *
 * @param parallel integrations that load at the same time
 * @param pageSize rows asked for at once, for integrations that do not say
 * @param connectTimeout the longest wait for a connection
 * @param readTimeout the longest silence of SAP while it answers
 */
public record InboundSettings(int parallel, int pageSize, Duration connectTimeout, Duration readTimeout) {
    /** More than ten readers at once is what SAP's own tools advise against. */
    private static final int PARALLEL_MAX = 10;

    public static InboundSettings read(Settings settings) {
        return new InboundSettings(
                settings.integer(
                        "inbound-parallel", 2, 1, PARALLEL_MAX, "the maximum number of integrations that load at once"),
                settings.integer("inbound-page-size", 5000, 1, Reading.PAGE_SIZE_MAX, "the rows per request to SAP"),
                settings.duration(
                        "sap-connect-timeout",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(5),
                        "the longest wait for a connection to SAP"),
                settings.duration(
                        "sap-read-timeout",
                        Duration.ofSeconds(60),
                        Duration.ofMillis(100),
                        Duration.ofMinutes(30),
                        "the longest silence of SAP while it answers"));
    }
}
