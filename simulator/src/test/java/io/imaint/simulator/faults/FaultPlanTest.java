package io.imaint.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.faults.Effects.ErrorPage;
import io.imaint.simulator.faults.Fault.Plain;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: faults happen exactly as ordered, and again in the next run. Method: plans with a seed and a clock set by hand. */
class FaultPlanTest {
    private static final String ROOT = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV/";
    private static final RequestFacts READ = new RequestFacts("GET", ROOT + "WorkOrderSet('000004000001')", "IMAINT");

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource clock = () -> now;

    private FaultPlan plan(String rules) {
        var plan = new FaultPlan(42, clock);
        FaultRule.parse(rules).forEach(plan::add);
        return plan;
    }

    private static String hits(FaultPlan plan, int requests) {
        var hits = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            hits.append(plan.decide(READ).none() ? '.' : 'x');
        }
        return hits.toString();
    }

    @ParameterizedTest
    @EnumSource(Plain.class)
    void aFaultWithoutNumbersHappens(Plain plain) {
        var effects = plan(plain.text()).decide(READ);
        assertThat(effects.plain()).containsExactly(plain);
        assertThat(effects.has(plain)).isTrue();
        assertThat(effects.applied()).containsExactly(plain.text());
    }

    @Test
    void faultsWithNumbersSayThem() {
        assertThat(plan("latency=40ms").decide(READ).delay()).isEqualTo(Duration.ofMillis(40));
        assertThat(plan("half-answer=0.25").decide(READ).cutAt()).isEqualTo(0.25);
        assertThat(plan("slow-bytes=9").decide(READ).bytesPerSecond()).isEqualTo(9);
        assertThat(plan("status=503(retry-after=2s)").decide(READ).status())
                .contains(new ErrorPage(503, Optional.of(Duration.ofSeconds(2))));
    }

    @Test
    void withoutRulesNothingGoesWrong() {
        assertThat(plan("").decide(READ)).isSameAs(Effects.NONE);
        assertThat(Effects.NONE.none()).isTrue();
        assertThat(Effects.NONE.cutAt()).isEqualTo(1);
    }

    @Test
    void severalFaultsOfOneRequestAddUp() {
        var effects = plan("latency=40ms; latency=2s; half-answer=0.5; half-answer=0.2; slow-bytes=9; slow-bytes=7;"
                        + " status=500; status=503; drop-after; xml-errors")
                .decide(READ);
        assertThat(effects.delay()).isEqualTo(Duration.ofMillis(2040));
        assertThat(effects.cutAt()).isEqualTo(0.2);
        assertThat(effects.bytesPerSecond()).isEqualTo(7);
        assertThat(effects.status()).map(ErrorPage::status).contains(500);
        assertThat(effects.plain()).containsExactlyInAnyOrder(Plain.DROP_AFTER, Plain.XML_ERRORS);
        assertThat(effects.applied()).hasSize(10);
    }

    @Test
    void delaysNeverAddUpToMoreThanTheLongest() {
        assertThat(plan("latency=9m; latency=9m").decide(READ).delay()).isEqualTo(Delay.MAX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "on GET | true",
                "on POST | false",
                "on POST,GET | true",
                "on WorkOrderSet | true",
                "on Work*Set | true",
                "on Work*Sit | false",
                "on WorkOrder | false",
                "on /sap/* | true",
                "on /sap/*/WorkOrderSet* | true",
                "on /sap/WorkOrderSet | false",
                "on $metadata | false",
                "on *****r*****S***** | true",
                "user=imaint | true",
                "user=OTHER | false",
                "on GET WorkOrderSet user=IMAINT | true",
                "on HEAD WorkOrderSet user=IMAINT | false",
            })
    void aRuleIsAboutTheRequestsThatItsFilterNames(String filter, boolean matches) {
        assertThat(plan("drop-before " + filter).decide(READ).none()).isEqualTo(!matches);
    }

    @Test
    void someRequestsPassFirstAndThenTheFaultHappensSoOften() {
        assertThat(hits(plan("drop-before after=3 times=2"), 8)).isEqualTo("...xx...");
        assertThat(hits(plan("drop-before times=1"), 4)).isEqualTo("x...");
    }

    @Test
    void aBurstHitsRequestsInARow() {
        assertThat(hits(plan("status=503(burst=3) after=1 times=2"), 10)).isEqualTo(".xxxxxx...");
    }

    @Test
    void requestsThatARuleIsNotAboutAreNotCounted() {
        var plan = plan("drop-before on POST after=1");
        hits(plan, 5);
        assertThat(plan.decide(new RequestFacts("POST", ROOT, "")).none()).isTrue();
        assertThat(plan.decide(new RequestFacts("POST", ROOT, "")).none()).isFalse();
        assertThat(plan.rules().getFirst().seen()).isEqualTo(2);
        assertThat(plan.rules().getFirst().hit()).isEqualTo(1);
    }

    @Test
    void aWindowOpensAndCloses() {
        var plan = plan("maintenance from=2026-03-01T13:00:00Z until=2026-03-01T14:00:00Z");
        assertThat(plan.decide(READ).none()).isTrue();
        now = Instant.parse("2026-03-01T13:00:00Z");
        assertThat(plan.decide(READ).has(Plain.MAINTENANCE)).isTrue();
        now = Instant.parse("2026-03-01T14:00:00Z");
        assertThat(plan.decide(READ).none()).isTrue();
    }

    @Test
    void aSpanBeginsWhenTheRuleIsAdded() {
        var plan = plan("maintenance for=2h");
        now = now.plus(Duration.ofMinutes(119));
        assertThat(plan.decide(READ).none()).isFalse();
        now = now.plus(Duration.ofMinutes(1));
        assertThat(plan.decide(READ).none()).isTrue();
    }

    @Test
    void chanceIsAsOftenAsItSaysAndTheSameInEveryRun() {
        var first = hits(plan("drop-before p=0.3"), 10_000);
        assertThat(first.chars().filter(c -> c == 'x').count()).isBetween(2800L, 3200L);
        assertThat(hits(plan("drop-before p=0.3"), 10_000)).isEqualTo(first);
        var seeded = plan("drop-before p=0.3");
        seeded.seed(43);
        assertThat(hits(seeded, 10_000)).isNotEqualTo(first);
        seeded.seed(42);
        assertThat(hits(seeded, 10_000)).isEqualTo(first);
    }

    @Test
    void otherRulesDoNotChangeWhatARuleDoes() {
        var alone = IntStream.range(0, 100).mapToObj(i -> "").toList();
        var plan = plan("latency=uniform(1ms,9s) p=0.5; half-answer=0.1 p=0.4");
        var other = plan("lock-conflict p=0.5; half-answer=0.1 p=0.4; drop-before p=0.9");
        for (var unused : alone) {
            assertThat(other.decide(READ).cutAt())
                    .as(unused)
                    .isEqualTo(plan.decide(READ).cutAt());
        }
    }

    @Test
    void requestsAtTheSameTimeGetTheSameSequenceTogether() throws Exception {
        var rules = "latency=lognormal(40ms,400ms) p=0.3; status=503(burst=3) p=0.1 times=50";
        var alone = plan(rules);
        var expected =
                IntStream.range(0, 4000).mapToObj(i -> alone.decide(READ)).toList();

        var shared = plan(rules);
        var seen = new ArrayList<Effects>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<List<Effects>> some = () ->
                    IntStream.range(0, 500).mapToObj(i -> shared.decide(READ)).toList();
            for (var part :
                    threads.invokeAll(IntStream.range(0, 8).mapToObj(i -> some).toList())) {
                seen.addAll(part.get());
            }
        }

        // Which request is the n-th may differ between two rules, so each rule's own sequence is compared.
        assertThat(seen.stream().map(Effects::delay).sorted().toList())
                .isEqualTo(expected.stream().map(Effects::delay).sorted().toList());
        assertThat(seen.stream().filter(effects -> effects.status().isPresent()).count())
                .isEqualTo(expected.stream()
                        .filter(effects -> effects.status().isPresent())
                        .count())
                .isEqualTo(150);
        assertThat(shared.rules()).isEqualTo(alone.rules());
    }

    @Test
    void lognormalDelaysHaveTheirMedianAndTail() {
        var plan = plan("latency=lognormal(40ms,400ms)");
        var delays = IntStream.range(0, 20_000)
                .mapToObj(i -> plan.decide(READ).delay())
                .sorted()
                .toList();
        assertThat(delays.get(10_000).toMillis()).isBetween(38L, 42L);
        assertThat(delays.get(19_800).toMillis()).isBetween(350L, 450L);
        assertThat(delays.getLast()).isLessThanOrEqualTo(Delay.MAX);
    }

    @Test
    void uniformDelaysStayBetweenTheirEnds() {
        var plan = plan("latency=uniform(10ms,20ms)");
        assertThat(IntStream.range(0, 2000)
                        .mapToObj(i -> plan.decide(READ).delay().toMillis()))
                .allMatch(ms -> ms >= 10 && ms <= 20)
                .contains(10L, 15L, 19L);
    }

    @Test
    void aRequestsOwnRulesHoldForItAlone() {
        var plan = plan("drop-after on POST");
        var own = FaultRule.parseForOneRequest("lock-conflict; drop-before on POST");
        assertThat(plan.decide(READ, own).plain()).containsExactly(Plain.LOCK_CONFLICT);
        assertThat(plan.decide(READ).none()).isTrue();
        assertThat(plan.rules()).hasSize(1);
    }

    @Test
    void rulesAreRemovedByTheirNumber() {
        var plan = plan("drop-before; drop-after");
        int id = plan.rules().getFirst().id();
        assertThat(plan.remove(id)).isTrue();
        assertThat(plan.remove(id)).isFalse();
        assertThat(plan.decide(READ).plain()).containsExactly(Plain.DROP_AFTER);
        assertThat(plan.add(FaultRule.parse("xml-errors").getFirst())).isNotEqualTo(id);
        plan.clear();
        assertThat(plan.decide(READ).none()).isTrue();
    }

    @Test
    void thereIsAnEndToTheRulesInForce() {
        var plan = plan("drop-before;".repeat(100));
        var one = FaultRule.parse("drop-after").getFirst();
        assertThatThrownBy(() -> plan.add(one)).isInstanceOf(IllegalStateException.class);
    }
}
