package io.imaint.simulator.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.faults.Effects.ErrorPage;
import io.imaint.simulator.faults.Fault.HalfAnswer;
import io.imaint.simulator.faults.Fault.Latency;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.Fault.SlowBytes;
import io.imaint.simulator.faults.Fault.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The faults in force. Safe for use by many threads.
 *
 * <p>What happens to the n-th request that a rule is about depends on three things alone: the seed, the rule's text and
 * n. Neither other rules nor other threads can change it, so that a run can be repeated:
 *
 * <pre>
 *   (seed, "drop-after on POST p=0.3") ──► n: 1 2 3 4 5 6 7 8 ...
 *                                             . . x . . x x . ...
 * </pre>
 *
 * <p>Which request is the n-th is up to the callers. A rule that holds only for a time counts only what falls into it.
 */
public final class FaultPlan {
    /** More rules than anybody can follow; each costs every request a little time. */
    private static final int RULES_MAX = 100;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final InstantSource clock;
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final AtomicLong requestsWithOwnRules = new AtomicLong();
    private int lastId;
    private volatile long seed;

    /**
     * A rule in force.
     *
     * @param since when it was added
     * @param seen how many requests it was about
     * @param hit how many of them met the fault
     */
    public record Entry(int id, FaultRule rule, Instant since, long seen, long hit) {}

    public FaultPlan(long seed, InstantSource clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** What goes wrong with a request. */
    public Effects decide(RequestFacts request) {
        return decide(request, List.of());
    }

    /**
     * What goes wrong with a request that brings its own rules along.
     *
     * @param own as {@link FaultRule#parseForOneRequest} reads them
     */
    public Effects decide(RequestFacts request, List<FaultRule> own) {
        if (planned.isEmpty() && own.isEmpty()) {
            return Effects.NONE;
        }
        var now = clock.instant();
        var sum = new Sum();
        for (var rule : planned) {
            rule.decide(request, now, seed, sum);
        }
        if (!own.isEmpty()) {
            long count = requestsWithOwnRules.incrementAndGet();
            for (var rule : own) {
                if (rule.requests().matches(request) && rule.when().open(now, now)) {
                    var random = random(seed, hash(rule.text()), count);
                    if (random.nextDouble() < rule.when().probability()) {
                        sum.add(rule.fault(), random);
                    }
                }
            }
        }
        return sum.effects();
    }

    /**
     * Puts a rule in force.
     *
     * @return the number by which {@link #remove} finds it
     * @throws IllegalStateException when there are too many already
     */
    public synchronized int add(FaultRule rule) {
        if (planned.size() >= RULES_MAX) {
            throw new IllegalStateException("There are " + RULES_MAX + " fault rules already; remove some first");
        }
        planned.add(new Planned(++lastId, rule, clock.instant()));
        return lastId;
    }

    /** Whether there was such a rule. */
    public synchronized boolean remove(int id) {
        return planned.removeIf(rule -> rule.id == id);
    }

    public synchronized void clear() {
        planned.clear();
    }

    public List<Entry> rules() {
        return planned.stream().map(Planned::entry).toList();
    }

    public long seed() {
        return seed;
    }

    /** Begins again: all counts become zero. */
    public synchronized void seed(long value) {
        seed = value;
        requestsWithOwnRules.set(0);
        planned.forEach(Planned::restart);
    }

    private static SplittableRandom random(long seed, long rule, long count) {
        return new SplittableRandom(
                new SplittableRandom(new SplittableRandom(seed).nextLong() ^ rule).nextLong() ^ count);
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /** A rule with its counts. */
    private static final class Planned {
        private final int id;
        private final FaultRule rule;
        private final Instant since;
        private final long hash;
        private long seen;
        private long hit;
        private long begun;
        private int burstLeft;

        Planned(int id, FaultRule rule, Instant since) {
            this.id = id;
            this.rule = rule;
            this.since = since;
            this.hash = hash(rule.text());
        }

        synchronized void decide(RequestFacts request, Instant now, long seed, Sum sum) {
            if (!rule.requests().matches(request) || !rule.when().open(since, now)) {
                return;
            }
            seen++;
            var random = random(seed, hash, seen);
            if (burstLeft > 0) {
                burstLeft--;
            } else if (begins(random)) {
                begun++;
                burstLeft = rule.fault() instanceof Status status ? status.burst() - 1 : 0;
            } else {
                return;
            }
            hit++;
            sum.add(rule.fault(), random);
        }

        private boolean begins(SplittableRandom random) {
            var when = rule.when();
            return random.nextDouble() < when.probability()
                    && seen > when.after()
                    && (when.times() == 0 || begun < when.times());
        }

        synchronized void restart() {
            seen = 0;
            hit = 0;
            begun = 0;
            burstLeft = 0;
        }

        synchronized Entry entry() {
            return new Entry(id, rule, since, seen, hit);
        }
    }

    /** What several rules do together. */
    private static final class Sum {
        private Duration delay = Duration.ZERO;
        private Optional<ErrorPage> status = Optional.empty();
        private double cutAt = 1;
        private int bytesPerSecond;
        private final Set<Plain> plain = EnumSet.noneOf(Plain.class);
        private final List<String> applied = new ArrayList<>();

        void add(Fault fault, SplittableRandom random) {
            applied.add(fault.text());
            switch (fault) {
                case Latency latency -> {
                    var longer = delay.plus(latency.delay().draw(random));
                    delay = longer.compareTo(Delay.MAX) > 0 ? Delay.MAX : longer;
                }
                case Status page ->
                    status = status.or(() -> Optional.of(new ErrorPage(page.status(), page.retryAfter())));
                case HalfAnswer half -> cutAt = Math.min(cutAt, half.fraction());
                case SlowBytes slow ->
                    bytesPerSecond =
                            bytesPerSecond == 0 ? slow.perSecond() : Math.min(bytesPerSecond, slow.perSecond());
                case Plain one -> plain.add(one);
            }
        }

        Effects effects() {
            return applied.isEmpty()
                    ? Effects.NONE
                    : new Effects(delay, status, cutAt, bytesPerSecond, Set.copyOf(plain), List.copyOf(applied));
        }
    }
}
