package io.imaint.integration.schedule;

import static io.imaint.integration.schedule.World.START;
import static io.imaint.integration.schedule.World.cron;
import static io.imaint.integration.schedule.World.every;
import static io.imaint.integration.schedule.World.integration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class TimetableTest {
    private static final RunResult DONE = World.DONE;
    private static final RunResult DOWN = new RunResult.Failed("plants", ODataProblem.SAP_UNAVAILABLE.because("503"));
    private static final RunResult NO_SERVICE =
            new RunResult.Failed("plants", ODataProblem.SAP_SERVICE_NOT_ACTIVE.because("403"));
    private static final RunResult NOBODY =
            new RunResult.Failed("plants", ODataProblem.SAP_UNAUTHENTICATED.because("401"));

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + "Z");
    }

    @Test
    void pausesBetweenTheEndOfARunAndTheNext() {
        var world = World.of(DONE).define(integration("a", every("PT1S"))).pass("PT3.25S");
        assertThat(world.begins("a")).containsExactly(START, START.plusMillis(1_100), START.plusMillis(2_200));
    }

    @Test
    void followsCronInUtc() {
        var world = World.of(DONE)
                .define(integration("a", cron("*/15 6-7 * * 1-5", Schedule.Misfire.ONCE)))
                .pass("PT24H1M");
        assertThat(world.begins("a"))
                .containsExactly(
                        at("06:15:00"),
                        at("06:30:00"),
                        at("06:45:00"),
                        at("07:00:00"),
                        at("07:15:00"),
                        at("07:30:00"),
                        at("07:45:00"),
                        at("06:00:00").plus(Duration.ofDays(1)));
    }

    @Test
    void makesUpForMissedTimesByOneRunOrByNone() {
        var once = World.of(DONE).define(integration("a", cron("0 * * * *", Schedule.Misfire.ONCE)));
        assertThat(once.sleep("PT3H10M").pass("PT1H").begins("a")).containsExactly(at("09:10:00"), at("10:00:00"));
        var skip = World.of(DONE).define(integration("a", cron("0 * * * *", Schedule.Misfire.SKIP)));
        assertThat(skip.sleep("PT3H10M").pass("PT1H").begins("a")).containsExactly(at("10:00:00"));
    }

    @Test
    void looksAgainWhetherARunOfAnotherProcessWasBrokenOff() {
        for (var misfire : Schedule.Misfire.values()) {
            var world = new World(1, 10, new World.Work() {
                @Override
                public Duration duration(String name) {
                    return Duration.ofMillis(10);
                }

                @Override
                public RunResult outcome(String name, Instant began) {
                    return began.isBefore(at("07:05:00"))
                            ? new RunResult.NotStarted(name, "elsewhere", at("07:05:00"))
                            : DONE;
                }
            });
            world.define(integration("a", cron("0 * * * *", misfire))).pass("PT1H30M");
            assertThat(world.begins("a"))
                    .containsExactlyElementsOf(
                            misfire == Schedule.Misfire.ONCE
                                    ? List.of(at("07:00:00"), at("07:05:00"))
                                    : List.of(at("07:00:00")));
        }
    }

    @Test
    void aStoreThatDoesNotAnswerHoldsNobody() {
        var fails = new AtomicBoolean(true);
        var timetable = new Timetable(
                name -> {
                    if (fails.get()) {
                        throw StoreProblem.STORE_BUSY.because("a moment");
                    }
                    return null;
                },
                new Random(1));
        var all = List.of(integration("a", every("PT1S")));
        assertThatThrownBy(() -> timetable.define(all, START)).isInstanceOf(Failure.class);
        fails.set(false);
        timetable.define(all, START);
        assertThat(timetable.take(START, 1)).containsExactly("a");
    }

    @Test
    void appliesTheMisfireRuleToTheTimeWithoutAProcess() {
        for (var misfire : Schedule.Misfire.values()) {
            var world = World.of(DONE);
            world.lastRuns.put("cron", at("03:30:00"));
            world.lastRuns.put("interval", at("03:30:00"));
            world.define(
                    integration("cron", cron("0 * * * *", misfire)),
                    integration("interval", new Schedule(Duration.ofHours(1), null, Duration.ZERO, misfire, false)));
            world.pass("PT30M");
            int expected = misfire == Schedule.Misfire.ONCE ? 1 : 0;
            assertThat(world.runsOf("cron")).hasSize(expected);
            assertThat(world.runsOf("interval")).hasSize(expected);
        }
    }

    @Test
    void doesNotRunAgainAtOnceWhatAnotherProcessJustRan() {
        var world = World.of(DONE);
        world.lastRuns.put("a", START.minusSeconds(20));
        world.define(integration("a", every("PT1M"))).pass("PT1M");
        assertThat(world.begins("a")).containsExactly(START.plusSeconds(40));
    }

    @Test
    void doesNotStartWhatStillRuns() {
        var world = new World(1, 10, World.work(Duration.ofMinutes(150), DONE))
                .define(integration("a", cron("0 * * * *", Schedule.Misfire.ONCE)))
                .pass("PT9H");
        assertThat(world.begins("a")).containsExactly(at("07:00:00"), at("09:30:00"), at("12:00:00"));
    }

    @Test
    void backsOffFromWhatMayPassUpToACap() {
        var world = World.of(DOWN).define(integration("a", every("PT1S"))).pass("PT2H");
        var runs = world.runsOf("a");
        assertThat(runs).hasSizeBetween(25, 60);
        for (int i = 1; i < runs.size(); i++) {
            var wait = Duration.between(runs.get(i - 1).ended(), runs.get(i).began());
            assertThat(wait).isLessThanOrEqualTo(Timetable.BACK_OFF_MAX);
            assertThat(wait).isGreaterThanOrEqualTo(Duration.ofMillis(i < 8 ? 500L << (i - 1) : 60_000));
        }
        assertThat(world.entry("a").held()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 60, 600})
    void aStoreThatWasAwayDelaysDeltasBySeconds(int seconds) {
        var back = START.plusSeconds(seconds);
        var world = new World(1, 10, new World.Work() {
            @Override
            public Duration duration(String name) {
                return Duration.ofMillis(10);
            }

            @Override
            public RunResult outcome(String name, Instant began) {
                return began.isBefore(back)
                        ? new RunResult.Failed(name, StoreProblem.STORE_UNREACHABLE.because("no server answers"))
                        : DONE;
            }
        });
        world.define(integration("a", every("PT1S"))).pass("PT%dS".formatted(seconds / 2 + 1));
        if (seconds > 1) {
            assertThat(world.entry("a").held()).isFalse();
            assertThat(world.entry("a").failingSince()).isBetween(START, START.plusSeconds(1));
        }
        world.pass("PT11M");
        var first = world.begins("a").stream()
                .filter(began -> !began.isBefore(back))
                .findFirst()
                .orElseThrow();
        assertThat(Duration.between(back, first)).isLessThanOrEqualTo(Timetable.STORE_BACK_OFF_MAX);
        assertThat(Duration.between(back, first)).isLessThanOrEqualTo(Duration.ofSeconds(2L + seconds));
        assertThat(world.entry("a").failingSince()).isNull();
    }

    @Test
    void holdsWhatOnlyAPersonCanMendAndProbesSlowly() {
        var world = World.of(NO_SERVICE).define(integration("a", every("PT1S"))).pass("PT1H1M");
        assertThat(world.runsOf("a")).hasSize(7);
        assertThat(world.entry("a").held()).isTrue();
        assertThat(DeltaSchedule.ScheduledRun.of(world.entry("a")))
                .satisfies(run -> assertThat(run.state()).isEqualTo(DeltaSchedule.ScheduledRun.State.HELD))
                .satisfies(run -> assertThat(run.code()).isEqualTo("sap-service-not-active"))
                .satisfies(run -> assertThat(run.remedy()).contains("/IWFND/MAINT_SERVICE"));
    }

    @Test
    void triesAtOnceWhenSomebodyActed() {
        var a = integration("a", every("PT1S"));
        var world = World.of(NO_SERVICE).define(a).pass("PT1M");
        assertThat(world.runsOf("a")).hasSize(1);
        world.define(a.with(Status.FAILED)).pass("PT1S");
        assertThat(world.runsOf("a")).as("a failure that the run noted itself").hasSize(1);
        world.define(a.with(Status.ACTIVE)).pass("PT3S");
        assertThat(world.runsOf("a")).as("resumed").hasSize(2);
        world.define(a.with(every("PT2S"))).pass("PT3S");
        assertThat(world.runsOf("a")).as("edited").hasSize(3);
    }

    @Test
    void spendsFewWrongPasswordsForAllTogether() {
        var world = World.of(NOBODY);
        for (int i = 0; i < 37; i++) {
            world.define(integration("i" + i, every("PT1S")));
        }
        world.pass("PT24H");
        assertThat(world.runs).hasSize(1);
        assertThat(world.timetable.entries()).allMatch(Timetable.Entry::held);
        world.timetable.resumeRefused(world.now);
        world.pass("PT24H");
        assertThat(world.runs).as("one more when the way is open again").hasSize(2);
        assertThat(world.timetable.userRefused()).isTrue();
    }

    @Test
    void goesOnWithAllOnceOneIsLetIn() {
        var mended = START.plus(Duration.ofMinutes(30));
        var world = new World(1, 10, new World.Work() {
            @Override
            public Duration duration(String name) {
                return Duration.ofMillis(10);
            }

            @Override
            public RunResult outcome(String name, Instant began) {
                return began.isBefore(mended) ? NOBODY : DONE;
            }
        });
        var first = integration("a", every("PT1S"));
        world.define(first, integration("b", every("PT1S")), integration("c", every("PT1S")));
        world.pass("PT1H");
        assertThat(world.runs).hasSize(1);
        world.define(first.with(Status.FAILED)).define(first).pass("PT1M");
        for (var name : List.of("a", "b", "c")) {
            assertThat(world.runsOf(name)).as(name).hasSizeGreaterThan(50);
        }
    }

    @Test
    void runsOneByOneUntilTheFirstSuccess() {
        var world = World.of(DONE).define(integration("a", every("PT1M")), integration("b", every("PT1M")));
        assertThat(world.timetable.take(START, 10)).containsExactly("a");
        assertThat(world.timetable.take(START, 9)).isEmpty();
        world.timetable.ended("a", DONE, START);
        assertThat(world.timetable.take(START, 10)).containsExactly("b");
    }

    @Test
    void startsNothingThatIsPausedInactiveOrWithoutTimes() {
        var a = integration("a", every("PT1S").paused(true));
        var world = World.of(DONE)
                .define(
                        a,
                        integration("b", every("PT1S")).with(Status.NOT_ACTIVE),
                        integration("c", Schedule.NONE),
                        integration("d", cron("0 0 30 2 *", Schedule.Misfire.ONCE)))
                .pass("PT1H");
        assertThat(world.runs).isEmpty();
        world.define(a.with(every("PT1S"))).pass("PT1S");
        assertThat(world.runsOf("a")).hasSize(1);
        world.define(a).pass("PT1M");
        assertThat(world.runsOf("a")).hasSize(1);
    }

    @Test
    void holdsAScheduleThatCannotBeRead() {
        var world = World.of(DONE)
                .define(integration("a", cron("every morning", Schedule.Misfire.ONCE)), integration("b", every("PT1M")))
                .pass("PT1M");
        assertThat(world.runsOf("b")).hasSize(1);
        assertThat(DeltaSchedule.ScheduledRun.of(world.entry("a")).detail()).contains("every morning");
    }

    @Test
    void forgetsWhatWasRemovedEvenWhileItRuns() {
        var world = new World(1, 10, World.work(Duration.ofMinutes(1), DONE))
                .define(integration("a", every("PT1S")))
                .pass("PT30S")
                .remove("a")
                .pass("PT1H");
        assertThat(world.runsOf("a")).hasSize(1);
        assertThat(world.timetable.entries()).isEmpty();
    }

    @Property(tries = 200)
    void neverOverlapsNeverHurriesAndNeverStarves(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int places) {
        var random = new Random(seed);
        var world = new World(seed, places, randomWork(random));
        var schedules = new Schedule[4];
        for (int i = 0; i < schedules.length; i++) {
            schedules[i] = new Schedule(
                    Duration.ofMillis(100 + random.nextInt(5_000)),
                    null,
                    Duration.ofMillis(random.nextInt(1_000)),
                    Schedule.Misfire.ONCE,
                    false);
            world.define(integration("i" + i, schedules[i]));
        }
        world.pass("PT10M");
        for (int i = 0; i < schedules.length; i++) {
            var runs = world.runsOf("i" + i);
            assertThat(runs).as("it runs").hasSizeGreaterThan(10);
            for (int j = 1; j < runs.size(); j++) {
                var wait = Duration.between(runs.get(j - 1).ended(), runs.get(j).began());
                var soonest = runs.get(j - 1).outcome() instanceof RunResult.Done
                        ? schedules[i].every()
                        : Duration.ofMillis(500);
                assertThat(wait).isGreaterThanOrEqualTo(soonest);
            }
        }
        assertThat(mostAtOnce(world.runs)).isLessThanOrEqualTo(places);
    }

    /** Runs of up to half a second, a quarter of which fail with what may pass or cannot be done now. */
    private static World.Work randomWork(Random random) {
        return new World.Work() {
            @Override
            public Duration duration(String name) {
                return Duration.ofMillis(1 + random.nextInt(500));
            }

            @Override
            public RunResult outcome(String name, Instant began) {
                return switch (random.nextInt(8)) {
                    case 0 -> DOWN;
                    case 1 -> new RunResult.NotStarted(name, "running elsewhere");
                    default -> DONE;
                };
            }
        };
    }

    private static long mostAtOnce(List<World.Run> runs) {
        return runs.stream()
                .mapToLong(run -> runs.stream()
                        .filter(other -> !other.began().isAfter(run.began())
                                && other.ended().isAfter(run.began()))
                        .count())
                .max()
                .orElse(0);
    }

    @Property(tries = 100)
    void letsAFailingIntegrationStopNoOther(@ForAll long seed) {
        var outcome = new Random(seed).nextBoolean() ? DOWN : NO_SERVICE;
        var world = new World(seed, 2, new World.Work() {
            @Override
            public Duration duration(String name) {
                return Duration.ofMillis(10);
            }

            @Override
            public RunResult outcome(String name, Instant began) {
                return name.equals("bad") ? outcome : DONE;
            }
        });
        world.define(integration("bad", every("PT0.1S")), integration("good", every("PT1S")))
                .pass("PT1M");
        assertThat(world.runsOf("good")).hasSizeGreaterThanOrEqualTo(58);
    }
}
