package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A request to the console or the admin API, freed of HTTP.
 *
 * @param method in upper case
 * @param path the whole, percent-decoded
 * @param query decoded values by name
 * @param headers by their names in small letters
 * @param user who is logged on, in upper case
 * @param administrators whether a user is one
 */
public record ConsoleRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        String user,
        Predicate<String> administrators) {
    /** More than the widest entity in a form, and much less than would hurt. */
    static final int BODY_BYTES_MAX = 256 * 1024;

    private static final int FIELDS_MAX = 1000;

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean fromAdministrator() {
        return administrators.test(user);
    }

    /** Whether a browser says that another site's page sent this; programs that are no browser say nothing. */
    boolean crossSite() {
        var fetchSite = header("sec-fetch-site");
        var origin = header("origin");
        boolean otherSite = !fetchSite.isEmpty() && !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        boolean otherOrigin = !origin.isEmpty() && !origin.matches("https?://" + Pattern.quote(header("host")));
        return otherSite || otherOrigin;
    }

    /** The fields of a form. */
    Map<String, List<String>> form() {
        if (body.length > BODY_BYTES_MAX) {
            throw new WrongUse("a form has at most " + BODY_BYTES_MAX + " bytes");
        }
        if (!header("content-type").startsWith("application/x-www-form-urlencoded")) {
            throw new WrongUse("a form is sent as application/x-www-form-urlencoded");
        }
        return fields(new String(body, UTF_8));
    }

    /** The names and values of a query or form. */
    public static Map<String, List<String>> fields(String encoded) {
        var fields = new LinkedHashMap<String, List<String>>();
        if (encoded.isEmpty()) {
            return fields;
        }
        int count = 0;
        for (var pair : encoded.split("&", -1)) {
            if (++count > FIELDS_MAX) {
                throw new WrongUse("there are more than " + FIELDS_MAX + " fields");
            }
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            fields.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException refused) {
            throw new WrongUse("'%s' is not percent-encoded".formatted(text));
        }
    }
}
