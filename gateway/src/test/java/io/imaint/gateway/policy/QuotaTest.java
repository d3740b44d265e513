package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyRig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {
    private final PolicyRig rig = new PolicyRig();

    private Policy quota(String attributes, String elements) {
        return rig.compile(Quota.TYPE, "<Quota %s>%s</Quota>".formatted(attributes, elements));
    }

    private static String two(String unit) {
        return "<Allow count='2'/><Interval>1</Interval><TimeUnit>%s</TimeUnit>".formatted(unit);
    }

    /** Whether a call passes. */
    private boolean passes(Policy policy) throws Exception {
        return passes(policy, Map.of());
    }

    private boolean passes(Policy policy, Map<String, Object> variables) throws Exception {
        var context = context(variables);
        try {
            policy.execute(context);
            return true;
        } catch (Fault refused) {
            assertThat(refused.code()).isEqualTo("policies.ratelimit.QuotaViolation");
            return false;
        }
    }

    private FlowContext context(Map<String, Object> variables) throws Exception {
        var context = rig.context();
        variables.forEach(context::set);
        return context;
    }

    private void after(Duration time) {
        rig.now = rig.now.plus(time);
    }

    @Test
    @Covers({"Quota/Allow@count", "Quota/Interval", "Quota/TimeUnit", "Quota!policies.ratelimit.QuotaViolation"})
    void refusesTheCallBeyondTheQuotaWithSapsText() throws Exception {
        var policy = quota("", two("minute"));
        assertThat(passes(policy)).isTrue();
        assertThat(passes(policy)).isTrue();
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(rig.context()));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("policies.ratelimit.QuotaViolation");
        assertThat(fault.text()).isEqualTo("Rate limit quota violation. Quota limit  exceeded. Identifier : _default");
    }

    @Test
    @Covers("Quota@type")
    void beginsAnewWithTheNextFullUnit() throws Exception {
        rig.now = Instant.parse("2026-11-30T10:59:58Z");
        var policy = quota("", two("hour"));
        passes(policy);
        passes(policy);
        assertThat(passes(policy)).isFalse();
        after(Duration.ofSeconds(2));
        assertThat(passes(policy)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "second, 2026-11-30T10:00:01Z",
        "minute, 2026-11-30T10:01:00Z",
        "hour, 2026-11-30T11:00:00Z",
        "day, 2026-12-01T00:00:00Z",
        "week, 2026-12-07T00:00:00Z",
        "month, 2026-12-01T00:00:00Z"
    })
    @Covers({"Quota/TimeUnit", "Quota@type"})
    void endsAnIntervalWithItsUnit(String unit, String end) throws Exception {
        var context = rig.context();
        quota("", two(unit)).execute(context);
        assertThat(context.get("ratelimit.P.expiry.time"))
                .isEqualTo(Instant.parse(end).toEpochMilli());
    }

    @Test
    @Covers({"Quota@type", "Quota/StartTime"})
    void countsCalendarMonthsOfTwentyEightDaysFromTheStart() throws Exception {
        var context = rig.context();
        quota("type='calendar'", two("month") + "<StartTime>2015-2-11 12:00:00</StartTime>")
                .execute(context);
        var end = Instant.ofEpochMilli((Long) java.util.Objects.requireNonNull(context.get("ratelimit.P.expiry.time")));
        var sinceStart = Duration.between(Instant.parse("2015-02-11T12:00:00Z"), end);
        assertThat(sinceStart.toDays() % 28).isZero();
        assertThat(end).isBetween(rig.now, rig.now.plus(Duration.ofDays(28)));
    }

    @Test
    @Covers("Quota@type")
    void countsTheLastMinuteInARollingWindow() throws Exception {
        rig.now = Instant.parse("2026-11-30T10:00:50Z");
        var policy = quota("type='rollingwindow'", two("minute"));
        passes(policy);
        passes(policy);
        after(Duration.ofSeconds(15)); // In the next minute, but both calls lie within the last sixty seconds.
        assertThat(passes(policy)).isFalse();
        after(Duration.ofSeconds(50));
        assertThat(passes(policy)).isTrue();
    }

    @Test
    @Covers("Quota@type")
    void beginsAFlexibleIntervalWithItsFirstCall() throws Exception {
        rig.now = Instant.parse("2026-11-30T10:00:50Z");
        var policy = quota("type='flexi'", two("minute"));
        passes(policy);
        passes(policy);
        after(Duration.ofSeconds(59));
        assertThat(passes(policy)).isFalse();
        after(Duration.ofSeconds(1));
        var context = rig.context();
        policy.execute(context);
        assertThat(context.get("ratelimit.P.expiry.time"))
                .isEqualTo(rig.now.plusSeconds(60).toEpochMilli());
    }

    @Test
    @Covers("Quota/Allow@countRef")
    void takesTheCountFromAVariable() throws Exception {
        var policy = quota("", "<Allow count='9' countRef='limit'/><Interval>1</Interval><TimeUnit>day</TimeUnit>");
        assertThat(passes(policy, Map.of("limit", "1"))).isTrue();
        assertThat(passes(policy, Map.of("limit", "1"))).isFalse();
        assertThat(passes(policy)).as("falls back to the number").isTrue();
    }

    @Test
    @Covers("Quota/Allow")
    void allowsTwoThousandCallsWithoutACount() throws Exception {
        var context = rig.context();
        quota("", "<Interval>1</Interval><TimeUnit>day</TimeUnit>").execute(context);
        assertThat(context.get("ratelimit.P.allowed.count")).isEqualTo(2000L);
    }

    @Test
    @Covers({"Quota/Interval@ref", "Quota/TimeUnit@ref"})
    void takesTheIntervalFromVariables() throws Exception {
        var context = context(Map.of("n", "2", "u", "hour"));
        quota("", "<Allow count='1'/><Interval ref='n'>1</Interval><TimeUnit ref='u'>day</TimeUnit>")
                .execute(context);
        assertThat(context.get("ratelimit.P.expiry.time"))
                .isEqualTo(Instant.parse("2026-11-30T12:00:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "<Interval ref='n'/><TimeUnit>day</TimeUnit>, FailedToResolveQuotaIntervalReference",
        "<Interval>1</Interval><TimeUnit ref='n'/>, FailedToResolveQuotaIntervalTimeUnitReference",
        "<Interval>1</Interval><TimeUnit>day</TimeUnit><MessageWeight ref='weight'/>, InvalidMessageWeight"
    })
    @Covers({
        "Quota!policies.ratelimit.FailedToResolveQuotaIntervalReference",
        "Quota!policies.ratelimit.FailedToResolveQuotaIntervalTimeUnitReference",
        "Quota!policies.ratelimit.InvalidMessageWeight"
    })
    void failsForVariablesThatAreNoNumbers(String elements, String code) throws Exception {
        var policy = quota("", elements);
        var context = context(Map.of("weight", "1.5"));
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(context));
        assertThat(fault.code()).isEqualTo("policies.ratelimit." + code);
        assertThat(fault.status()).isEqualTo(500);
    }

    @Test
    @Covers({"Quota/Identifier@ref", "Quota/Identifier"})
    void countsEachIdentifierForItself() throws Exception {
        var policy = quota("", two("day") + "<Identifier ref='who'/>");
        passes(policy, Map.of("who", "a"));
        passes(policy, Map.of("who", "a"));
        assertThat(passes(policy, Map.of("who", "a"))).isFalse();
        assertThat(passes(policy, Map.of("who", "b"))).isTrue();
    }

    @Test
    @Covers({"Quota/Allow/Class@ref", "Quota/Allow/Class/Allow@class", "Quota/Allow/Class/Allow@count"})
    void givesEachClassItsOwnCount() throws Exception {
        var policy = quota("", """
                <Allow count='1'><Class ref='plan'><Allow class='gold' count='3'/><Allow class='tin' countRef='t'/></Class></Allow>
                <Interval>1</Interval><TimeUnit>day</TimeUnit>""");
        var context = context(Map.of("plan", "gold"));
        policy.execute(context);
        assertThat(context.get("ratelimit.P.class")).isEqualTo("gold");
        assertThat(context.get("ratelimit.P.class.allowed.count")).isEqualTo(3L);
        assertThat(context.get("ratelimit.P.class.used.count")).isEqualTo(1L);
        assertThat(passes(policy, Map.of("plan", "unknown"))).isTrue();
        assertThat(passes(policy, Map.of("plan", "unknown"))).isFalse();
    }

    @Test
    @Covers({"Quota/MessageWeight@ref", "Quota/MessageWeight"})
    void countsACallByItsWeight() throws Exception {
        var policy = quota("", two("day") + "<MessageWeight ref='weight'>1</MessageWeight>");
        assertThat(passes(policy, Map.of("weight", "0"))).isTrue();
        assertThat(passes(policy, Map.of("weight", "2"))).isTrue();
        assertThat(passes(policy)).isFalse();
    }

    @Test
    void doesNotUseUpTheQuotaByWhatItRefuses() throws Exception {
        var policy = quota("", two("day") + "<MessageWeight ref='weight'/>");
        assertThat(passes(policy, Map.of("weight", "5"))).isFalse();
        assertThat(passes(policy, Map.of("weight", "2"))).isTrue();
    }

    @Test
    void tellsInVariablesWhatWasCounted() throws Exception {
        var policy = quota("", two("day") + "<Identifier ref='who'/>");
        passes(policy, Map.of("who", "a"));
        passes(policy, Map.of("who", "a"));
        passes(policy, Map.of("who", "a"));
        var context = context(Map.of("who", "a"));
        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context)))
                .isNotNull();
        assertThat(context.get("ratelimit.P.identifier")).isEqualTo("a");
        assertThat(context.get("ratelimit.P.allowed.count")).isEqualTo(2L);
        assertThat(context.get("ratelimit.P.used.count")).isEqualTo(2L);
        assertThat(context.get("ratelimit.P.available.count")).isEqualTo(0L);
        assertThat(context.get("ratelimit.P.exceed.count")).isEqualTo(1L);
        assertThat(context.get("ratelimit.P.total.exceed.count")).isEqualTo(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "rollingwindow", "flexi"})
    @Covers({"Quota/Distributed", "Quota/Synchronous"})
    void sharesADistributedCountWithOtherProcesses(String type) throws Exception {
        var xml = two("minute") + "<Distributed>true</Distributed><Synchronous>true</Synchronous>";
        var here = quota("type='%s'".formatted(type), xml);
        passes(here);
        assertThat(rig.counters).isNotEmpty();
        var elsewhere = quota("type='%s'".formatted(type), xml);
        assertThat(passes(elsewhere)).isTrue();
        assertThat(passes(elsewhere)).isFalse();
        assertThat(passes(here)).isFalse();
    }

    @Test
    @Covers("Quota/Distributed")
    void asksNoOtherProcessUnlessDistributed() throws Exception {
        passes(quota("", two("minute")));
        assertThat(rig.counters).isEmpty();
    }

    @Test
    @Covers({"Quota/AsynchronousConfiguration/SyncMessageCount", "Quota/AsynchronousConfiguration/SyncIntervalInSeconds"
    })
    void tellsOthersOnlyNowAndThen() throws Exception {
        var policy = quota("", """
                <Allow count='100'/><Interval>1</Interval><TimeUnit>hour</TimeUnit><Distributed>true</Distributed>
                <AsynchronousConfiguration><SyncIntervalInSeconds>20</SyncIntervalInSeconds>
                <SyncMessageCount>3</SyncMessageCount></AsynchronousConfiguration>""");
        passes(policy); // The first asks what others have counted.
        passes(policy);
        passes(policy);
        assertThat(rig.counters.values()).containsExactly(1L);
        passes(policy); // The third since then.
        assertThat(rig.counters.values()).containsExactly(4L);
        passes(policy);
        after(Duration.ofSeconds(20));
        passes(policy);
        assertThat(rig.counters.values()).containsExactly(6L);
    }

    @Test
    @Covers("Quota/PreciseAtSecondsLevel")
    void readsWhatItNeedNotApply() {
        assertThat(rig.findings(
                        Quota.TYPE,
                        "<Quota>" + two("day") + "<PreciseAtSecondsLevel>true</PreciseAtSecondsLevel></Quota>"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Quota type='calendar'><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
                "<Quota type='hourly'><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
                "<Quota><Interval>0.1</Interval><TimeUnit>day</TimeUnit></Quota>",
                "<Quota><Interval>1</Interval><TimeUnit>century</TimeUnit></Quota>",
                "<Quota><TimeUnit>day</TimeUnit></Quota>",
                "<Quota><Interval>1</Interval></Quota>",
                "<Quota><Allow count='many'/><Interval>1</Interval><TimeUnit>day</TimeUnit></Quota>",
                "<Quota><Interval>1</Interval><TimeUnit>second</TimeUnit><Distributed>true</Distributed></Quota>",
                "<Quota type='calendar'><Interval>1</Interval><TimeUnit>day</TimeUnit><StartTime>soon</StartTime></Quota>",
                "<Quota><Interval>1</Interval><TimeUnit>day</TimeUnit><Synchronous>true</Synchronous><AsynchronousConfiguration/></Quota>"
            })
    void reportsWhatCanNotWork(String xml) {
        assertThat(rig.findings(Quota.TYPE, xml)).anyMatch(one -> !one.deployable());
    }

    @Test
    void keepsIdentifiersOfAnyLength() throws Exception {
        var policy = quota("", two("day") + "<Distributed>true</Distributed><Identifier ref='who'/>");
        passes(policy, Map.of("who", "x".repeat(10_000)));
        assertThat(rig.counters.keySet()).allMatch(name -> name.length() < 200);
    }
}
