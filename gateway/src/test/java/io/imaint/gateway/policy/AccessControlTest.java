package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyRig;
import org.junit.jupiter.api.Test;

class AccessControlTest {
    private final PolicyRig rig = new PolicyRig();

    private static String xml(String otherwise, String rules, String more) {
        return "<AccessControl xmlns='http://www.sap.com/apimgmt'><IPRules noRuleMatchAction='%s'>%s</IPRules>%s</AccessControl>"
                .formatted(otherwise, rules, more);
    }

    private static String rule(String action, String mask, String address) {
        return "<MatchRule action='%s'><SourceAddress mask='%s'>%s</SourceAddress></MatchRule>"
                .formatted(action, mask, address);
    }

    private boolean passes(String client, String xml) {
        rig.client = client;
        var fault = catchThrowableOfType(Fault.class, () -> rig.run(AccessControl.TYPE, xml));
        assertThat(fault == null || fault.name().equals("IPDeniedAccess")).isTrue();
        return fault == null;
    }

    @Test
    @Covers({"AccessControl!IPDeniedAccess", "AccessControl/IPRules/MatchRule/SourceAddress"})
    void refusesAnAddressThatIsDenied() {
        rig.client = "51.218.253.1";
        var fault = catchThrowableOfType(
                Fault.class, () -> rig.run(AccessControl.TYPE, xml("ALLOW", rule("DENY", "32", "51.218.253.1"), "")));
        assertThat(fault.status()).isEqualTo(403);
        assertThat(fault.code()).isEqualTo("steps.accesscontrol.IPDeniedAccess");
        assertThat(fault.text()).isEqualTo("Access Denied for client ip : 51.218.253.1");
    }

    @Test
    @Covers({"AccessControl/IPRules@noRuleMatchAction", "AccessControl/IPRules/MatchRule@action"})
    void theFirstRuleThatMatchesDecides() {
        var xml = xml("DENY", rule("DENY", "32", "10.1.1.1") + rule("ALLOW", "24", "10.1.1.0"), "");
        assertThat(passes("10.1.1.1", xml)).isFalse();
        assertThat(passes("10.1.1.2", xml)).isTrue();
        assertThat(passes("10.1.2.1", xml)).isFalse();
    }

    @Test
    @Covers("AccessControl/IPRules/MatchRule/SourceAddress@mask")
    void comparesAsManyBitsAsTheMaskSays() {
        var xml = xml("DENY", rule("ALLOW", "30", "198.51.100.1"), "");
        assertThat(passes("198.51.100.0", xml)).isTrue();
        assertThat(passes("198.51.100.3", xml)).isTrue();
        assertThat(passes("198.51.100.4", xml)).isFalse();
        assertThat(passes("20.10.7.7", xml("DENY", rule("ALLOW", "16", "20.10.10.09"), "")))
                .isTrue();
        assertThat(passes("203.0.113.1", xml("DENY", rule("ALLOW", "0", "0.0.0.0"), "")))
                .isTrue();
    }

    @Test
    void comparesAddressesOfVersion6() {
        var xml = xml("DENY", rule("ALLOW", "33", "2001:db8:8000::"), "");
        assertThat(passes("2001:db8:ffff::1", xml)).isTrue();
        assertThat(passes("2001:db8:7fff::1", xml)).isFalse();
        assertThat(passes("10.0.0.1", xml)).isFalse();
        assertThat(passes("::ffff:10.0.0.1", xml("DENY", rule("ALLOW", "8", "10.0.0.0"), "")))
                .isTrue();
    }

    @Test
    void believesNoHeaderOfAClientThatIsNoTrustedProxy() {
        var xml = xml("DENY", rule("ALLOW", "32", "10.0.0.1"), "");
        rig.request.headers().set("True-Client-IP", "10.0.0.1");
        rig.request.headers().set("X-Forwarded-For", "10.0.0.1");
        assertThat(passes("203.0.113.9", xml)).isFalse();
    }

    @Test
    @Covers("AccessControl/IgnoreTrueClientIPHeader")
    void believesTrueClientIpOfATrustedProxyUnlessItIsToIgnoreIt() {
        rig.through = "192.0.2.1";
        rig.request.headers().set("True-Client-IP", "10.0.0.1");
        var rules = rule("ALLOW", "32", "10.0.0.1");
        assertThat(passes("203.0.113.9", xml("DENY", rules, ""))).isTrue();
        assertThat(passes(
                        "203.0.113.9", xml("DENY", rules, "<IgnoreTrueClientIPHeader>true</IgnoreTrueClientIPHeader>")))
                .isFalse();
        rig.request.headers().set("True-Client-IP", "localhost");
        assertThat(passes("203.0.113.9", xml("DENY", rules, ""))).isFalse();
    }

    @Test
    @Covers("AccessControl/ValidateBasedOn")
    void readsOfTheForwardedAddressesOnlyWhatTrustedProxiesWrote() {
        rig.through = "192.0.2.1";
        rig.request.headers().add("X-Forwarded-For", "10.0.0.1, 203.0.113.9");
        rig.request.headers().add("X-Forwarded-For", "192.0.2.7:443");
        var invented = rule("ALLOW", "32", "10.0.0.1");
        var client = rule("ALLOW", "32", "203.0.113.9");
        var proxy = rule("ALLOW", "32", "192.0.2.7");
        assertThat(passes("203.0.113.9", xml("DENY", invented, based("FIRST")))).isFalse();
        assertThat(passes("203.0.113.9", xml("DENY", client, ""))).isTrue();
        assertThat(passes("203.0.113.9", xml("DENY", client, based("FIRST")))).isTrue();
        assertThat(passes("203.0.113.9", xml("DENY", client, based("LAST")))).isFalse();
        assertThat(passes("203.0.113.9", xml("DENY", proxy, based("LAST")))).isTrue();
        assertThat(passes("203.0.113.9", xml("DENY", client, based("ALL")))).isFalse();
        assertThat(passes("203.0.113.9", xml("DENY", client + proxy, based("ALL"))))
                .isTrue();
    }

    private static String based(String which) {
        return "<ValidateBasedOn>X_FORWARDED_FOR_%s_IP</ValidateBasedOn>".formatted(which);
    }

    @Test
    @Covers("AccessControl!ClientIpExtractionFailed")
    void failsWhereTheForwardedAddressesCanNotBeRead() {
        rig.through = "192.0.2.1";
        rig.request.headers().set("X-Forwarded-For", "203.0.113.9, unknown");
        assertThat(catchThrowableOfType(
                                Fault.class,
                                () -> rig.run(
                                        AccessControl.TYPE, xml("ALLOW", rule("DENY", "32", "10.0.0.1"), based("ALL"))))
                        .name())
                .isEqualTo("ClientIpExtractionFailed");
    }

    @Test
    @Covers({"AccessControl!InvalidIPv4Address", "AccessControl!InvalidRulePattern"})
    void takesAddressAndMaskFromVariables() throws Exception {
        var policy = rig.compile(AccessControl.TYPE, xml("DENY", rule("ALLOW", "{kvm.mask}", "{kvm.ip}"), ""));
        var context = rig.context();
        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context))
                        .name())
                .isEqualTo("InvalidRulePattern");
        context.set("kvm.ip", "203.0.113.0");
        context.set("kvm.mask", "24");
        assertThatCode(() -> policy.execute(context)).doesNotThrowAnyException();
        context.set("kvm.ip", "198.51.100.0");
        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context))
                        .name())
                .isEqualTo("IPDeniedAccess");
        context.set("kvm.ip", "nonsense");
        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context))
                        .name())
                .isEqualTo("InvalidIPv4Address");
    }

    @Test
    void reportsAddressesAndMasksThatAreNone() {
        for (var wrong : new String[] {
            rule("ALLOW", "33", "10.0.0.1"),
            rule("ALLOW", "", "10.0.0.1"),
            rule("ALLOW", "129", "::1"),
            rule("ALLOW", "32", "10.0.0"),
            rule("ALLOW", "32", "10.0.0.256"),
            rule("ALLOW", "32", "example.com"),
            rule("ALLOW", "64", "fe80::1%eth0"),
            rule("PERMIT", "32", "10.0.0.1"),
            "<MatchRule action='ALLOW'/>"
        }) {
            assertThat(rig.findings(AccessControl.TYPE, xml("DENY", wrong, "")))
                    .as(wrong)
                    .singleElement()
                    .matches(finding -> !finding.deployable());
        }
    }

    @Test
    void passesEverythingWithoutRules() {
        assertThatCode(() -> rig.run(AccessControl.TYPE, "<AccessControl/>")).doesNotThrowAnyException();
        assertThat(rig.findings(AccessControl.TYPE, "<AccessControl/>"))
                .extracting("reason")
                .containsExactly("without <IPRules> every call passes");
    }
}
