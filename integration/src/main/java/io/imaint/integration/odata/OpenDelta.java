package io.imaint.integration.odata;

import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A delta token that SAP holds open, as {@code DeltaLinksOf…} lists it.
 *
 * @param link leads to the changes since then
 * @param createdAt when SAP issued it
 * @param initialLoad whether it came from an initial load, not from a read of changes
 */
public record OpenDelta(DeltaLink link, Optional<Instant> createdAt, boolean initialLoad) {
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
    static List<OpenDelta> of(ODataClient client, String entitySet) {
        var links = new ArrayList<OpenDelta>();
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
        links.sort(Comparator.comparing((OpenDelta open) -> open.createdAt().orElse(Instant.MIN))
                .thenComparing(open -> open.link().token())
                .reversed());
        return List.copyOf(links);
    }

    private static OpenDelta of(String entitySet, Row row) {
        if (!(row.value("DeltaToken") instanceof String token) || token.isBlank()) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because("a delta token of %s is empty".formatted(entitySet));
        }
        return new OpenDelta(
                new DeltaLink(entitySet, token),
                Optional.ofNullable((Instant) row.value("CreatedAt")),
                Boolean.TRUE.equals(row.value("IsInitialLoad")));
    }
}
