package io.imaint.integration.odata;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * Where the changes of a set begin: SAP's token for a point in time. Other than the link in which it came, it can be
 * asked for with our own properties and filter, which SAP's links leave out as often as not.
 *
 * @param entitySet the set whose changes it leads to
 * @param token SAP's, without quotes; good for the user and the filter of the read that ended in it
 */
public record DeltaLink(String entitySet, String token) {
    /** By this property a row of changes tells whether it was created, updated or deleted. */
    public static final String CHANGE_MODE = "ODQ_CHANGEMODE";

    /** The set that lists a set's tokens has its name behind this. */
    static final String LINKS_OF = "DeltaLinksOf";

    public DeltaLink {
        if (entitySet.isBlank() || token.isBlank()) {
            throw new IllegalArgumentException("a delta link has a set and a token");
        }
    }

    /** The link in the {@code delta} of a page; empty when the target carries no delta token. */
    public static Optional<DeltaLink> of(String target) {
        int question = target.indexOf('?');
        var path = question < 0 ? target : target.substring(0, question);
        var set = path.substring(path.lastIndexOf('/') + 1);
        for (var part : target.substring(question + 1).split("&", -1)) {
            int equals = part.indexOf('=');
            var name = equals < 0 ? "" : decoded(part.substring(0, equals));
            if (name.equalsIgnoreCase("!deltatoken") || name.equalsIgnoreCase("$deltatoken")) {
                var token = unquoted(decoded(part.substring(equals + 1)));
                return token.isBlank() || set.isBlank() ? Optional.empty() : Optional.of(new DeltaLink(set, token));
            }
        }
        return Optional.empty();
    }

    /**
     * The target of the changes.
     *
     * @param type of the entities; where it declares {@link #CHANGE_MODE}, that is selected too, since deletions could
     *     not be told otherwise
     * @param select the properties wanted; empty for all
     * @param filter that of the read that ended in this link, for SAP refuses another; empty for none
     */
    public String target(EntityType type, Collection<String> select, String filter) {
        var properties = new LinkedHashSet<>(select);
        if (!properties.isEmpty() && type.place(CHANGE_MODE) >= 0) {
            properties.add(CHANGE_MODE);
        }
        return "%s?%s%s!deltatoken='%s'"
                .formatted(
                        entitySet,
                        properties.isEmpty() ? "" : "$select=" + String.join(",", properties) + "&",
                        filter.isEmpty() ? "" : "$filter=" + Literals.encoded(filter) + "&",
                        Literals.encoded(token.replace("'", "''")));
    }

    private static String unquoted(String token) {
        boolean quoted = token.length() > 1 && token.startsWith("'") && token.endsWith("'");
        return quoted ? token.substring(1, token.length() - 1).replace("''", "'") : token;
    }

    /** Percent-decoded as far as that is possible; a plus sign is one, for links are no forms. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException stray) {
            return text;
        }
    }
}
