package io.imaint.simulator.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imaint.simulator.batch.Multipart.Part;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the HTTP request that a part of a batch holds. */
final class PartRequest {
    /** As long as an address outside of a batch may be. */
    private static final int URL_LENGTH_MAX = 8192;

    private static final Pattern LINE = Pattern.compile("([A-Za-z]{1,20}) (\\S.*) HTTP/1\\.[01]");
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]*", Pattern.CASE_INSENSITIVE);

    private PartRequest() {}

    /**
     * The request of a part, on behalf of the batch's caller.
     *
     * @throws ODataFault if the part is no request, or not one to this service
     */
    static ODataRequest of(Part part, ODataRequest batch) {
        if (!part.headers().first("Content-Type").startsWith("application/http")) {
            throw ODataFault.body("A part of a batch must be of type application/http");
        }
        var text = part.body();
        int at = 0;
        while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
            at++;
        }
        int lineEnd = text.indexOf('\n', at);
        var line = LINE.matcher(
                text.substring(at, lineEnd < 0 ? text.length() : lineEnd).stripTrailing());
        if (!line.matches()) {
            throw ODataFault.body("A part of the batch does not begin with a request line");
        }
        var inner = Multipart.part(lineEnd < 0 ? "" : text.substring(lineEnd + 1));
        var url = line.group(2);
        if (url.length() > URL_LENGTH_MAX) {
            throw ODataFault.uriSyntax("The address of a part has more than %d characters".formatted(URL_LENGTH_MAX));
        }
        var below = belowService(url, URI.create(batch.service()).getRawPath());
        int question = below.indexOf('?');
        var body = body(inner);
        return new ODataRequest(
                line.group(1).toUpperCase(Locale.ROOT),
                batch.service(),
                question < 0 ? below : below.substring(0, question),
                question < 0 ? "" : below.substring(question + 1),
                inner.headers(),
                body.getBytes(ISO_8859_1),
                batch.actor(),
                batch.quirks());
    }

    /** What follows the service's path; addresses are absolute, or relative to the host or to the service. */
    private static String belowService(String url, String service) {
        var path = ORIGIN.matcher(url).replaceFirst("");
        if (path.startsWith(service)) {
            var rest = path.substring(service.length());
            if (rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?")) {
                return rest;
            }
        }
        if (path.length() < url.length() || path.startsWith("/sap/")) {
            throw ODataFault.uriSyntax("The address of a part leads to another service");
        }
        return path.startsWith("/") ? path : "/" + path;
    }

    /** The body as long as it says it is, else all there is. */
    private static String body(Part inner) {
        var length = inner.headers().first("Content-Length");
        if (length.matches("[0-9]{1,9}")
                && Integer.parseInt(length) <= inner.body().length()) {
            return inner.body().substring(0, Integer.parseInt(length));
        }
        return inner.body();
    }
}
