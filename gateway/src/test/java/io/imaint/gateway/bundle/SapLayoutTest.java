package io.imaint.gateway.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.RouteRule;
import io.imaint.gateway.model.TargetEndpoint;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SapLayoutTest {
    private static ProxyEndpoint endpoint(String body) {
        return BundleReader.read(Bundles.sap(Bundles.PROXY, "<ProxyEndPoint>" + body + "</ProxyEndPoint>"))
                .proxy()
                .proxyEndpoints()
                .getFirst();
    }

    private static TargetEndpoint target(String body) {
        return BundleReader.read(Bundles.sap(Bundles.TARGET, "<TargetEndPoint>" + body + "</TargetEndPoint>"))
                .proxy()
                .targetEndpoints()
                .getFirst();
    }

    private static List<String> findings(String... files) {
        return BundleReader.read(Bundles.sap(files)).findings().stream()
                .map(Bundles::line)
                .toList();
    }

    private static String steps(String steps) {
        return "<preFlow><name>PreFlow</name><request><steps>" + steps + "</steps></request></preFlow>";
    }

    private static String step(String policy, String rest) {
        return "<step><policy_name>" + policy + "</policy_name>" + rest + "</step>";
    }

    @Test
    void readsAWholeProxyWithoutFindings() throws BundleInvalid, IOException {
        var reading = BundleReader.read(Bundles.fixture("Patterns"));
        assertThat(reading.findings()).isEmpty();
        var proxy = reading.proxy();
        assertThat(proxy.name()).isEqualTo("Patterns");
        assertThat(proxy.title()).isEqualTo("What proxies do");
        assertThat(proxy.serviceCode()).isEqualTo("ODATA");
        assertThat(proxy.policies()).hasSize(13);
        assertThat(proxy.resources()).containsOnlyKeys("jsc://prepare.js", "jsc://shared.js");
        var endpoint = proxy.proxyEndpoints().getFirst();
        assertThat(endpoint.basePath()).isEqualTo("/v1/patterns");
        assertThat(endpoint.properties()).containsEntry("request.streaming.enabled", "false");
        assertThat(Bundles.names(endpoint.postClientFlow().response())).containsExactly("log");
    }

    @Test
    void sortsStepsFlowsAndRulesBySequence() throws BundleInvalid, IOException {
        var endpoint = BundleReader.read(Bundles.fixture("Patterns"))
                .proxy()
                .proxyEndpoints()
                .getFirst();
        assertThat(Bundles.names(endpoint.preFlow().request()))
                .containsExactly("prepare", "setquota", "raiseTooMany", "checkJson", "raiseTooMany");
        assertThat(endpoint.conditionalFlows())
                .extracting(flow -> flow.name())
                .containsExactly("Metadata", "Orders", "DefaultFaultFlow");
        assertThat(endpoint.routeRules()).extracting(RouteRule::name).containsExactly("direct", "rest");
    }

    @Test
    void keepsTheOrderOfTheFileWhereSequencesAreMissing() {
        var first = step("c", "") + step("a", "") + step("b", "<sequence> </sequence>");
        assertThat(Bundles.names(endpoint(steps(first)).preFlow().request())).containsExactly("c", "a", "b");
    }

    @Test
    void runsAStepWithoutSequenceBehindItsPredecessor() {
        var mixed = step("last", "<sequence>10</sequence>")
                + step("afterLast", "")
                + step("first", "<sequence>9</sequence>");
        assertThat(Bundles.names(endpoint(steps(mixed)).preFlow().request()))
                .containsExactly("first", "last", "afterLast");
    }

    @Test
    void readsAnEmptyConditionAsAlways() {
        var steps = endpoint(steps(step("a", "<condition></condition>")
                        + step("b", "<condition> </condition>")
                        + step("c", "<condition/>")
                        + step("d", "<condition> x = 1 </condition>")))
                .preFlow()
                .request();
        assertThat(steps).extracting(one -> one.condition()).containsExactly("", "", "", "x = 1");
    }

    @Test
    void readsARouteRuleWithoutTargetAsNone() {
        var rules = endpoint(
                        "<routeRules><routeRule><name>a</name><sequence>1</sequence></routeRule>"
                                + "<routeRule><name>b</name><targetEndPointName>NONE</targetEndPointName></routeRule>"
                                + "<routeRule><name>c</name><targetEndPointName>default</targetEndPointName></routeRule></routeRules>")
                .routeRules();
        assertThat(rules.get(0).target()).isEmpty();
        assertThat(rules.get(1).target()).isEmpty();
        assertThat(rules.get(2).target()).contains("default");
    }

    @Test
    void readsTheSameWithAndWithoutNamespaceDeclarationAndByteOrderMark() {
        var plain = "<ProxyEndPoint><base_path>/demo</base_path></ProxyEndPoint>";
        var dressed = "\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- hello --><s:ProxyEndPoint "
                + "xmlns:s='http://www.sap.com/apimgmt'><s:base_path>/demo</s:base_path></s:ProxyEndPoint>";
        assertThat(BundleReader.read(Bundles.sap(Bundles.PROXY, dressed))
                        .proxy()
                        .proxyEndpoints())
                .isEqualTo(BundleReader.read(Bundles.sap(Bundles.PROXY, plain))
                        .proxy()
                        .proxyEndpoints());
    }

    @Test
    void warnsOfANameInTheWrongCase() {
        assertThat(
                        findings(
                                Bundles.PROXY,
                                "<ProxyEndPoint>\n<base_path>/a</base_path>\n<PreFlow><name>PreFlow</name></PreFlow></ProxyEndPoint>"))
                .containsExactly("WARNING " + Bundles.PROXY
                        + ":3 <PreFlow> in <ProxyEndPoint> is kept, but not applied; its name is written 'preFlow'");
    }

    @Test
    void readsFaultRulesInWhateverCaseTheyAreWritten() {
        var rules = endpoint("""
                <faultRules>
                  <faultRule>
                    <name>"quoted"</name>
                    <condition>fault.name = "A"</condition>
                    <steps>
                      <step><policy_name>second</policy_name><sequence>2</sequence></step>
                      <step><policy_name> first </policy_name><Condition>x = 1</Condition><sequence>1</sequence></step>
                    </steps>
                  </faultRule>
                  <FaultRule name="sloppy">
                    <Steps><Step><Name>only</Name></Step><Condition>(fault.name = "B")</Condition></Steps>
                  </FaultRule>
                </faultRules>
                <defaultFaultRule><name>rest</name><alwaysEnforce>true</alwaysEnforce>
                  <steps><step><policy_name>any</policy_name></step></steps></defaultFaultRule>
                """);
        assertThat(rules.faultRules()).extracting(rule -> rule.name()).containsExactly("quoted", "sloppy");
        assertThat(rules.faultRules())
                .extracting(rule -> rule.condition())
                .containsExactly("fault.name = \"A\"", "(fault.name = \"B\")");
        assertThat(Bundles.names(rules.faultRules().getFirst().steps())).containsExactly("first", "second");
        assertThat(rules.faultRules().getFirst().steps().getFirst().condition()).isEqualTo("x = 1");
        assertThat(rules.defaultFaultRule()).hasValueSatisfying(rule -> {
            assertThat(rule.alwaysEnforce()).isTrue();
            assertThat(Bundles.names(rule.steps())).containsExactly("any");
        });
    }

    @Test
    void readsATargetByUrlOrByProvider() {
        var url = target("<url>https://a.example/x</url><provider_id>NONE</provider_id>");
        assertThat(url.url()).contains("https://a.example/x");
        assertThat(url.provider()).isEmpty();
        var provider = target("<provider_id>ERP</provider_id><relativePath>/sap/x</relativePath>"
                + "<additionalAPIProviders><provider_id>ERP</provider_id><provider_id>ERP2</provider_id></additionalAPIProviders>"
                + "<loadBalancerConfigurations><isRetry>true</isRetry><healthMonitor><isEnabled>true</isEnabled>"
                + "</healthMonitor></loadBalancerConfigurations>");
        assertThat(provider.provider()).contains("ERP");
        assertThat(provider.relativePath()).isEqualTo("/sap/x");
        assertThat(provider.moreProviders()).containsExactly("ERP2");
        assertThat(provider.retry()).isTrue();
        assertThat(provider.healthMonitor()).isTrue();
        assertThat(provider.url()).isEmpty();
    }

    @Test
    void saysWhichSettingsOfALoadBalancerItDoesNotApply() {
        assertThat(findings(
                        Bundles.TARGET,
                        "<TargetEndPoint><provider_id>A</provider_id><loadBalancerConfigurations><algorithm>Weighted</algorithm>"
                                + "<maxFailures>5</maxFailures></loadBalancerConfigurations></TargetEndPoint>"))
                .hasSize(2)
                .allMatch(line -> line.startsWith("WARNING " + Bundles.TARGET + ":1"));
    }

    @Test
    void refusesATargetWithoutAddress() {
        assertThat(findings(Bundles.TARGET, "<TargetEndPoint><provider_id>NONE</provider_id></TargetEndPoint>"))
                .containsExactly("ERROR " + Bundles.TARGET + ":1 the target has neither a URL nor an API provider");
        assertThat(findings(Bundles.TARGET, "<TargetEndPoint>\n<url>ftp://a.example</url></TargetEndPoint>"))
                .singleElement()
                .asString()
                .startsWith("ERROR " + Bundles.TARGET + ":2 the URL 'ftp://a.example'");
        assertThat(findings(Bundles.TARGET, "<TargetEndPoint><url>https://{host}/a b</url></TargetEndPoint>"))
                .isEmpty();
    }

    @Test
    void reportsAMissingBasePath() {
        assertThat(findings(Bundles.PROXY, "<ProxyEndPoint>\n<base_path/></ProxyEndPoint>"))
                .containsExactly("ERROR " + Bundles.PROXY + ":2 the base path is missing; it begins with '/'");
        assertThat(endpoint("<base_path>a/b/</base_path>").basePath()).isEqualTo("/a/b");
        assertThat(endpoint("<base_path>/</base_path>").basePath()).isEqualTo("/");
    }

    @Test
    void namesPoliciesByTheirFilesAndTypesThemByTheirRoot() {
        var policies = BundleReader.read(Bundles.sap(
                        "APIProxy/Policy/read token.xml",
                        "<!-- c --><ExtractVariables name='other' xmlns='http://www.sap.com/apimgmt'/>"))
                .proxy()
                .policies();
        assertThat(policies).containsOnlyKeys("read token");
        assertThat(policies.values().iterator().next().root().name()).isEqualTo("ExtractVariables");
    }

    @Test
    void readsScriptsByTheirEnding() {
        var resources = BundleReader.read(Bundles.sap(
                        "APIProxy/FileResource/a.js",
                        "\uFEFFvar a;",
                        "APIProxy/FileResource/b.xsl",
                        "<x/>",
                        "APIProxy/FileResource/c.xsd",
                        "<x/>",
                        "APIProxy/FileResource/d.wsdl",
                        "<x/>",
                        "APIProxy/FileResource/e",
                        "var e;",
                        Bundles.WHOLE,
                        "<APIProxy><fileResources><fileResource type='js'>e</fileResource></fileResources></APIProxy>"))
                .proxy()
                .resources();
        assertThat(resources).containsOnlyKeys("jsc://a.js", "xsl://b.xsl", "xsd://c.xsd", "wsdl://d.wsdl", "jsc://e");
        assertThat(resources.values())
                .filteredOn(one -> one.name().equals("a.js"))
                .extracting(one -> one.text())
                .containsExactly("var a;");
    }

    @Test
    void refusesPythonByTheNameOfTheScript() {
        assertThat(findings("APIProxy/FileResource/encode.py", "print 1"))
                .containsExactly("ERROR APIProxy/FileResource/encode.py:1 Python is not run: write 'encode.py' as "
                        + "JavaScript, and its policy as <Javascript>");
    }

    @Test
    void reportsWhatCannotBeParsedWithFileAndLineAndReadsTheRest() {
        var reading = BundleReader.read(Bundles.sap(
                "APIProxy/Policy/bad.xml",
                "<Quota>\n\n</Quot>",
                "APIProxy/Policy/dtd.xml",
                "\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<Quota>&x;</Quota>",
                "APIProxy/Policy/good.xml",
                "<Quota/>"));
        assertThat(reading.proxy().policies()).containsOnlyKeys("good");
        assertThat(reading.deployable()).isFalse();
        assertThat(reading.findings())
                .extracting(BundleFinding::file, BundleFinding::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("APIProxy/Policy/bad.xml", 3),
                        org.assertj.core.groups.Tuple.tuple("APIProxy/Policy/dtd.xml", 2));
        assertThat(reading.findings()).allMatch(one -> one.gravity() == BundleFinding.Gravity.ERROR);
        assertThat(reading.findings().toString()).doesNotContain("root:");
    }

    @Test
    void readsAProxyWithoutMostOfItsParts() {
        var reading = BundleReader.read(Bundles.of("APIProxy/Policy/a.xml", "<Quota/>"));
        assertThat(reading.proxy().policies()).containsOnlyKeys("a");
        assertThat(reading.findings())
                .extracting(BundleFinding::reason)
                .anyMatch(reason -> reason.contains("APIProxy/Demo.xml is missing"))
                .anyMatch(reason -> reason.contains("no proxy endpoint"));
    }

    @Test
    void saysWhichFilesNothingReads() {
        assertThat(findings("APIProxy/policies/a.xml", "<Quota/>", "README.md", "hello"))
                .containsExactly("WARNING APIProxy/policies/a.xml:0 it is kept, but nothing reads it there");
    }

    @Test
    void reportsTwoEndpointsOfOneName() {
        assertThat(findings("APIProxy/APITargetEndPoint/more.xml", Bundles.text(Bundles.sap(), Bundles.TARGET)))
                .containsExactly("ERROR APIProxy/APITargetEndPoint/more.xml:1 the endpoint 'default' is described in "
                        + Bundles.TARGET + " already");
    }

    @Test
    void putsTheDefaultEndpointFirst() {
        var proxy = BundleReader.read(Bundles.sap(
                        "APIProxy/APIProxyEndPoint/a.xml",
                        "<ProxyEndPoint><name>a</name><base_path>/a</base_path></ProxyEndPoint>"))
                .proxy();
        assertThat(proxy.proxyEndpoints()).extracting(ProxyEndpoint::name).containsExactly("default", "a");
    }

    @Property(tries = 300)
    void readsDamagedFilesWithoutFailing(@ForAll long seed) throws BundleInvalid, IOException {
        var random = new Random(seed);
        var files = new TreeMap<>(
                Bundles.fixture(random.nextBoolean() ? "Patterns" : "Apigee").files());
        var paths = List.copyOf(files.keySet());
        for (int i = 0; i < 4; i++) {
            var path = paths.get(random.nextInt(paths.size()));
            var text = new StringBuilder(new String(files.getOrDefault(path, new byte[1]), UTF_8));
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(5)) {
                case 0 -> text.setLength(at);
                case 1 -> text.insert(at, "<x/>");
                case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                case 3 -> text.replace(0, text.length(), text.toString().toLowerCase(java.util.Locale.ROOT));
                default -> text.insert(at, (char) random.nextInt(0x3000));
            }
            files.put(path, text.toString().getBytes(UTF_8));
        }
        var findings = Lint.check(BundleReader.read(new Bundle("Demo", files)));
        assertThat(findings).allMatch(one -> !one.reason().isBlank() && one.line() >= 0);
    }
}
