package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyRig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeArrestTest {
    private final PolicyRig rig = new PolicyRig();

    private Policy arrest(String elements) {
        return rig.compile(SpikeArrest.TYPE, "<SpikeArrest>" + elements + "</SpikeArrest>");
    }

    private boolean passes(Policy policy, Map<String, Object> variables) throws Exception {
        var context = rig.context();
        variables.forEach(context::set);
        return catchThrowableOfType(Fault.class, () -> policy.execute(context)) == null;
    }

    private boolean passes(Policy policy) throws Exception {
        return passes(policy, Map.of());
    }

    @Test
    @Covers("SpikeArrest/Rate")
    void spreadsThirtyPerMinuteOverTwoSecondsEach() throws Exception {
        var policy = arrest("<Rate>30pm</Rate>");
        assertThat(passes(policy)).isTrue();
        rig.now = rig.now.plusMillis(1999);
        assertThat(passes(policy)).isFalse();
        rig.now = rig.now.plusMillis(1);
        assertThat(passes(policy)).isTrue();
    }

    @Test
    @Covers("SpikeArrest/Rate")
    void spreadsTenPerSecondOverATenthEach() throws Exception {
        var policy = arrest("<Rate>10ps</Rate>");
        passes(policy);
        rig.now = rig.now.plus(Duration.ofMillis(99));
        assertThat(passes(policy)).isFalse();
        rig.now = rig.now.plus(Duration.ofMillis(1));
        assertThat(passes(policy)).isTrue();
    }

    @Test
    @Covers("SpikeArrest!policies.ratelimit.SpikeArrestViolation")
    void answersWithSapsText() throws Exception {
        var policy = arrest("<Rate>30pm</Rate>");
        passes(policy);
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(rig.context()));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("policies.ratelimit.SpikeArrestViolation");
        assertThat(fault.text())
                .isEqualTo("Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=30, "
                        + "periodInMicroseconds=60000000, maxBurstMessageCount=1.0}");
    }

    @Test
    @Covers({"SpikeArrest/Rate@ref", "SpikeArrest!policies.ratelimit.FailedToResolveSpikeArrestRate"})
    void takesTheRateFromAVariable() throws Exception {
        var policy = arrest("<Rate ref='rate'/>");
        assertThat(passes(policy, Map.of("rate", "1ps"))).isTrue();
        assertThat(passes(policy, Map.of("rate", "1ps"))).isFalse();
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(rig.context()));
        assertThat(fault.code()).isEqualTo("policies.ratelimit.FailedToResolveSpikeArrestRate");
    }

    @Test
    @Covers({"SpikeArrest/Identifier@ref", "SpikeArrest/Identifier"})
    void letsCallersPassIndependently() throws Exception {
        var policy = arrest("<Rate>1pm</Rate><Identifier ref='who'/>");
        assertThat(passes(policy, Map.of("who", "a"))).isTrue();
        assertThat(passes(policy, Map.of("who", "b"))).isTrue();
        assertThat(passes(policy, Map.of("who", "a"))).isFalse();
    }

    @Test
    @Covers({
        "SpikeArrest/MessageWeight@ref",
        "SpikeArrest/MessageWeight",
        "SpikeArrest!policies.ratelimit.InvalidMessageWeight"
    })
    void waitsLongerAfterAHeavyCall() throws Exception {
        var policy = arrest("<Rate>1ps</Rate><MessageWeight ref='weight'/>");
        assertThat(passes(policy, Map.of("weight", "3"))).isTrue();
        rig.now = rig.now.plusSeconds(2);
        assertThat(passes(policy)).isFalse();
        rig.now = rig.now.plusSeconds(1);
        assertThat(passes(policy)).isTrue();
        var context = rig.context();
        context.set("weight", "heavy");
        var fault = catchThrowableOfType(Fault.class, () -> policy.execute(context));
        assertThat(fault.code()).isEqualTo("policies.ratelimit.InvalidMessageWeight");
        assertThat(fault.text()).isEqualTo("Invalid message weight value heavy");
    }

    @Test
    @Covers("SpikeArrest/UseEffectiveCount")
    void warnsThatProcessesDoNotShareTheRate() {
        assertThat(rig.findings(
                        SpikeArrest.TYPE,
                        "<SpikeArrest><Rate>1ps</Rate><UseEffectiveCount>true</UseEffectiveCount></SpikeArrest>"))
                .hasSize(1)
                .allMatch(one -> one.deployable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Rate>30</Rate>", "<Rate>30.1ps</Rate>", "<Rate>0pm</Rate>", "<Rate>30s</Rate>"})
    void reportsRatesThatAreNone(String rate) {
        assertThat(rig.findings(SpikeArrest.TYPE, "<SpikeArrest>" + rate + "</SpikeArrest>"))
                .anyMatch(one -> !one.deployable());
    }
}
