package io.imaint.integration.delta;

import io.imaint.integration.state.InboundProblem;
import io.imaint.kernel.problem.Failure;
import java.util.List;

/**
 * How source and store are compared on demand.
 *
 * @param repair whether differences are repaired or only reported
 * @param contents whether all that is mapped is compared, not the change stamp alone; reads all rows whole
 * @param removalsMax documents that may be removed; negative for what the settings allow
 */
public record ReconciliationOptions(boolean repair, boolean contents, long removalsMax) {
    /** What is compared of each key. */
    enum Depth {
        /** The change stamp. */
        STAMPS,
        /** All that is mapped. */
        CONTENTS,
        /** Nothing: all rows are read and written where they differ. */
        WHOLE
    }

    /** Reports what differs. */
    public static final ReconciliationOptions REPORT = new ReconciliationOptions(false, false, -1);

    /** Repairs what differs, within what the settings allow. */
    public static final ReconciliationOptions REPAIR = new ReconciliationOptions(true, false, -1);

    /** The limit for a collection of so many documents. */
    RemovalLimit limit(DeltaSettings settings, long documents) {
        return new RemovalLimit(
                removalsMax < 0
                        ? Math.max(settings.removalsMax(), documents * settings.removalsPercent() / 100)
                        : removalsMax);
    }

    /**
     * Keeps a comparison from removing what is not gone: an authorisation that was taken away, a client without data or a
     * broken data provider all look like a system in which everything was deleted.
     *
     * @param removalsMax documents that may be removed in one comparison
     */
    record RemovalLimit(long removalsMax) {
        /** Enough to distinguish an empty answer from a busy system. */
        static final int SAMPLE = 100;

        boolean allows(long removals) {
            return removals <= removalsMax;
        }

        /** How many ids of superfluous documents need be held: a moving source makes some that are none. */
        long heldMax() {
            return Math.min(Math.max(removalsMax, SAMPLE) * 2, 10_000_000L);
        }

        Failure refusal(String integration, long removals, long documents, List<String> examples) {
            return InboundProblem.INBOUND_SWEEP_REFUSED.because(
                    "%s: about %d of %d documents are not in SAP, and at most %d may be removed; for example %s"
                            .formatted(integration, removals, documents, removalsMax, String.join(", ", examples)));
        }
    }
}
