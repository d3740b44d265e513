package io.imaint.simulator.odata;

import io.imaint.simulator.model.Row;
import java.util.Arrays;
import java.util.Map;

/** The tag of an entity's version: when it was changed, in milliseconds. */
final class ETag {
    /** The property that tells one version from another. */
    static final String PROPERTY = "CHANGEDAT";

    private static final String WEAK = "W/";

    private ETag() {}

    /** A tag such as {@code W/"'1793359353000'"}. */
    static String of(Row row) {
        var at = row.instant(PROPERTY);
        return WEAK + "\"'" + (at == null ? "" : at.toEpochMilli()) + "'\"";
    }

    /** The header that tells an entity's tag; none where its set has none. */
    static Map<String, String> header(Row row) {
        return row.set().tagged() ? Map.of("ETag", of(row)) : Map.of();
    }

    /**
     * Goes on only if the caller knows the present version.
     *
     * @throws ODataFault if it does not, or does not say
     */
    static void verify(Row row, Headers headers) {
        if (!row.set().tagged()) {
            return;
        }
        var wanted = headers.first("If-Match");
        if (wanted.isEmpty()) {
            throw ODataFault.preconditionRequired();
        }
        if (!names(wanted, row)) {
            throw ODataFault.preconditionFailed();
        }
    }

    /** True when a GET names the present version in If-None-Match. */
    static boolean unchanged(Row row, Headers headers) {
        var known = headers.first("If-None-Match");
        return !known.isEmpty() && row.set().tagged() && names(known, row);
    }

    private static boolean names(String header, Row row) {
        var tag = of(row).substring(WEAK.length());
        return Arrays.stream(header.split(",", -1))
                .map(String::strip)
                .map(given -> given.startsWith(WEAK) ? given.substring(WEAK.length()) : given)
                .anyMatch(given -> given.equals("*") || given.equals(tag));
    }
}
