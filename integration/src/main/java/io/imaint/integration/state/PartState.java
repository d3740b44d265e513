package io.imaint.integration.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one part of a load is. Only who holds the part's lease writes it.
 *
 * @param number from 1
 * @param load the {@link LoadPlan#id} of the load it belongs to
 * @param fence of the lease under which this was written
 * @param total how many rows SAP announced for it, null when it did not
 * @param pageSize rows that SAP turned out to serve at once, null while nothing else than what was asked for
 * @param servedAt SAP's time of the first page's answer, null when it told none
 * @param retries steps that were taken again
 */
public record PartState(
        String integration,
        int number,
        String load,
        long fence,
        Checkpoint checkpoint,
        Counters counters,
        @Nullable Long total,
        @Nullable Integer pageSize,
        @Nullable Instant servedAt,
        long retries) {

    public static PartState begin(String integration, int number, LoadPlan plan) {
        return new PartState(
                integration,
                number,
                plan.id(),
                0,
                Checkpoint.begin(plan.first(number)),
                Counters.NONE,
                null,
                null,
                null,
                0);
    }

    /** The key of a part's document. */
    public static String key(String integration, int number) {
        return integration + "/" + number;
    }

    public String key() {
        return key(integration, number);
    }

    public PartState by(long newFence) {
        return new PartState(
                integration, number, load, newFence, checkpoint, counters, total, pageSize, servedAt, retries);
    }

    public PartState at(Checkpoint reached, Counters counted, @Nullable Long announced, Tries tries) {
        return new PartState(
                integration,
                number,
                load,
                fence,
                reached,
                counted,
                announced,
                tries.pageSize(),
                servedAt,
                retries + tries.retries());
    }

    /** What was learned while pages were tried. */
    public record Tries(@Nullable Integer pageSize, long retries) {}

    public PartState servedAt(@Nullable Instant at) {
        return new PartState(integration, number, load, fence, checkpoint, counters, total, pageSize, at, retries);
    }
}
