package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import org.junit.jupiter.api.Test;

class StatisticsCollectorTest {
    private final PolicyRig rig = new PolicyRig();

    private static String policy(String inner) {
        return "<StatisticsCollector xmlns='http://www.sap.com/apimgmt'><Statistics>%s</Statistics></StatisticsCollector>"
                .formatted(inner);
    }

    @Test
    @Covers({
        "StatisticsCollector/Statistics/Statistic@name",
        "StatisticsCollector/Statistics/Statistic@ref",
        "StatisticsCollector/Statistics/Statistic@type",
        "StatisticsCollector/Statistics/Statistic"
    })
    void notesValuesInTheirTypes() throws Exception {
        var context = rig.context();
        context.note("product.id", "4711");
        context.note("product.price", "1.5");
        context.note("long", "x".repeat(1000));

        rig.compile(
                        StatisticsCollector.TYPE,
                        policy("<Statistic name='id' ref='product.id' type='string'>0</Statistic>"
                                + "<Statistic name='whole' ref='product.id' type='integer'/>"
                                + "<Statistic name='big' ref='product.id' type='long'/>"
                                + "<Statistic name='price' ref='product.price' type='double'/>"
                                + "<Statistic name='small' ref='product.price' type='float'/>"
                                + "<Statistic name='port' ref='client.port'/>"
                                + "<Statistic name='fallen' ref='none' type='integer'>7</Statistic>"
                                + "<Statistic name='other' ref='product.price' type='integer'>8</Statistic>"
                                + "<Statistic name='cut' ref='long' type='string'/>"
                                + "<Statistic name='nothing' ref='none' type='string'/>"))
                .execute(context);

        assertThat(context.get("statistics.id")).isEqualTo("4711");
        assertThat(context.get("statistics.whole")).isEqualTo(4711);
        assertThat(context.get("statistics.big")).isEqualTo(4711L);
        assertThat(context.get("statistics.price")).isEqualTo(1.5d);
        assertThat(context.get("statistics.small")).isEqualTo(1.5f);
        assertThat(context.get("statistics.port")).isEqualTo(40000);
        assertThat(context.get("statistics.fallen")).isEqualTo(7);
        assertThat(context.get("statistics.other")).isEqualTo(8);
        assertThat(context.get("statistics.cut")).isEqualTo("x".repeat(StatisticsCollector.VALUE_MAX));
        assertThat(context.get("statistics.nothing")).isNull();
    }

    @Test
    void countsTheLastPolicyOfARequest() throws Exception {
        var context = rig.context();
        rig.compile(StatisticsCollector.TYPE, policy("<Statistic name='a' ref='request.verb'/>"))
                .execute(context);

        rig.compile(StatisticsCollector.TYPE, policy("<Statistic name='b' ref='request.verb'/>"))
                .execute(context);

        assertThat(context.get("statistics.a")).isNull();
        assertThat(context.get("statistics.b")).isEqualTo("GET");
    }

    @Test
    @Covers({"StatisticsCollector!InvalidName", "StatisticsCollector!UnsupportedDatatype"})
    void refusesOtherTypesAndNames() {
        assertThat(
                        rig.findings(
                                StatisticsCollector.TYPE,
                                policy(
                                        "<Statistic name='a-b' ref='x'/><Statistic name='a' ref='x' type='date'/><Statistic name='a'/>")))
                .extracting(BundleFinding::reason)
                .containsExactly(
                        "InvalidName: 'a-b' must have letters and digits only",
                        "UnsupportedDatatype: 'date' must be one of string, integer, long, float, double",
                        "<Statistic> needs a ref");
    }
}
