package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.StringNode;

/** The files that media entities are. */
final class Media {
    /** The property that holds a file's type. */
    static final String TYPE = "MIMETYPE";

    /** The property that names the content. */
    static final String CONTENT = "PHIO_ID";

    private static final String NAME = "FILENAME";
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final Pattern MIME = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,60}");
    private static final Pattern PAIR = Pattern.compile("\\s*([A-Z]{1,30})\\s*=\\s*'((?:[^']++|'')*+)'\\s*(,|$)");

    /** Longer than all that can be given in it. */
    private static final int SLUG_LENGTH_MAX = 2000;

    private Media() {}

    /** A type as it may stand in a header; one that is none becomes that of unknown bytes. */
    static String type(String contentType) {
        int parameters = contentType.indexOf(';');
        var type = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        return MIME.matcher(type).matches() ? type : UNKNOWN_TYPE;
    }

    /**
     * The properties that a Slug header gives: a bare file name, or pairs such as
     * {@code FILENAME='a.pdf',OBJTYPE='BUS2007',OBJKEY='4000001'}.
     */
    static Map<String, @Nullable Object> slug(EntitySet set, String header) {
        var slug = decoded(header);
        if (slug.length() > SLUG_LENGTH_MAX) {
            throw ODataFault.body("The header Slug is longer than %d characters".formatted(SLUG_LENGTH_MAX));
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        var pairs = PAIR.matcher(slug);
        int end = 0;
        while (pairs.lookingAt()) {
            put(set, values, pairs.group(1), pairs.group(2).replace("''", "'"));
            end = pairs.end();
            pairs.region(end, slug.length());
        }
        if (end == 0 && !slug.isEmpty()) {
            put(set, values, NAME, slug);
        } else if (end < slug.length()) {
            throw ODataFault.body("The header Slug must be a file name or pairs such as FILENAME='a.pdf',OBJKEY='1'");
        }
        return values;
    }

    private static void put(EntitySet set, Map<String, @Nullable Object> values, String name, String text) {
        var property = set.find(name);
        if (property == null || !property.creatable() || property.key()) {
            throw ODataFault.property(name, "Property '%s' of the header Slug is invalid".formatted(name));
        }
        values.put(name, JsonValues.value(property, StringNode.valueOf(text)));
    }

    /** Names beyond ASCII come percent-encoded (RFC 5023, 9.7). */
    private static String decoded(String slug) {
        try {
            return PercentEncoding.decodedSegment(slug);
        } catch (ODataFault notEncoded) {
            return slug;
        }
    }

    /** The headers with which a file is sent: a browser must save it, not run it. */
    static Map<String, String> headers(Row row) {
        var headers = new LinkedHashMap<>(ETag.header(row));
        var name = URLEncoder.encode(row.text(NAME), UTF_8).replace("+", "%20");
        headers.put("Content-Disposition", "attachment; filename*=UTF-8''" + name);
        headers.put("X-Content-Type-Options", "nosniff");
        return headers;
    }
}
