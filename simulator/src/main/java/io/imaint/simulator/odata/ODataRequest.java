package io.imaint.simulator.odata;

import java.util.Optional;

/**
 * A request to the service, freed of HTTP.
 *
 * @param method in upper case
 * @param origin scheme and authority under which the caller reached us, such as {@code http://127.0.0.1:8000}
 * @param path what follows the service's own path, still percent-encoded; empty or beginning with a slash
 * @param query the raw query without its question mark, empty where there is none
 * @param accept the Accept header, empty where there is none
 * @param pageSize the page size the caller prefers
 */
public record ODataRequest(
        String method, String origin, String path, String query, String accept, Optional<Integer> pageSize) {

    /** The most rows of one page, however many the caller prefers: it bounds the time a page takes. */
    public static final int PAGE_SIZE_MAX = 10_000;

    private static final String PAGE_SIZE_PREFERENCE = "odata.maxpagesize=";

    /** True when the caller asked for JSON by name; otherwise faults are answered in XML. */
    public boolean wantsJson() {
        return wantsJson(accept, query);
    }

    public static boolean wantsJson(String accept, String query) {
        return accept.contains("application/json") || query.contains("format=json");
    }

    /** The page size in a Prefer header; a preference that makes no sense is passed over, as RFC 7240 asks. */
    public static Optional<Integer> preferredPageSize(String prefer) {
        for (var preference : prefer.split("[,;]", -1)) {
            var text = preference.strip();
            if (text.startsWith(PAGE_SIZE_PREFERENCE)) {
                var digits = text.substring(PAGE_SIZE_PREFERENCE.length());
                if (digits.matches("[1-9][0-9]{0,8}")) {
                    return Optional.of(Math.min(Integer.parseInt(digits), PAGE_SIZE_MAX));
                }
            }
        }
        return Optional.empty();
    }
}
