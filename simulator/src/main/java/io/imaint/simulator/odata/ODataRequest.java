package io.imaint.simulator.odata;

import io.imaint.simulator.state.Actor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request to the service, freed of HTTP.
 *
 * @param method in upper case, as it came
 * @param service the absolute address of the service, under the name by which the caller reached us
 * @param path what follows the service's own path, still percent-encoded; empty or beginning with a slash
 * @param query the raw query without its question mark, empty where there is none
 * @param body not to be altered; empty where there is none
 * @param actor on whose behalf it is
 */
@SuppressWarnings("ArrayRecordComponent") // Requests are answered, never compared.
public record ODataRequest(
        String method,
        String service,
        String path,
        String query,
        Headers headers,
        byte[] body,
        Actor actor,
        SystemQuirks quirks) {

    /** The most rows of one page, however many the caller prefers: it bounds the time a page takes. */
    public static final int PAGE_SIZE_MAX = 10_000;

    private static final String PAGE_SIZE_PREFERENCE = "odata.maxpagesize=";
    private static final String TRACK_PREFERENCE = "odata.track-changes";

    /** The method that counts: a POST can carry another through firewalls that know few methods. */
    public String effectiveMethod() {
        var tunnelled = headers.first("X-HTTP-Method").toUpperCase(Locale.ROOT);
        return method.equals("POST") && !tunnelled.isEmpty() ? tunnelled : method;
    }

    /** The same request to another path below the service. */
    ODataRequest at(String otherPath) {
        return new ODataRequest(method, service, otherPath, query, headers, body, actor, quirks);
    }

    public String accept() {
        return headers.first("Accept");
    }

    /** True when the caller asked for JSON by name; otherwise faults are answered in XML. */
    public boolean wantsJson() {
        return wantsJson(accept(), query);
    }

    public static boolean wantsJson(String accept, String query) {
        return accept.contains("application/json") || query.contains("format=json");
    }

    /** The page size the caller prefers; a preference that makes no sense is passed over, as RFC 7240 asks. */
    Optional<Integer> pageSize() {
        return Arrays.stream(preferences())
                .filter(text -> text.startsWith(PAGE_SIZE_PREFERENCE))
                .map(text -> text.substring(PAGE_SIZE_PREFERENCE.length()))
                .filter(digits -> digits.matches("[1-9][0-9]{0,8}"))
                .map(digits -> Math.min(Integer.parseInt(digits), PAGE_SIZE_MAX))
                .findFirst();
    }

    /** Whether the caller wants to ask for changes later. */
    boolean tracksChanges() {
        return Arrays.asList(preferences()).contains(TRACK_PREFERENCE);
    }

    private String[] preferences() {
        return headers.first("Prefer").strip().split("\\s*[,;]\\s*", -1);
    }
}
