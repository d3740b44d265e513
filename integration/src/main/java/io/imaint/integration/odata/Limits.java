package io.imaint.integration.odata;

import java.time.Duration;

/**
 * What one answer may cost before it is given up.
 *
 * @param pageBytesMax size of a page after decompression
 * @param metadataBytesMax size of a metadata document after decompression
 * @param textLengthMax characters of one value
 * @param answerWaitMax time spent waiting for the server over a whole answer; the time of the sink does not count
 */
record Limits(long pageBytesMax, int metadataBytesMax, int textLengthMax, Duration answerWaitMax) {
    /**
     * A page of 100,000 rows with 400 properties stays far below half a gigabyte, the largest metadata documents seen
     * have 2.4 MB, SAP's long texts end at some hundred kilobytes, and a Gateway ends its own requests after 10 minutes
     * (rdisp/max_wprun_time).
     */
    static final Limits DEFAULT = new Limits(512L << 20, 32 << 20, 16 << 20, Duration.ofMinutes(10));
}
