package io.imaint.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.simulator.faults.Fault.HalfAnswer;
import io.imaint.simulator.faults.Fault.Latency;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.Fault.SlowBytes;
import io.imaint.simulator.faults.Fault.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: one text form for every rule, readable by people. Method: examples, the printer as the parser's inverse, errors with their place. */
class FaultRuleTest {
    private static FaultRule only(String text) {
        return FaultRule.parse(text).getFirst();
    }

    @Test
    void readsARuleWithAllItsParts() {
        var rule = only("latency=lognormal(40ms, 400ms) on GET,HEAD WorkOrder* user=planner1 p=0.3 after=10 times=2"
                + " from=2026-03-01T22:00:00Z until=2026-03-02T04:00:00Z for=90m");

        assertThat(rule.fault())
                .isEqualTo(new Latency(new Delay.Lognormal(Duration.ofMillis(40), Duration.ofMillis(400))));
        assertThat(rule.requests()).isEqualTo(new RequestFilter(Set.of("GET", "HEAD"), "WorkOrder*", "PLANNER1"));
        assertThat(rule.when())
                .isEqualTo(new When(
                        0.3,
                        10,
                        2,
                        Optional.of(Instant.parse("2026-03-01T22:00:00Z")),
                        Optional.of(Instant.parse("2026-03-02T04:00:00Z")),
                        Optional.of(Duration.ofMinutes(90))));
    }

    @Test
    void readsEveryKindOfFault() {
        assertThat(only("latency=2s").fault()).isEqualTo(new Latency(new Delay.Fixed(Duration.ofSeconds(2))));
        assertThat(only("latency=fixed(2s)").fault())
                .isEqualTo(only("latency=2s").fault());
        assertThat(only("latency=uniform(0ms,1m)").fault())
                .isEqualTo(new Latency(new Delay.Uniform(Duration.ZERO, Duration.ofMinutes(1))));
        assertThat(only("status=500").fault()).isEqualTo(new Status(500, 1, Optional.empty()));
        assertThat(only("status=503(retry-after=2s,burst=5)").fault())
                .isEqualTo(new Status(503, 5, Optional.of(Duration.ofSeconds(2))));
        assertThat(only("half-answer").fault()).isEqualTo(new HalfAnswer(0.5));
        assertThat(only("half-answer=0").fault()).isEqualTo(new HalfAnswer(0));
        assertThat(only("slow-bytes=1000").fault()).isEqualTo(new SlowBytes(1000));
    }

    @ParameterizedTest
    @EnumSource(Plain.class)
    void readsEveryFaultWithoutNumbers(Plain plain) {
        assertThat(only(plain.text()).fault()).isEqualTo(plain);
    }

    @Test
    void everyFormThatPeopleAreShownCanBeRead() {
        assertThat(FaultRule.forms()).allSatisfy(form -> {
            assertThat(only(form.text()).text()).isEqualTo(form.text());
            assertThat(form.meaning()).isNotBlank();
        });
    }

    @Test
    void readsSeveralRulesFromOneLineAndFromAFile() {
        assertThat(FaultRule.parse("drop-before; drop-after on POST;")).hasSize(2);
        assertThat(FaultRule.parse("""
                # a bad night
                drop-before p=0.1

                maintenance for=2h   ; lock-conflict on MERGE
                """)).hasSize(3);
        assertThat(FaultRule.parse(" \n;; # nothing")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "explode | 0 | 'explode' is no fault; there are latency, status, half-answer",
                "cookie-loss=most | 0 | write cookie-loss=all or cookie-loss=some or cookie-loss=request",
                "drop-before; latency | 20 | latency needs a span of time",
                "latency=4x | 8 | '4x' is no span of time",
                "latency=11m | 8 | longer than 10m",
                "latency=normal(1s,2s) | 8 | 'normal' with 2 spans is no distribution",
                "latency=uniform(1s) | 8 | 'uniform' with 1 spans",
                "latency=uniform(2s,1s) | 8 | the shorter span first",
                "latency=uniform(1s,zz) | 19 | 'zz' is no span",
                "latency=uniform(1s,2s | 21 | ')' is missing",
                "status | 6 | status needs a number",
                "status=404 | 7 | status is 500 or 503, not 404",
                "status=5xx | 7 | '5xx' is no whole number",
                "status=503(burst=0) | 7 | burst is 1 to 10000, not 0",
                "status=503(burst=x) | 11 | 'x' is no whole number",
                "status=503(retry-after=1500ms) | 7 | retry-after is whole seconds",
                "status=503(often) | 11 | neither burst= nor retry-after=",
                "half-answer=1 | 0 | half-answer is 0 or more and below 1",
                "slow-bytes=0 | 0 | slow-bytes is 1 to",
                "slow-bytes | 10 | slow-bytes needs",
                "drop-before on | 14 | 'on' needs methods",
                "drop-before on p=1 | 15 | 'on' needs methods",
                "drop-before on FETCH?x | 15 | no pattern of a path",
                "drop-before on GET,GET | 15 | twice",
                "drop-before p=2 | 14 | p is above 0",
                "drop-before p=0 | 14 | p is above 0",
                "drop-before p=often | 14 | 'often' is no number",
                "drop-before p=0.1 p=0.2 | 18 | 'p=' stands here a second time",
                "drop-before after=-1 | 18 | '-1' is no whole number",
                "drop-before sometimes | 12 | 'sometimes' is no condition",
                "drop-before on GET on POST | 19 | 'on' is no condition",
                "drop-before from=noon | 17 | a time is written 2026",
                "drop-before for=0s | 16 | for is above zero",
                "drop-before user=a.b | 17 | 'A.B' is no user",
                "drop-before(1) | 11 | a blank is missing before '(1)'",
            })
    void saysWhatIsWrongAndWhere(String text, int position, String message) {
        var refused = catchThrowableOfType(FaultSyntax.class, () -> FaultRule.parse(text));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.position()).as(refused.getMessage()).isEqualTo(position);
        assertThat(refused).hasMessageContaining(message).hasMessageStartingWith("column " + (position + 1) + ": ");
    }

    @Test
    void namesTheLineOfAFile() {
        assertThatThrownBy(() -> FaultRule.parse("drop-before\n  explode\n"))
                .hasMessageStartingWith("line 2, column 3: 'explode' is no fault");
    }

    @Test
    void aWindowThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> only("maintenance from=2026-03-02T00:00:00Z until=2026-03-01T00:00:00Z"))
                .isInstanceOf(FaultSyntax.class)
                .hasMessageContaining("from is not before until");
    }

    @Test
    void tooManyRulesAndTooLongTextsAreRefused() {
        assertThatThrownBy(() -> FaultRule.parse("drop-before;".repeat(101)))
                .hasMessageContaining("more than 100 rules");
        assertThatThrownBy(() -> FaultRule.parse(" ".repeat(20_001))).hasMessageContaining("longer than");
    }

    @ParameterizedTest
    @CsvSource({"drop-before after=1", "drop-before times=1", "maintenance for=1h", "status=503(burst=2)"})
    void aRequestsOwnRuleCannotCountOtherRequests(String text) {
        assertThatThrownBy(() -> FaultRule.parseForOneRequest(text)).isInstanceOf(FaultSyntax.class);
        assertThat(FaultRule.parse(text)).hasSize(1);
    }

    @Property(tries = 2000)
    void thePrinterIsTheParsersInverse(@ForAll("rules") List<FaultRule> rules) {
        var text = rules.stream().map(FaultRule::text).collect(Collectors.joining("; "));
        assertThat(FaultRule.parse(text)).isEqualTo(rules);
    }

    @Property(tries = 2000)
    void hostileTextsAreRefusedWithTheirPlaceOrRead(@ForAll("nearlyRules") String text) {
        assertThatCode(() -> {
                    try {
                        FaultRule.parse(text);
                    } catch (FaultSyntax expected) {
                        assertThat(expected.position()).isBetween(0, text.length());
                    }
                })
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> nearlyRules() {
        return Arbitraries.of(
                        "latency",
                        "status",
                        "=",
                        "(",
                        ")",
                        ",",
                        " ",
                        ";",
                        "\n",
                        "#",
                        "on",
                        "GET",
                        "p=",
                        "0.3",
                        "503",
                        "burst=",
                        "9999999999999",
                        "user=",
                        "é",
                        "*",
                        "drop-before",
                        "for=",
                        "1h",
                        "from=",
                        "\u0000")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<FaultRule>> rules() {
        return Combinators.combine(faults(), filters(), whens())
                .as(FaultRule::new)
                .list()
                .ofMaxSize(4);
    }

    private static Arbitrary<Duration> spans(Duration max) {
        return Arbitraries.longs().between(1, max.toMillis()).map(Duration::ofMillis);
    }

    private static Arbitrary<Fault> faults() {
        var pairs = spans(Delay.MAX)
                .list()
                .ofSize(2)
                .map(pair -> pair.stream().sorted().toList());
        return Arbitraries.oneOf(
                Arbitraries.of(Plain.class),
                spans(Delay.MAX).map(span -> new Latency(new Delay.Fixed(span))),
                pairs.map(pair -> new Latency(new Delay.Uniform(pair.get(0), pair.get(1)))),
                pairs.map(pair -> new Latency(new Delay.Lognormal(pair.get(0), pair.get(1)))),
                Arbitraries.doubles().between(0, false, 1, false).ofScale(9).map(HalfAnswer::new),
                Arbitraries.integers().between(1, SlowBytes.PER_SECOND_MAX).map(SlowBytes::new),
                Combinators.combine(
                                Arbitraries.of(500, 503),
                                Arbitraries.integers().between(1, Status.BURST_MAX),
                                Arbitraries.longs()
                                        .between(0, 86_400)
                                        .map(Duration::ofSeconds)
                                        .optional())
                        .as(Status::new));
    }

    private static Arbitrary<RequestFilter> filters() {
        return Combinators.combine(
                        Arbitraries.of(RequestFilter.METHODS).set().ofMaxSize(3),
                        Arbitraries.strings()
                                .withChars("WorkOrderSet/*$%()'")
                                .ofMinLength(1)
                                .ofMaxLength(12),
                        Arbitraries.strings().withChars("AZ09_").ofMaxLength(12))
                .as(RequestFilter::new);
    }

    private static Arbitrary<When> whens() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, false, 1, true),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.longs()
                                .between(0, 1_800_000_000L)
                                .map(Instant::ofEpochMilli)
                                .optional(),
                        Arbitraries.longs()
                                .between(1_800_000_001L, 1L << 40)
                                .map(Instant::ofEpochMilli)
                                .optional(),
                        spans(When.SPAN_MAX).optional())
                .as(When::new);
    }
}
