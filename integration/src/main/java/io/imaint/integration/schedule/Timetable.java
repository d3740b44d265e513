package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which integration runs when. Without threads or a clock: every call passes the time.
 *
 * <pre>
 *              due                ended well
 *   waiting ─────────► running ──────────────────► waiting for its next time
 *                         │  failed, may pass ───► waiting, each time twice as long
 *                         │  failed, blame ours ─► held: retried at long intervals, or an administrator acts
 * </pre>
 *
 * <p>An administrator acts by editing the definition, by resuming the integration, or by a run that succeeds elsewhere. SAP
 * locks a user after a few wrong passwords: when it refuses the user of one run, all integrations are held without retries
 * until SAP may be called again, and runs go one by one until a first one has succeeded.
 */
final class Timetable {
    /** The first and the longest wait after a failure: SAP may be down for hours, and its return is noticed within minutes. */
    static final Duration BACK_OFF_MIN = Duration.ofSeconds(1);

    static final Duration BACK_OFF_MAX = Duration.ofMinutes(5);

    /** The longest wait while the store fails: it is ours, and a retry costs SAP nothing. */
    static final Duration STORE_BACK_OFF_MAX = Duration.ofSeconds(30);

    /** Rare enough not to burden SAP; a corrected system works again within this time. */
    static final Duration PROBE = Duration.ofMinutes(10);

    /**
     * The schedule of one integration.
     *
     * @param rule null while the schedule cannot be used
     * @param due when it runs next, jitter included; null when it does not
     * @param runningSince null when it does not run now
     * @param failuresInRow since the last success, edit or resume
     * @param failure why the last run failed; null after a success
     * @param failingSince when the first of these failures came; null after a success
     * @param held true while it waits for an administrator and is retried at long intervals only
     */
    record Entry(
            Integration integration,
            @Nullable NextRunRule rule,
            @Nullable Instant due,
            @Nullable Instant runningSince,
            int failuresInRow,
            @Nullable Failure failure,
            @Nullable Instant failingSince,
            boolean held) {
        Entry running(Instant since) {
            return new Entry(integration, rule, due, since, failuresInRow, failure, failingSince, held);
        }

        Entry due(@Nullable Instant next) {
            return new Entry(integration, rule, next, null, failuresInRow, failure, failingSince, held);
        }

        Entry succeeded(@Nullable Instant next) {
            return new Entry(integration, rule, next, null, 0, null, null, false);
        }

        Entry failed(Failure reason, Instant now, @Nullable Instant next, boolean holding) {
            var since = failingSince == null ? now : failingSince;
            return new Entry(integration, rule, next, null, failuresInRow + 1, reason, since, holding);
        }

        Entry of(Integration same) {
            return new Entry(same, rule, due, runningSince, failuresInRow, failure, failingSince, held);
        }

        boolean isRunning() {
            return runningSince != null;
        }
    }

    private final Function<String, @Nullable Instant> lastRun;
    private final RandomGenerator random;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean proven;

    /** @param lastRun when a run last ended, in any process */
    Timetable(Function<String, @Nullable Instant> lastRun, RandomGenerator random) {
        this.lastRun = lastRun;
        this.random = random;
    }

    /**
     * Takes over the current definitions: new, changed and removed ones, and those that an administrator resumed.
     *
     * @throws Failure when it is unknown when an integration last ran; that one is taken over by the next call
     */
    void define(List<Integration> integrations, Instant now) {
        var names = new HashSet<String>();
        boolean loggedOn = false;
        for (var integration : integrations) {
            names.add(integration.name());
            var known = entries.get(integration.name());
            if (known == null || actedOn(known, integration)) {
                loggedOn |= known != null && refusesUser(known.failure());
                entries.put(integration.name(), begun(integration, known, now));
            } else {
                entries.put(integration.name(), known.of(integration));
            }
        }
        entries.keySet().retainAll(names);
        if (loggedOn) {
            resumeRefused(now);
        }
    }

    /** Whether integrations are held because SAP refused the user. */
    boolean userRefused() {
        return entries.values().stream().anyMatch(entry -> refusesUser(entry.failure()) && !entry.isRunning());
    }

    /** Resumes the integrations that are held because SAP refused the user. */
    void resumeRefused(Instant now) {
        entries.replaceAll((name, entry) ->
                refusesUser(entry.failure()) && !entry.isRunning() ? begun(entry.integration(), entry, now) : entry);
    }

    private static boolean actedOn(Entry known, Integration now) {
        var before = known.integration();
        boolean edited = !before.with(now.status()).equals(now);
        boolean activated = (before.status() == Status.NOT_ACTIVE) != (now.status() == Status.NOT_ACTIVE);
        // Resumed by an administrator, or by a complete load.
        boolean resumed = known.failure() != null && before.status() != Status.ACTIVE && now.status() == Status.ACTIVE;
        return edited || activated || resumed;
    }

    private Entry begun(Integration integration, @Nullable Entry known, Instant now) {
        var runningSince = known == null ? null : known.runningSince();
        NextRunRule rule;
        try {
            rule = NextRunRule.of(integration.schedule());
        } catch (Failure unusable) {
            return new Entry(integration, null, null, runningSince, 0, unusable, now, true);
        }
        var due = wants(integration)
                ? rule.first(lastRun.apply(integration.name()), now)
                        .map(time -> later(time, integration.schedule().jitter()))
                        .orElse(null)
                : null;
        return new Entry(integration, rule, due, runningSince, 0, null, null, false);
    }

    private static boolean wants(Integration integration) {
        return integration.status() != Status.NOT_ACTIVE
                && !integration.schedule().paused();
    }

    /**
     * Takes what is due, the longest due first; each is running from now on until it has {@link #ended}.
     *
     * @param places how many more may run
     */
    List<String> take(Instant now, int places) {
        int free = proven ? places : running() > 0 ? 0 : Math.min(places, 1);
        var taken = new ArrayList<String>();
        for (var entry : waiting()) {
            var due = Objects.requireNonNull(entry.due());
            if (taken.size() == free || due.isAfter(now)) {
                break;
            }
            var name = entry.integration().name();
            var rule = Objects.requireNonNull(entry.rule());
            if (entry.failure() == null && rule.passedOver(due, now)) {
                entries.put(name, entry.due(following(entry, now, now)));
            } else {
                entries.put(name, entry.running(now));
                taken.add(name);
            }
        }
        return taken;
    }

    /** Takes the outcome of a run. */
    void ended(String name, RunResult outcome, Instant now) {
        var entry = entries.get(name);
        if (entry == null) {
            return; // It was removed meanwhile.
        }
        if (entry.rule() == null || !wants(entry.integration())) {
            entries.put(name, entry.due(null));
            return;
        }
        var began = entry.runningSince() == null ? now : entry.runningSince();
        switch (outcome) {
            case RunResult.Done ignored -> {
                proven = true;
                entries.put(name, entry.succeeded(following(entry, began, now)));
                resumeRefused(now);
            }
            case RunResult.Postponed postponed -> {
                var next = sooner(following(entry, began, now), lookAgain(postponed), entry);
                var soonest = now.plus(BACK_OFF_MIN);
                entries.put(name, entry.due(next != null && next.isBefore(soonest) ? soonest : next));
            }
            case RunResult.Failed failed -> failed(entry, failed.failure(), now);
        }
    }

    private static @Nullable Instant lookAgain(RunResult.Postponed postponed) {
        return postponed instanceof RunResult.NotStarted notStarted ? notStarted.lookAgain() : null;
    }

    /** The next time, or an earlier one to check whether the process that claimed the run has died. */
    private static @Nullable Instant sooner(@Nullable Instant next, @Nullable Instant lookAgain, Entry entry) {
        boolean makesUp = entry.integration().schedule().misfire() == Schedule.Misfire.ONCE;
        return lookAgain != null && makesUp && (next == null || lookAgain.isBefore(next)) ? lookAgain : next;
    }

    private void failed(Entry entry, Failure failure, Instant now) {
        var name = entry.integration().name();
        if (refusesUser(failure)) {
            proven = false;
            entries.replaceAll((other, waiting) ->
                    waiting.isRunning() || waiting.due() == null ? waiting : waiting.failed(failure, now, null, true));
            entries.put(name, entry.failed(failure, now, null, true));
        } else if (failure.code().retryable()) {
            var longest = failure.code() instanceof StoreProblem ? STORE_BACK_OFF_MAX : BACK_OFF_MAX;
            entries.put(name, entry.failed(failure, now, now.plus(backOff(entry.failuresInRow(), longest)), false));
        } else {
            entries.put(name, entry.failed(failure, now, now.plus(PROBE), true));
        }
    }

    private static boolean refusesUser(@Nullable Failure failure) {
        return failure != null && ODataProblem.refusesUser(failure);
    }

    /** Exponential backoff; half of it is random, so that what failed together is not retried together. */
    private Duration backOff(int failuresBefore, Duration longest) {
        var full = BACK_OFF_MIN.multipliedBy(1L << Math.min(failuresBefore, 20));
        var half = (full.compareTo(longest) < 0 ? full : longest).dividedBy(2);
        return half.plusNanos(random.nextLong(half.toNanos()));
    }

    private @Nullable Instant following(Entry entry, Instant began, Instant now) {
        return Objects.requireNonNull(entry.rule())
                .after(began, now, now)
                .map(next -> later(next, entry.integration().schedule().jitter()))
                .orElse(null);
    }

    private Instant later(Instant time, Duration jitter) {
        return jitter.isZero() ? time : time.plusNanos(random.nextLong(jitter.toNanos()));
    }

    private List<Entry> waiting() {
        return entries.values().stream()
                .filter(entry -> !entry.isRunning() && entry.due() != null)
                .sorted(Comparator.comparing(entry -> Objects.requireNonNull(entry.due())))
                .toList();
    }

    private long running() {
        return entries.values().stream().filter(Entry::isRunning).count();
    }

    /** How an integration's schedule is followed; null when it cannot be, or it is not known. */
    @Nullable
    NextRunRule rule(String name) {
        var entry = entries.get(name);
        return entry == null ? null : entry.rule();
    }

    /** When the next integration is due; empty when none is. */
    Optional<Instant> nextDue() {
        return waiting().stream().findFirst().map(Entry::due);
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }
}
