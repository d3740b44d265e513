package io.imaint.integration.odata;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The links and counts of a page.
 *
 * @param rows how many rows the sink took; a page of none may still have a next
 * @param deleted how many tombstones the sink took
 * @param unreadable how many rows were reported as unreadable
 * @param next the target of the following page, relative to the service
 * @param delta the target of the changes since this read, relative to the service, whether SAP sent it as
 *     {@code __delta} or as a {@code __next} that carries a delta token
 * @param count the number of all rows, when {@code $inlinecount=allpages} asked for it
 * @param bytes size of the answer's body as received, that is compressed when the server compresses
 * @param tracked whether SAP agreed to track the changes after this read
 * @param servedAt the server's time of the answer, to the second; empty when it sent none
 */
public record PageRead(
        int rows,
        int deleted,
        int unreadable,
        Optional<String> next,
        Optional<String> delta,
        OptionalLong count,
        long bytes,
        boolean tracked,
        Optional<Instant> servedAt) {}
