package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition of a load is, a document for each that has begun. Only who holds the partition's lease writes it.
 *
 * @param number from 1
 * @param load the {@link LoadState.Plan#id} of the load it belongs to
 * @param fence of the lease under which this was written
 * @param total how many rows SAP announced for it, null when it did not
 * @param pageSize rows that SAP turned out to serve at once, null while nothing else than what was asked for
 * @param servedAt SAP's time of the first page's answer, null when it sent none
 * @param retries steps that were taken again
 */
public record PartitionState(
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
    public static final CollectionType<PartitionState> TYPE = CollectionType.of(
                    "InboundParts", PartitionState.class, PartitionState::key)
            .unscoped("replication spans all plants")
            .index("integration");

    /**
     * How far a partition has been read; all before it is durable.
     *
     * @param first the address that the partition began with; one that begins with another cannot continue here
     * @param next the page to read next; null when {@code done}, or when the first page is still to be read
     * @param done whether all pages are loaded
     * @param delta where SAP answers with what changed since, when it offered that
     */
    public record Checkpoint(
            String first,
            @Nullable String next,
            boolean done,
            @Nullable String delta) {
        public static Checkpoint begin(String first) {
            return new Checkpoint(first, null, false, null);
        }

        /** The address of the page to read next. */
        public String target() {
            return next == null ? first : next;
        }

        public Checkpoint after(@Nullable String following, @Nullable String deltaLink) {
            return new Checkpoint(first, following, following == null, deltaLink);
        }
    }

    public static PartitionState begin(String integration, int number, LoadState.Plan plan) {
        return new PartitionState(
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

    /** The key of a partition's document. */
    public static String key(String integration, int number) {
        return integration + "/" + number;
    }

    public String key() {
        return key(integration, number);
    }

    /** The partitions of a load that have begun, in order. */
    public static List<PartitionState> of(Store store, String integration, LoadState.Plan plan) {
        var query = Query.where(Condition.equal("integration", integration)).limit(Query.LIMIT_MAX);
        return store.documents(TYPE).list(query).items().stream()
                .map(Stored::value)
                .filter(partition -> partition.load().equals(plan.id()))
                .sorted(Comparator.comparingInt(PartitionState::number))
                .toList();
    }

    /** Who works at a partition of an open load now; empty when nobody does, if only for a moment. */
    public static Optional<String> worker(Store store, InboundState state) {
        return partitionLeases(state)
                .flatMap(lease -> HeldLease.holder(store, lease).stream())
                .findFirst();
    }

    /** Who holds the lease of an integration or of a partition of its open load, and may be alive. */
    static List<String> runners(Store store, InboundState state) {
        return Stream.concat(Stream.of(HeldLease.nameFor(state.integration())), partitionLeases(state))
                .flatMap(lease -> HeldLease.holder(store, lease).stream())
                .distinct()
                .toList();
    }

    private static Stream<String> partitionLeases(InboundState state) {
        var plan = state.load().plan();
        int partitions = plan == null || plan.done() ? 0 : plan.partitions();
        return IntStream.rangeClosed(1, partitions).mapToObj(number -> HeldLease.nameFor(state.integration(), number));
    }

    public static Counters sum(List<PartitionState> partitions) {
        return partitions.stream().map(PartitionState::counters).reduce(Counters.NONE, Counters::plus);
    }

    public PartitionState by(long newFence) {
        return new PartitionState(
                integration, number, load, newFence, checkpoint, counters, total, pageSize, servedAt, retries);
    }

    public PartitionState at(Checkpoint reached, Counters counted, @Nullable Long announced) {
        return new PartitionState(
                integration, number, load, fence, reached, counted, announced, pageSize, servedAt, retries);
    }

    /** What was learned while pages were tried. */
    public PartitionState tried(@Nullable Integer learnedPageSize, long allRetries) {
        return new PartitionState(
                integration, number, load, fence, checkpoint, counters, total, learnedPageSize, servedAt, allRetries);
    }

    public PartitionState servedAt(@Nullable Instant at) {
        return new PartitionState(integration, number, load, fence, checkpoint, counters, total, pageSize, at, retries);
    }
}
