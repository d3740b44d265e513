package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A timetable in a time of its own, with runs that take and yield what a test says. */
@NullMarked
final class World {
    static final Instant START = Instant.parse("2026-03-02T06:00:00Z"); // A Monday.

    private static final Integration PLANTS = Integrations.product().getFirst();

    /** A run that came to its end. */
    static final RunResult DONE = new RunResult.Loaded("plants", Counters.NONE, Duration.ZERO, List.of());

    /** One run as it happened. */
    record Run(String name, Instant began, Instant ended, RunResult outcome) {}

    /** What a run takes and yields. */
    interface Work {
        /** How long the run takes that begins now. */
        Duration duration(String name);

        RunResult outcome(String name, Instant began);
    }

    private record Open(String name, Instant began, Instant ends) {}

    final Map<String, Instant> lastRuns = new HashMap<>();
    final List<Run> runs = new ArrayList<>();
    final Timetable timetable;
    Instant now = START;
    private final List<Integration> integrations = new ArrayList<>();
    private final List<Open> open = new ArrayList<>();
    private final Work work;
    private final int places;

    World(long seed, int places, Work work) {
        this.timetable = new Timetable(lastRuns::get, new Random(seed));
        this.places = places;
        this.work = work;
    }

    static World of(RunResult always) {
        return new World(1, 10, work(Duration.ofMillis(100), always));
    }

    static Work work(Duration takes, RunResult always) {
        return new Work() {
            @Override
            public Duration duration(String name) {
                return takes;
            }

            @Override
            public RunResult outcome(String name, Instant began) {
                return always;
            }
        };
    }

    static Integration integration(String name, Schedule schedule) {
        return new Integration(name, null, PLANTS.mapping(), PLANTS.reading(), schedule, List.of(), Status.ACTIVE);
    }

    static Schedule every(String duration) {
        return Schedule.every(Duration.parse(duration));
    }

    static Schedule cron(String expression, Schedule.Misfire misfire) {
        return new Schedule(null, expression, Duration.ZERO, misfire, false);
    }

    /** Adds or changes definitions and lets the timetable see them. */
    World define(Integration... changed) {
        for (var integration : changed) {
            integrations.removeIf(known -> known.name().equals(integration.name()));
            integrations.add(integration);
        }
        timetable.define(integrations, now);
        return this;
    }

    World remove(String name) {
        integrations.removeIf(known -> known.name().equals(name));
        timetable.define(integrations, now);
        return this;
    }

    /** Lets the time go on; runs that are open at its end stay open. */
    World pass(String duration) {
        var end = now.plus(Duration.parse(duration));
        while (true) {
            for (var name : timetable.take(now, places - open.size())) {
                open.add(new Open(name, now, now.plus(work.duration(name))));
            }
            var next = next();
            if (next == null || next.isAfter(end)) {
                break;
            }
            now = next.isAfter(now) ? next : now;
            closeEnded();
        }
        now = end;
        return this;
    }

    /** The machine sleeps: time goes on and nobody looks. */
    World sleep(String duration) {
        now = now.plus(Duration.parse(duration));
        return this;
    }

    private @Nullable Instant next() {
        var ends = open.stream().map(Open::ends).min(Instant::compareTo).orElse(null);
        boolean room = open.size() < places;
        var due = room ? timetable.nextDue().filter(time -> time.isAfter(now)).orElse(null) : null;
        return ends == null ? due : due == null || ends.isBefore(due) ? ends : due;
    }

    private void closeEnded() {
        for (var run : List.copyOf(open)) {
            if (!run.ends().isAfter(now)) {
                open.remove(run);
                var outcome = work.outcome(run.name(), run.began());
                runs.add(new Run(run.name(), run.began(), run.ends(), outcome));
                lastRuns.put(run.name(), now);
                timetable.ended(run.name(), outcome, now);
            }
        }
    }

    List<Run> runsOf(String name) {
        return runs.stream().filter(run -> run.name().equals(name)).toList();
    }

    List<Instant> begins(String name) {
        return runsOf(name).stream().map(Run::began).toList();
    }

    Timetable.Entry entry(String name) {
        return timetable.entries().stream()
                .filter(entry -> entry.integration().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
