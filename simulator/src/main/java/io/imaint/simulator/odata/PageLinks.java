package io.imaint.simulator.odata;

import java.net.URI;
import java.util.Set;

/**
 * The addresses that lead on from a page.
 *
 * @param service the absolute address of the service
 * @param path of the page, below the service
 */
record PageLinks(String service, String path, Query query, SystemQuirks quirks) {
    /** The name of the system behind its proxy, which no caller can reach. */
    private static final String INTERNAL_HOST_ADDRESS = "http://sapgw01.internal:8000";

    private static final Set<String> PAGING = Set.of("$skip", Query.SKIP_TOKEN, Query.DELTA_TOKEN);
    private static final Set<String> PAGING_AND_ORDER =
            Set.of("$skip", Query.SKIP_TOKEN, Query.DELTA_TOKEN, "$top", "$inlinecount", "$orderby");

    String next(SkipToken token) {
        return address(query.with(PAGING, Query.SKIP_TOKEN + "=" + token.encoded()));
    }

    String changes(DeltaToken token) {
        return address(query.with(PAGING_AND_ORDER, Query.DELTA_TOKEN + "='" + token.text() + "'"));
    }

    private String address(String newQuery) {
        var target = path + "?" + newQuery;
        return switch (quirks.next()) {
            case ABSOLUTE -> service + target;
            case RELATIVE -> target.substring(1);
            case INTERNAL_HOST -> INTERNAL_HOST_ADDRESS + URI.create(service).getRawPath() + target;
        };
    }
}
