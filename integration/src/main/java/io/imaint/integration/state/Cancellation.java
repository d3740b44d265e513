package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cooperative cancellation of runs: honoured after the current chunk of rows, with the checkpoints kept. */
public final class Cancellation {
    /** Ends a run from within; whoever began the run takes it. */
    public static final class Requested extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Requested() {
            super("cancellation requested", null, false, false);
        }
    }

    /** How often the linked condition is looked at while something waits. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** A chunk takes far less; a longer wait would be for SAP, whose page is then given up. */
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final CountDownLatch signal;
    private final BooleanSupplier other;

    public Cancellation() {
        this(new CountDownLatch(1), () -> false);
    }

    private Cancellation(CountDownLatch signal, BooleanSupplier other) {
        this.signal = signal;
        this.other = other;
    }

    /** A linked one, which is also requested when a condition holds; this one is not. */
    public Cancellation or(BooleanSupplier another) {
        return new Cancellation(signal, () -> other.getAsBoolean() || another.getAsBoolean());
    }

    public void request() {
        signal.countDown();
    }

    public boolean requested() {
        return signal.getCount() == 0 || other.getAsBoolean();
    }

    public void check() {
        if (requested()) {
            throw new Requested();
        }
    }

    /** Waits, but not longer than until cancellation is requested. An interrupt requests it. */
    public void pause(Duration time) {
        try {
            long left = time.toNanos();
            check();
            while (left > 0) {
                long slice = Math.min(left, LOOK.toNanos());
                left -= slice;
                if (signal.await(slice, TimeUnit.NANOSECONDS) || other.getAsBoolean()) {
                    throw new Requested();
                }
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            throw new Requested();
        }
    }

    /** Waits for a thread that was cancelled; false when it has not ended within a limit. An interrupt ends the wait. */
    public static boolean ended(Thread thread) {
        try {
            return thread.join(END_MAX);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Cancellations of the runs of integrations, whichever process these are in.
     *
     * <p>They are counted, a document for each integration. A run remembers the count when it begins and ends when it
     * finds a higher one. So a request reaches all runs of that moment, also those that wait for a partition, and none that
     * begins later, and no clocks are compared.
     */
    public static final class Requests {
        /**
         * How often an integration's runs were cancelled.
         *
         * @param at when last
         */
        record Cancelled(String integration, long times, Instant at) {}

        static final CollectionType<Cancelled> TYPE = CollectionType.of(
                        "InboundStops", Cancelled.class, Cancelled::integration)
                .unscoped("replication spans all plants");

        /** As soon as a person expects it; one small read. */
        private static final Duration LOOK = Duration.ofSeconds(1);

        private final Store store;
        private final Documents<Cancelled> cancellations;
        private final InstantSource clock;

        public Requests(Store store, InstantSource clock) {
            this.store = store;
            this.cancellations = store.documents(TYPE);
            this.clock = clock;
        }

        /**
         * Cancels all runs of an integration, which end after their current chunk; returns who runs.
         *
         * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INBOUND_NOT_STOPPED} when nobody does
         */
        public List<String> cancel(String integration) {
            var runners = PartitionState.runners(store, InboundState.of(store, integration));
            if (runners.isEmpty()) {
                throw InboundProblem.INBOUND_NOT_STOPPED.because(integration + " does not run");
            }
            Function<Stored<Cancelled>, @Nullable Change<Cancelled>> again = before ->
                    Change.of(new Cancelled(integration, before.value().times() + 1, clock.instant()));
            if (cancellations.update(integration, again).isEmpty()
                    && cancellations.insert(new Cancelled(integration, 1, clock.instant()))
                            instanceof Written.Lost<Cancelled>) {
                cancellations.update(integration, again);
            }
            return runners;
        }

        /** The cancellation of a run that begins now: the given one, or one that an operator asks for from now on. */
        public Cancellation heeding(Cancellation cancellation, String integration) {
            return cancellation.or(new Heed(integration)::cancelled);
        }

        /** Whether a run was cancelled after it began. */
        private final class Heed {
            private final String integration;
            private final long before;
            private Instant lookedAt = clock.instant();
            private boolean cancelled;

            Heed(String integration) {
                this.integration = integration;
                this.before = times();
            }

            synchronized boolean cancelled() {
                var now = clock.instant();
                if (!cancelled && (!lookedAt.plus(LOOK).isAfter(now) || lookedAt.isAfter(now))) {
                    lookedAt = now;
                    cancelled = times() > before;
                }
                return cancelled;
            }

            private long times() {
                return cancellations
                        .find(integration)
                        .map(Stored::value)
                        .map(Cancelled::times)
                        .orElse(0L);
            }
        }
    }
}
