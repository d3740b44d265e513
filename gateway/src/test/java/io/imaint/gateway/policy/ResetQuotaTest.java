package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.Xml;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResetQuotaTest {
    private static final String QUOTA = """
            <Quota><Allow count='10'><Class ref='plan'><Allow class='gold' count='20'/></Class></Allow>
            <Interval>1</Interval><TimeUnit>day</TimeUnit><Identifier ref='who'/><MessageWeight ref='weight'/></Quota>""";

    private final PolicyRig rig = new PolicyRig();

    /** How many calls of a caller count after five calls and a reset. */
    private Object usedAfter(String reset, Map<String, Object> variables) throws Exception {
        rig.policies.put("P", new PolicyFile("P", "APIProxy/Policy/P.xml", Xml.read(QUOTA)));
        var context = rig.context();
        context.set("who", "a");
        context.set("weight", "5");
        variables.forEach(context::set);
        var quota = rig.compile(Quota.TYPE, QUOTA);
        quota.execute(context);
        rig.compile(ResetQuota.TYPE, reset).execute(context);
        context.set("weight", "0");
        quota.execute(context);
        return java.util.Objects.requireNonNull(context.get("ratelimit.P.used.count"));
    }

    @Test
    @Covers({"ResetQuota/Quota@name", "ResetQuota/Quota/Identifier@name", "ResetQuota/Quota/Identifier/Allow"})
    void givesCallsBack() throws Exception {
        assertThat(usedAfter(
                        "<ResetQuota><Quota name='P'><Identifier name='a'><Allow>2</Allow></Identifier></Quota></ResetQuota>",
                        Map.of()))
                .isEqualTo(3L);
    }

    @Test
    void givesNoMoreBackThanWasUsed() throws Exception {
        assertThat(usedAfter(
                        "<ResetQuota><Quota name='P'><Identifier name='a'><Allow>99</Allow></Identifier></Quota></ResetQuota>",
                        Map.of()))
                .isEqualTo(0L);
    }

    @Test
    @Covers("ResetQuota/Quota/Identifier")
    void leavesOtherIdentifiersAlone() throws Exception {
        assertThat(usedAfter("<ResetQuota><Quota name='P'><Identifier name='b'/></Quota></ResetQuota>", Map.of()))
                .isEqualTo(5L);
    }

    @Test
    @Covers({"ResetQuota/Quota@ref", "ResetQuota/Quota/Identifier@ref", "ResetQuota/Quota/Identifier/Allow@ref"})
    void takesAllOfItFromVariables() throws Exception {
        assertThat(usedAfter("""
                        <ResetQuota><Quota ref='q'><Identifier ref='who'><Allow ref='n'/></Identifier></Quota></ResetQuota>
                        """, Map.of("q", "P", "n", "1"))).isEqualTo(4L);
    }

    @Test
    @Covers({
        "ResetQuota/Quota/Identifier/Class@ref",
        "ResetQuota/Quota/Identifier/Class/Allow",
        "ResetQuota/Quota/Identifier/Class/Allow@class",
        "ResetQuota/Quota/Identifier/Class/Allow@ref"
    })
    void givesCallsBackToAClass() throws Exception {
        assertThat(usedAfter("""
                        <ResetQuota><Quota name='P'><Identifier name='a'><Class ref='plan'><Allow class='gold' ref='n'>2</Allow>
                        </Class></Identifier></Quota></ResetQuota>""", Map.of("plan", "gold"))).isEqualTo(3L);
    }

    @ParameterizedTest
    @CsvSource({
        "<Quota name='Other'/>, policies.resetquota.InvalidRLPolicy",
        "<Quota ref='none'/>, policies.resetquota.FailedToResolveRLPolicy",
        "<Quota name='P'><Identifier name='a'><Allow ref='none'/></Identifier></Quota>,"
                + " policies.resetquota.FailedToResolveAllowCountRef"
    })
    @Covers({
        "ResetQuota!policies.resetquota.InvalidRLPolicy",
        "ResetQuota!policies.resetquota.FailedToResolveRLPolicy",
        "ResetQuota!policies.resetquota.FailedToResolveAllowCountRef"
    })
    void failsForWhatItCanNotFind(String quota, String code) throws Exception {
        var fault =
                catchThrowableOfType(Fault.class, () -> usedAfter("<ResetQuota>" + quota + "</ResetQuota>", Map.of()));
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.status()).isEqualTo(500);
    }
}
