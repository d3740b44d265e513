package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.source.Patience;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The delta tokens of one set: where they are found, what they lead to, and how SAP says that one is lost. */
final class DeltaTokens {
    /** The answer's time has whole seconds; a token of the same read may seem that much older. */
    private static final Duration SAME_READ = Duration.ofSeconds(2);

    private final DeltaAccess sap;
    private final Integration integration;
    private final RowMapping mapping;
    private final Patience patience;

    DeltaTokens(DeltaAccess sap, Integration integration, RowMapping mapping, Patience patience) {
        this.sap = sap;
        this.integration = integration;
        this.mapping = mapping;
        this.patience = patience;
    }

    /** The address of what changed since a token. */
    String target(@Nullable String token) {
        assert token != null : "the way was chosen by it";
        var filter = integration.reading().filter();
        return new DeltaLink(integration.mapping().entitySet(), token)
                .target(mapping.type(), List.of(mapping.select().split(",", -1)), filter == null ? "" : filter);
    }

    /** The token in which a read ended, or that SAP lists for it elsewhere. */
    Optional<String> after(DeltaPages.End end) {
        return end.delta().flatMap(DeltaLink::of).map(DeltaLink::token).or(() -> listed(end.servedAt()));
    }

    /** Of those that SAP holds open the newest one of this read; an older one could be for another filter. */
    private Optional<String> listed(@Nullable Instant readAt) {
        return patience.with(() -> sap.deltaLinks(integration)).stream()
                .filter(open -> ofRead(open, readAt))
                .findFirst()
                .map(open -> open.link().token());
    }

    private static boolean ofRead(OpenDelta open, @Nullable Instant readAt) {
        return readAt == null
                || open.createdAt()
                        .map(at -> !at.isBefore(readAt.minus(SAME_READ)))
                        .orElse(true);
    }

    /**
     * Whether a failure means that the token is no longer good.
     *
     * @param first whether it came instead of the first page, where SAP also refuses what it cannot read any more
     */
    static boolean lost(Failure failure, boolean first) {
        return failure.code() == ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                || (first
                        && (failure.code() == ODataProblem.SAP_REQUEST_REFUSED
                                || failure.code() == ODataProblem.SAP_NOT_FOUND));
    }

    /** What to tell of a set for which SAP gave no token; what was told of other things stays. */
    @Nullable
    String note(boolean given, @Nullable String before) {
        var none = "SAP hands out no delta token for %s; changes are found by %s"
                .formatted(
                        integration.mapping().entitySet(),
                        integration.stampField() == null ? "reading the whole set" : "change stamp");
        if (given) {
            return none.equals(before) ? null : before;
        }
        return before == null ? none : before;
    }
}
