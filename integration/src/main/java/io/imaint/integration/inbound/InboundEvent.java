package io.imaint.integration.inbound;

import io.imaint.integration.load.LoadListener;
import io.imaint.kernel.http.Description;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An event of the replication, as clients of the stream get it. */
sealed interface InboundEvent {
    /** An integration with its state, first as it is and then whenever it changes, whichever process works on it. */
    record Changed(IntegrationView integration) implements InboundEvent {}

    /** An integration was removed. */
    record Removed(String name) implements InboundEvent {}

    /** A partition of a load of this process has stored more rows. */
    record Progressed(
            String integration,

            @Description("The partition of the load, from 1.")
            int part,

            int parts,

            @Description("Rows of this partition, including those before an interruption.")
            long rows,

            @Description("The number of rows according to SAP; null when unknown.") @Nullable
            Long total,

            long rowsPerSecond)
            implements InboundEvent {
        static Progressed of(LoadListener.Progress progress) {
            return new Progressed(
                    progress.integration(),
                    progress.partition(),
                    progress.partitions(),
                    progress.rows(),
                    total(progress.total()),
                    progress.rowsPerSecond());
        }

        private static @Nullable Long total(OptionalLong total) {
            return total.isPresent() ? total.getAsLong() : null;
        }
    }

    /** A load of this process has ended. */
    record Ended(
            String integration,
            @Description("A description in one line.") String result) implements InboundEvent {}

    /** The name of the event in the stream. */
    default String event() {
        return switch (this) {
            case Changed ignored -> "changed";
            case Removed ignored -> "removed";
            case Progressed ignored -> "progressed";
            case Ended ignored -> "ended";
        };
    }
}
