package io.imaint.integration.load;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.DeltaLink;
import io.imaint.integration.pipeline.PageSize;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadState;
import io.imaint.integration.state.PartitionState;
import io.imaint.store.Documents;
import io.imaint.store.Stored;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A load that has a plan and has not come to its end, as one of the runners at it sees it: reads partitions with the readers
 * of this process, each at one after the other, and makes the state after the last of them.
 */
final class OpenLoad {
    private static final System.Logger LOG = System.getLogger(OpenLoad.class.getName());

    private record ClaimedPartition(HeldLease lease, Stored<PartitionState> state) {}

    private final InboundLoad run;
    private final Integration integration;
    private final LoadState.Plan plan;
    private final PageSize pageSize;
    private final Set<Integer> ours = new HashSet<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    OpenLoad(InboundLoad run, Integration integration, LoadState.Plan plan, PageSize pageSize) {
        this.run = run;
        this.integration = integration;
        this.plan = plan;
        this.pageSize = pageSize;
    }

    String name() {
        return integration.name();
    }

    InboundLoad run() {
        return run;
    }

    Integration integration() {
        return integration;
    }

    LoadState.Plan plan() {
        return plan;
    }

    PageSize pageSize() {
        return pageSize;
    }

    /** The partitions that have begun. */
    private List<PartitionState> partitions() {
        return PartitionState.of(run.inbound().store(), name(), plan);
    }

    boolean allDone() {
        return partitions().stream()
                        .filter(partition -> partition.checkpoint().done())
                        .count()
                == plan.partitions();
    }

    /** Whether the plan is still what is to be done. */
    boolean current() {
        var now = InboundState.of(run.inbound().store(), name()).load().plan();
        return now != null && now.id().equals(plan.id()) && !now.done();
    }

    /**
     * Reads partitions until no more is free. The first failure, or a cancellation, ends all readers: at the end of their
     * page, or their chunk.
     */
    void read() {
        int readers = Math.min(plan.partitions(), run.inbound().options().parallel());
        var ended = Stream.generate(CompletableFuture<Void>::new).limit(readers).toList();
        ended.forEach(end -> Thread.ofVirtual().name("inbound-reader-" + name()).start(() -> {
            attempt();
            end.complete(null);
        }));
        ended.forEach(CompletableFuture::join);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case Throwable failed -> throw new AssertionError(failed);
        }
    }

    private void attempt() {
        try {
            while (failure.get() == null && readOne()) {
                run.cancellation().check();
            }
        } catch (Cancellation.Requested stopped) {
            failure.compareAndSet(null, stopped);
        } catch (RuntimeException | Error failed) { // The caller of work() gets it.
            failure.updateAndGet(
                    before -> before == null || before instanceof Cancellation.Requested ? failed : before);
        }
    }

    /** Reads one partition; false when none is free. */
    private boolean readOne() {
        run.places().acquireUninterruptibly();
        try {
            run.cancellation().check();
            var taken = take();
            if (taken.isEmpty()) {
                return false;
            }
            var partition = taken.get().state();
            try (var lease = taken.get().lease();
                    var reader = new PartitionLoad(this, lease, partition)) {
                reader.run(() -> failure.get() != null);
            } finally {
                free(partition.value().number());
            }
            return true;
        } finally {
            run.places().release();
        }
    }

    /** A partition at which nobody works, with its lease; for one reader of this process at a time. */
    private synchronized Optional<ClaimedPartition> take() {
        var partitions = partitions();
        for (int number = 1; number <= plan.partitions(); number++) {
            int wanted = number;
            boolean done = partitions.stream()
                    .anyMatch(partition -> partition.number() == wanted
                            && partition.checkpoint().done());
            if (!done && !ours.contains(number)) {
                var taken = take(number);
                if (taken.isPresent()) {
                    ours.add(number);
                    return taken;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ClaimedPartition> take(int number) {
        var lease = HeldLease.acquire(
                run.inbound().store(), name(), number, run.inbound().options());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Only now nobody else begins, ends or removes it.
            var partition = current() ? standing(number, lease.get()) : Optional.<Stored<PartitionState>>empty();
            if (partition.isPresent() && !partition.get().value().checkpoint().done()) {
                return Optional.of(new ClaimedPartition(lease.get(), partition.get()));
            }
        } catch (RuntimeException | Error failed) {
            lease.get().close();
            throw failed;
        }
        lease.get().close();
        return Optional.empty();
    }

    /** The document of a partition, made where there is none of this load; empty when somebody else writes it. */
    private Optional<Stored<PartitionState>> standing(int number, HeldLease lease) {
        var partitions = lease.store().documents(PartitionState.TYPE);
        var begin = PartitionState.begin(name(), number, plan);
        var found = partitions.find(begin.key());
        if (found.isPresent() && found.get().value().load().equals(plan.id())) {
            return found;
        }
        var written = found.isPresent() ? partitions.replace(begin, found.get().rev()) : partitions.insert(begin);
        return switch (written) {
            case Documents.Written.Done<PartitionState> done -> Optional.of(done.stored());
            case Documents.Written.Lost<PartitionState> lost -> Optional.empty();
        };
    }

    private synchronized void free(int number) {
        ours.remove(number);
    }

    /**
     * The state after the load, when all partitions are done.
     *
     * @param documents how many the collection has now
     */
    InboundState ended(InboundState before, long documents) {
        var partitions = partitions();
        var counters = PartitionState.sum(partitions).withInserted(documents - plan.documentsBefore());
        if (!counters.balanced()) {
            throw InboundProblem.INBOUND_DEFECT.because("the rows of %s do not add up: %s".formatted(name(), counters));
        }
        var announced = announced(partitions);
        if (announced != null && counters.rowsRead() + counters.keptAside() < announced) {
            LOG.log(Level.WARNING, "{0}: SAP announced {1} rows and sent {2}", name(), announced, counters.rowsRead());
        }
        var at = run.inbound().now();
        // A page that a crash or a broken line cut off may have held rows that were gone when it was read again.
        boolean leftOver = plan.documentsBefore() > 0 || documents != counters.rowsRead();
        var ended = before.load().at(counters, announced, pageSize.learned()).loaded(at, leftOver);
        return before.with(ended).with(delta(partitions)).with(health(before.health(), partitions, counters, at));
    }

    private InboundState.Health health(
            InboundState.Health before, List<PartitionState> partitions, Counters counters, Instant at) {
        boolean letters = counters.keptAside() > 0 || before.deadLetters() > 0;
        return before.succeeded(at)
                .retried(partitions.stream().mapToLong(PartitionState::retries).sum())
                .withDeadLetters(letters ? run.inbound().letters().count(name()) : 0);
    }

    private static @Nullable Long announced(List<PartitionState> partitions) {
        return partitions.stream().anyMatch(partition -> partition.total() == null)
                ? null
                : Long.valueOf(partitions.stream()
                        .mapToLong(partition -> Objects.requireNonNull(partition.total()))
                        .sum());
    }

    /**
     * Where deltas go on: at the token that a load in one partition ended with, and in any case no later than when the first
     * page was answered. What changed while the load went on has a later stamp, and may have been read before it did.
     */
    private DeltaState delta(List<PartitionState> partitions) {
        var link = partitions.size() == 1 ? partitions.getFirst().checkpoint().delta() : null;
        var token =
                link == null ? null : DeltaLink.of(link).map(DeltaLink::token).orElse(null);
        Instant watermark = partitions.stream().anyMatch(partition -> partition.servedAt() == null)
                ? null
                : partitions.stream()
                        .map(partition -> Objects.requireNonNull(partition.servedAt()))
                        .min(Instant::compareTo)
                        .orElse(null);
        return DeltaState.NONE.with(new DeltaState.Position(null, plan.made(), null, token, watermark));
    }
}
