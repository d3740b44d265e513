package io.imaint.services.alert;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A title and a body in one language, with places such as {@code {orderNumber}} for the fields of the fact and
 * {@code {count}} for how often it happened.
 */
record AlertText(String title, String body) {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

    /** A place without a value shows nothing, so that an alert never shows its template. */
    AlertText filled(Map<String, String> values) {
        return new AlertText(filled(title, values), filled(body, values));
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(place ->
                        java.util.regex.Matcher.quoteReplacement(oneLine(values.getOrDefault(place.group(1), ""))))
                .strip();
    }

    /** Values come from data and go into subjects, where a line break would begin another header. */
    private static String oneLine(String value) {
        return value.replaceAll("\\p{Cntrl}+", " ");
    }
}
