package io.imaint.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.model.BundleFinding;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LintTest {
    private static final String NAMED = "<name>default</name><base_path>/demo</base_path>\n";
    private static final String ROUTE =
            "<routeRules><routeRule><name>r</name><targetEndPointName>default</targetEndPointName></routeRule></routeRules>\n";

    private static List<String> lint(String... files) {
        return Lint.check(BundleReader.read(Bundles.sap(files))).stream()
                .sorted(Comparator.comparing(BundleFinding::file).thenComparingInt(BundleFinding::line))
                .map(Bundles::line)
                .toList();
    }

    private static List<String> endpoint(String body) {
        return lint(Bundles.PROXY, "<ProxyEndPoint>" + body + "</ProxyEndPoint>");
    }

    @Test
    void findsNothingInGoodProxies() throws BundleInvalid, IOException {
        assertThat(lint()).isEmpty();
        assertThat(Lint.check(BundleReader.read(Bundles.fixture("Patterns")))).isEmpty();
        assertThat(Lint.check(BundleReader.read(Bundles.draft().bundle()))).isEmpty();
    }

    @Test
    void findsPoliciesThatNoStepUsesButNotTheOneOfEveryExport() {
        assertThat(lint(
                        "APIProxy/Policy/idle.xml",
                        "\n<Quota/>",
                        "APIProxy/Policy/defaultRaiseFaultPolicy.xml",
                        "<RaiseFault/>"))
                .containsExactly("WARNING APIProxy/Policy/idle.xml:2 no step uses the policy 'idle'");
    }

    @Test
    void findsScriptsThatNoPolicyUses() {
        assertThat(lint("APIProxy/FileResource/a.js", "var a;"))
                .containsExactly("WARNING APIProxy/FileResource/a.js:1 no policy uses 'jsc://a.js'");
    }

    @Test
    void findsATargetThatNoRouteLeadsTo() {
        assertThat(endpoint(NAMED + "<routeRules><routeRule><name>r</name>"
                        + "<targetEndPointName>gone</targetEndPointName></routeRule></routeRules>"))
                .containsExactly(
                        "WARNING " + Bundles.TARGET + ":1 no route rule leads to the target endpoint 'default'");
    }

    @Test
    void findsRulesAndFlowsThatAreNeverReached() {
        assertThat(endpoint(NAMED
                        + "<routeRules><routeRule><name>all</name><targetEndPointName>default</targetEndPointName></routeRule>\n"
                        + "<routeRule><name>none</name></routeRule></routeRules>"
                        + "<conditionalFlows><conditionalFlow><name>a</name></conditionalFlow>\n"
                        + "<conditionalFlow><name>b</name></conditionalFlow></conditionalFlows>"))
                .containsExactly(
                        "WARNING " + Bundles.PROXY
                                + ":3 the route rule 'none' is never reached: 'all' before it has no condition",
                        "WARNING " + Bundles.PROXY + ":4 the flow 'b' never runs: 'a' before it has no condition");
    }

    @Test
    void findsFaultRulesThatNeverRunInTheOrderOfTheirSide() {
        var rules =
                "<faultRules><faultRule><name>any</name><steps><step><policy_name>p</policy_name></step></steps></faultRule>\n"
                        + "<faultRule><name>one</name><condition>fault.name = \"A\"</condition></faultRule></faultRules>";
        var policy = "<RaiseFault/>";
        // In a proxy endpoint the last rule is tried first, so both can run.
        assertThat(lint(
                        Bundles.PROXY,
                        "<ProxyEndPoint>" + NAMED + ROUTE + rules + "</ProxyEndPoint>",
                        "APIProxy/Policy/p.xml",
                        policy))
                .containsExactly("WARNING " + Bundles.PROXY + ":4 the fault rule 'one' has no steps");
        assertThat(lint(
                        Bundles.TARGET,
                        "<TargetEndPoint><name>default</name><url>https://a.example</url>" + rules
                                + "</TargetEndPoint>",
                        "APIProxy/Policy/p.xml",
                        policy))
                .contains("WARNING " + Bundles.TARGET
                        + ":2 the fault rule 'one' never runs: 'any', which is tried before it, has no condition");
    }

    @Test
    void findsTwoEndpointsOfOneBasePath() {
        assertThat(lint(
                        "APIProxy/APIProxyEndPoint/more.xml",
                        "<ProxyEndPoint><name>more</name><base_path>/demo/</base_path>" + ROUTE + "</ProxyEndPoint>"))
                .containsExactly("ERROR APIProxy/APIProxyEndPoint/more.xml:1 the endpoints 'default' and 'more' have "
                        + "the same base path /demo");
    }
}
