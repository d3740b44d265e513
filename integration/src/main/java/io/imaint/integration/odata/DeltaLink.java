package io.imaint.integration.odata;

import io.imaint.kernel.problem.Failure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Where the changes of a set begin: SAP's token for a point in time. Other than the link in which it came, it can be
 * asked for with our own properties and filter, which SAP's links leave out as often as not.
 *
 * @param entitySet the set whose changes it leads to
 * @param token SAP's, without quotes; valid for the user and the filter of the read that ended in it
 */
public record DeltaLink(String entitySet, String token) {
    /** The property of a row of changes that says whether it was created, updated or deleted. */
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
     * @param type of the entities; where it declares {@link #CHANGE_MODE}, it is selected too, because it marks
     *     deletions
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

    /**
     * A delta token that SAP holds open, as {@code DeltaLinksOf…} lists it.
     *
     * @param link leads to the changes since then
     * @param createdAt when SAP issued it
     * @param initialLoad whether it came from an initial load, not from a read of changes
     */
    public record Open(DeltaLink link, Optional<Instant> createdAt, boolean initialLoad) {
        /** SAP holds a few tokens open for a user and a set; thousands would be a server that never forgets. */
        private static final int PAGES_MAX = 20;

        private static final EntityType TYPE = new EntityType(
                "DeltaLink",
                List.of(
                        EdmProperty.of("DeltaToken", EdmKind.STRING),
                        EdmProperty.of("CreatedAt", EdmKind.DATE_TIME_OFFSET),
                        EdmProperty.of("IsInitialLoad", EdmKind.BOOLEAN)),
                List.of("DeltaToken"));

        /** Those of a set, the newest first; none also when the service does not list them. */
        static List<Open> of(ODataClient client, String entitySet) {
            var links = new ArrayList<Open>();
            var next = Optional.of(DeltaLink.LINKS_OF + entitySet);
            try {
                for (int page = 0; next.isPresent() && page < PAGES_MAX; page++) {
                    next = client.read(PageRequest.of(next.get(), TYPE), row -> links.add(of(entitySet, row)))
                            .next();
                }
            } catch (Failure failed) {
                if (failed.code() == ODataProblem.SAP_NOT_FOUND && links.isEmpty()) {
                    return List.of();
                }
                throw failed;
            }
            links.sort(Comparator.comparing((Open open) -> open.createdAt().orElse(Instant.MIN))
                    .thenComparing(open -> open.link().token())
                    .reversed());
            return List.copyOf(links);
        }

        private static Open of(String entitySet, Row row) {
            if (!(row.value("DeltaToken") instanceof String token) || token.isBlank()) {
                throw ODataProblem.SAP_ANSWER_MALFORMED.because("a delta token of %s is empty".formatted(entitySet));
            }
            return new Open(
                    new DeltaLink(entitySet, token),
                    Optional.ofNullable((Instant) row.value("CreatedAt")),
                    Boolean.TRUE.equals(row.value("IsInitialLoad")));
        }
    }
}
