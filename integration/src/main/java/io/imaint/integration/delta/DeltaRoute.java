package io.imaint.integration.delta;

import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.delta.DeltaResult.Way;
import io.imaint.integration.state.DeltaPosition;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadedPosition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses by which way an integration's changes are found now, and from where. */
final class DeltaRoute {
    private final DeltaSite site;
    private final Integration integration;
    private final RowMapping mapping;
    private final InboundState state;

    DeltaRoute(DeltaSite site, Integration integration, RowMapping mapping, InboundState state) {
        this.site = site;
        this.integration = integration;
        this.mapping = mapping;
        this.state = state;
    }

    /** The position to go on from; without a token where the one kept is not good for what is read now. */
    DeltaPosition start() {
        var kept = state.delta().position();
        var fresh =
                new DeltaPosition(scope(), mapping.fingerprint(), state.load().loadedAt(), null, null);
        if (!fresh.sameLoad(kept)) {
            return kept.loadedAt() == null && madeAs(kept, fresh)
                    ? fresh.withToken(LoadedPosition.token(state)).upTo(kept.watermark())
                    : fresh;
        }
        return fresh.sameScope(kept) && fresh.sameMapping(kept) ? kept : fresh.upTo(kept.watermark());
    }

    Way way(DeltaPosition from) {
        var kept = state.delta().position();
        if (!madeAs(kept, from)) {
            return Way.REREAD;
        }
        var comparedAt = state.delta().comparedAt();
        // A comparison that refused to sweep leaves it due for an operator; changes go on meanwhile.
        boolean sweepDue = LoadedPosition.sweepDue(state) && comparedAt == null;
        if (from.token() != null && integration.reading().delta() == DeltaMode.TOKEN && !sweepDue) {
            return Way.TOKEN;
        }
        if (place() < 0) {
            return Way.REREAD;
        }
        if (from.sameLoad(kept) && !from.sameScope(kept)) {
            return Way.COMPARE;
        }
        boolean due = comparedAt == null
                || !comparedAt.plus(site.settings().compareEvery()).isAfter(site.now());
        return due || since(from.watermark()).isEmpty() ? Way.COMPARE : Way.STAMP;
    }

    /** Whether the documents were made by the definition as it is now, as far as is known. */
    private static boolean madeAs(DeltaPosition kept, DeltaPosition now) {
        return kept.mapping() == null || now.sameMapping(kept);
    }

    /** The condition for what is as new as a change stamp; empty when it cannot be asked for. */
    Optional<String> since(@Nullable Instant watermark) {
        return watermark == null || place() < 0
                ? Optional.empty()
                : ChangeStamp.since(
                        mapping.type().properties().get(place()),
                        watermark,
                        site.settings().stampOverlap());
    }

    /** The place of the change stamp among the properties; negative when there is none. */
    private int place() {
        var stamp = integration.reading().changeStamp();
        return stamp == null ? -1 : mapping.type().place(stamp);
    }

    /** What a token is good for. */
    private String scope() {
        var filter = integration.reading().filter();
        return "%s|%s|%s|%s"
                .formatted(site.system(), site.user(), integration.mapping().entitySet(), filter == null ? "" : filter);
    }
}
