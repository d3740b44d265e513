package io.imaint.integration.load;

import io.imaint.integration.state.HeldLease;
import io.imaint.integration.state.PartState;
import io.imaint.integration.state.PartStates;
import io.imaint.integration.state.Stop;
import io.imaint.store.Documents;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The readers of this process that work at the parts of one load, each at one part after the other. */
final class PartWorkers {
    private record Taken(HeldLease lease, Stored<PartState> part) {}

    private final OpenLoad load;
    private final LoadShared shared;
    private final PartLoad.LoadInHand common;
    private final Set<Integer> ours = new HashSet<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    PartWorkers(OpenLoad load) {
        this.load = load;
        this.shared = load.shared();
        var type = Replicas.find(load.integration().mapping().collection()).orElseThrow();
        boolean meetsOthers = load.plan().documentsBefore() > 0;
        this.common = new PartLoad.LoadInHand(
                shared,
                load.integration(),
                load.plan(),
                shared.sap().service(load.integration()),
                new Upserts(
                        type,
                        shared.store().documents(type),
                        shared.step(),
                        meetsOthers ? load.integration().stampField() : null),
                load.pageSize(),
                shared.letters().count(load.name()) > 0);
    }

    /**
     * Reads parts until no more is free. The first failure, or the wish to stop, ends all readers: at the end of their
     * page, or their chunk.
     */
    void work() {
        int readers = Math.min(load.plan().parts(), shared.terms().parallel());
        var ended = Stream.generate(CompletableFuture<Void>::new).limit(readers).toList();
        ended.forEach(
                end -> Thread.ofVirtual().name("inbound-reader-" + load.name()).start(() -> {
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
                shared.stop().check();
            }
        } catch (Stop.Requested stopped) {
            failure.compareAndSet(null, stopped);
        } catch (RuntimeException | Error failed) { // The caller of work() gets it.
            failure.updateAndGet(before -> before == null || before instanceof Stop.Requested ? failed : before);
        }
    }

    /** Reads one part; false when none is free. */
    private boolean readOne() {
        shared.places().acquireUninterruptibly();
        try {
            shared.stop().check();
            var taken = take();
            if (taken.isEmpty()) {
                return false;
            }
            var part = taken.get().part();
            try (var lease = taken.get().lease()) {
                new PartLoad(common, lease, part).run(() -> failure.get() != null);
            } finally {
                free(part.value().number());
            }
            return true;
        } finally {
            shared.places().release();
        }
    }

    /** A part at which nobody works, with its lease; for one reader of this process at a time. */
    private synchronized Optional<Taken> take() {
        var parts = load.parts();
        for (int number = 1; number <= load.plan().parts(); number++) {
            int wanted = number;
            boolean done = parts.stream()
                    .anyMatch(
                            part -> part.number() == wanted && part.checkpoint().done());
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

    private Optional<Taken> take(int number) {
        var lease = HeldLease.acquire(shared.store(), load.name(), number, shared.terms());
        if (lease.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Only now nobody else begins, ends or removes it.
            var part = load.current() ? standing(number, lease.get()) : Optional.<Stored<PartState>>empty();
            if (part.isPresent() && !part.get().value().checkpoint().done()) {
                return Optional.of(new Taken(lease.get(), part.get()));
            }
        } catch (RuntimeException | Error failed) {
            lease.get().close();
            throw failed;
        }
        lease.get().close();
        return Optional.empty();
    }

    /** The document of a part, made where there is none of this load; empty when somebody else writes it. */
    private Optional<Stored<PartState>> standing(int number, HeldLease lease) {
        var parts = lease.store().documents(PartStates.TYPE);
        var begin = PartState.begin(load.name(), number, load.plan());
        var found = parts.find(begin.key());
        if (found.isPresent() && found.get().value().load().equals(load.plan().id())) {
            return found;
        }
        var written = found.isPresent() ? parts.replace(begin, found.get().rev()) : parts.insert(begin);
        return switch (written) {
            case Documents.Written.Done<PartState> done -> Optional.of(done.stored());
            case Documents.Written.Lost<PartState> lost -> Optional.empty();
        };
    }

    private synchronized void free(int number) {
        ours.remove(number);
    }
}
