package io.imaint.integration.schedule;

import static io.imaint.integration.schedule.World.every;
import static io.imaint.integration.schedule.World.integration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class DeltaScheduleIT {
    /** Counts runs; those whose name says so fail. */
    private static final class Counted implements DeltaRuns {
        private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
        private volatile @Nullable Instant lastRun;
        private volatile boolean away = true;

        @Override
        public RunResult run(String integration) {
            runs.computeIfAbsent(integration, name -> new AtomicInteger()).incrementAndGet();
            return switch (integration) {
                case "refused" -> new RunResult.Failed(integration, ODataProblem.SAP_SERVICE_NOT_ACTIVE.because("403"));
                case "away", "away-too" ->
                    away
                            ? new RunResult.Failed(integration, StoreProblem.STORE_UNREACHABLE.because("no server"))
                            : World.DONE;
                case "defect" -> throw new IllegalStateException("a defect");
                default -> World.DONE;
            };
        }

        @Override
        public @Nullable Instant lastRun(String integration) {
            return lastRun;
        }

        int of(String name) {
            return runs.getOrDefault(name, new AtomicInteger()).get();
        }
    }

    @TempDir
    private Path directory = Path.of("");

    private final Counted runs = new Counted();
    private Store store = none();
    private Documents<Integration> integrations = none();

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Set before each test.
    private static <T> T none() {
        return null;
    }

    @BeforeEach
    void open() {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        integrations = store.documents(Integrations.TYPE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DeltaSchedule start() {
        return start(Duration.ZERO);
    }

    /** A process whose clock is wrong by so much. */
    private DeltaSchedule start(Duration skew) {
        return DeltaSchedule.start(
                integrations,
                runs,
                () -> Instant.now().plus(skew),
                new Random(1),
                new DeltaSchedule.Terms(2, meters -> {}, new ScheduleClaims(store, Holder.here())));
    }

    private static DeltaSchedule.ScheduledRun.@Nullable State state(DeltaSchedule schedule, String name) {
        return schedule.runs().stream()
                .filter(run -> run.integration().equals(name))
                .map(DeltaSchedule.ScheduledRun::state)
                .findFirst()
                .orElse(null);
    }

    @Test
    void followsTheDefinitionsOfTheStore() {
        integrations.upsertAll(List.of(integration("a", every("PT0.1S"))));
        try (var schedule = start()) {
            await().until(() -> runs.of("a") > 5);
            integrations.upsertAll(List.of(integration("b", every("PT0.1S"))));
            await().until(() -> runs.of("b") > 5);
            integrations.upsertAll(List.of(integration("a", every("PT0.1S").paused(true))));
            await().until(() -> state(schedule, "a") == DeltaSchedule.ScheduledRun.State.PAUSED);
            int before = runs.of("b");
            int paused = runs.of("a");
            await().until(() -> runs.of("b") > before + 5);
            assertThat(runs.of("a")).isEqualTo(paused);
        }
    }

    /** Two schedules of their own would need half the time for as many runs; a loaded machine only takes longer. */
    @ParameterizedTest
    @ValueSource(longs = {0, 2_000, -2_000})
    void processesThatShareAStoreKeepOneSchedule(long skewMs) {
        integrations.upsertAll(List.of(integration("a", every("PT0.2S"))));
        try (var one = start();
                var other = start(Duration.ofMillis(skewMs))) {
            await().until(() -> runs.of("a") > 0);
            int before = runs.of("a");
            var began = Instant.now();
            await().until(() -> runs.of("a") >= before + 15);
            long intervals = Duration.between(began, Instant.now()).toMillis() / 200;
            assertThat(runs.of("a") - before).isLessThanOrEqualTo((int) intervals + 3);
            assertThat(state(one, "a")).isNotEqualTo(DeltaSchedule.ScheduledRun.State.HELD);
            assertThat(state(other, "a")).isNotEqualTo(DeltaSchedule.ScheduledRun.State.HELD);
        }
    }

    @Test
    void aProcessThatStartsAnewWaitsForTheTimeThatIsLeft() {
        integrations.upsertAll(List.of(integration("a", every("PT1H"))));
        try (var before = start()) {
            await().until(() -> runs.of("a") == 1);
            await().until(() -> state(before, "a") == DeltaSchedule.ScheduledRun.State.WAITING);
        }
        try (var after = start()) {
            await().until(() -> state(after, "a") == DeltaSchedule.ScheduledRun.State.WAITING);
            awaitAnotherLook(after);
            assertThat(runs.of("a")).isEqualTo(1);
        }
    }

    /** Waits until the schedule has read the definitions anew, and so has taken what was due before. */
    private void awaitAnotherLook(DeltaSchedule schedule) {
        integrations.upsertAll(List.of(integration("edit", every("PT1H").paused(true))));
        await().until(() -> state(schedule, "edit") == DeltaSchedule.ScheduledRun.State.PAUSED);
    }

    @Test
    void aNoteOfAClockThatIsHoursAheadHoldsNobody() {
        integrations.upsertAll(List.of(integration("a", every("PT1S"))));
        store.documents(ScheduleClaims.TYPE)
                .insert(new ScheduleClaims.Claim("a", Instant.now().plus(Duration.ofHours(5)), null));
        try (var schedule = start()) {
            await().until(() -> runs.of("a") > 1);
            assertThat(schedule.readiness().ready()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTimeOfACronExpressionThatAKilledProcessWasAtIsMadeUpFor(boolean killed) {
        var lately = Instant.now().minus(Duration.ofMinutes(2));
        runs.lastRun = lately.minus(Duration.ofDays(1));
        integrations.upsertAll(List.of(integration("a", daily(lately))));
        var gone = Holder.here()
                .text()
                .replace("/%d/".formatted(ProcessHandle.current().pid()), "/999999999/");
        store.documents(ScheduleClaims.TYPE).insert(new ScheduleClaims.Claim("a", lately, killed ? gone : null));
        try (var schedule = start()) {
            if (killed) {
                await().until(() -> runs.of("a") == 1);
            }
            await().until(() -> state(schedule, "a") == DeltaSchedule.ScheduledRun.State.WAITING);
            awaitAnotherLook(schedule);
            assertThat(runs.of("a")).isEqualTo(killed ? 1 : 0);
        }
        assertThat(store.documents(ScheduleClaims.TYPE)
                        .find("a")
                        .orElseThrow()
                        .value()
                        .holder())
                .isNull();
    }

    /** Once a day, at the minute of a time. */
    private static Schedule daily(Instant time) {
        var at = time.atZone(ZoneOffset.UTC);
        return World.cron("%d %d * * *".formatted(at.getMinute(), at.getHour()), Schedule.Misfire.ONCE);
    }

    @Test
    void healthNamesWhatIsRetriedAndHeldAndSinceWhen() {
        integrations.upsertAll(List.of(
                integration("away", every("PT0.1S")),
                integration("away-too", every("PT0.1S")),
                integration("refused", every("PT0.1S"))));
        var began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try (var schedule = start()) {
            await().until(() -> state(schedule, "refused") == DeltaSchedule.ScheduledRun.State.HELD);
            await().untilAsserted(() -> assertThat(schedule.readiness().detail())
                    .matches(".*backing-off since \\S+Z by store-unreachable: away.*"
                            + "held since \\S+Z by sap-service-not-active: refused"));
            var since = Instant.parse(schedule.readiness().detail().replaceAll(".*held since (\\S+) .*", "$1"));
            assertThat(since).isBetween(began, Instant.now());
            assertThat(schedule.readiness().ready()).isTrue();
            runs.away = false;
            await().until(() -> state(schedule, "away-too") == DeltaSchedule.ScheduledRun.State.WAITING);
            await().untilAsserted(() -> assertThat(schedule.readiness().detail())
                    .startsWith("held since")
                    .doesNotContain("away"));
        }
    }

    @Test
    void goesOnWithTheOthersWhenOneIsRefusedOrMeetsADefect() {
        integrations.upsertAll(List.of(
                integration("good", every("PT0.1S")),
                integration("refused", every("PT0.1S")),
                integration("defect", every("PT0.1S"))));
        try (var schedule = start()) {
            await().until(() -> runs.of("good") > 10);
            await().until(() -> state(schedule, "refused") == DeltaSchedule.ScheduledRun.State.HELD);
            await().until(() -> state(schedule, "defect") == DeltaSchedule.ScheduledRun.State.HELD);
            assertThat(runs.of("refused")).isEqualTo(1);
            assertThat(runs.of("defect")).isEqualTo(1);
            assertThat(schedule.readiness().detail()).contains("refused").contains("defect");
        }
    }
}
