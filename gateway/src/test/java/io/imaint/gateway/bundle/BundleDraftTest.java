package io.imaint.gateway.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.ProxyEndpoint;
import io.imaint.gateway.model.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleDraftTest {
    private static final String POLICY =
            "<VerifyAPIKey xmlns='http://www.sap.com/apimgmt'><APIKey ref='request.header.x-api-key'/></VerifyAPIKey>";
    private static final FlowPlace PRE = FlowPlace.preFlow("default");
    private static final byte[] METADATA = """
            <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:sap="http://www.sap.com/Protocols/SAPData">
              <edmx:DataServices><Schema xmlns="http://schemas.microsoft.com/ado/2008/09/edm" Namespace="ORDERS_SRV">
                <EntityContainer Name="ORDERS_SRV_Entities">
                  <EntitySet Name="OrderSet" EntityType="ORDERS_SRV.Order" sap:deletable="false"/>
                  <EntitySet Name="PlantSet" EntityType="ORDERS_SRV.Plant" sap:creatable="false" sap:updatable="false" sap:deletable="false"/>
                </EntityContainer></Schema></edmx:DataServices>
            </edmx:Edmx>
            """.getBytes(UTF_8);

    private static ProxyEndpoint endpoint(BundleDraft draft) {
        return BundleReader.read(draft.bundle()).proxy().proxyEndpoints().getFirst();
    }

    private static List<String> changes(Bundle before, Bundle after) {
        return BundleDiff.between(before, after).files().stream()
                .map(file -> file.kind() + " " + file.path())
                .toList();
    }

    /** Lines that a change took away. */
    private static List<String> lost(Bundle before, Bundle after) {
        return BundleDiff.between(before, after).files().stream()
                .flatMap(file -> file.unified().lines().skip(2))
                .filter(line -> line.startsWith("-"))
                .map(line -> line.substring(1).strip())
                .toList();
    }

    @Test
    void makesAProxyToAProvider() throws BundleInvalid {
        var proxy = BundleReader.read(Bundles.draft().bundle()).proxy();
        assertThat(proxy.name()).isEqualTo("Orders");
        assertThat(proxy.serviceCode()).isEqualTo("ODATA");
        assertThat(proxy.proxyEndpoints().getFirst().basePath()).isEqualTo("/orders");
        var target = proxy.targetEndpoints().getFirst();
        assertThat(target.provider()).contains("ERP");
        assertThat(target.relativePath()).isEqualTo("/sap/opu/odata/sap/ORDERS_SRV");
        assertThat(proxy.policies()).containsOnlyKeys("defaultRaiseFaultPolicy");
    }

    @Test
    void makesAProxyToAUrlAndOneWithoutTarget() throws BundleInvalid {
        var url = BundleDraft.create(new NewProxy(
                "A", "A & B", "", "/a", "REST", Optional.of(new ProxyTarget.Url("https://a.example/?x=1&y=2"))));
        var read = BundleReader.read(url.bundle());
        assertThat(read.findings()).isEmpty();
        assertThat(read.proxy().title()).isEqualTo("A & B");
        assertThat(read.proxy().targetEndpoints().getFirst().url()).contains("https://a.example/?x=1&y=2");
        var none = BundleDraft.create(new NewProxy("T", "T", "", "/token", "REST", Optional.empty()));
        assertThat(BundleReader.read(none.bundle()).proxy().targetEndpoints()).isEmpty();
        assertThat(endpoint(none).routeRules().getFirst().target()).isEmpty();
    }

    @Test
    void addsAResourceWithItsFlowForEachEntitySet() throws BundleInvalid {
        var draft = Bundles.draft().synchronize("default", METADATA);
        assertThat(draft.bundle().files())
                .containsKeys("APIProxy/APIResource/OrderSet.xml", "APIProxy/Documentation/PlantSet_en.html");
        var flows = endpoint(draft).conditionalFlows();
        assertThat(flows).extracting(flow -> flow.name()).containsExactly("OrderSet", "PlantSet", "DefaultFaultFlow");
        assertThat(flows.getFirst().condition())
                .startsWith("(proxy.pathsuffix MatchesPath \"/OrderSet\" OR ")
                .contains("\"/OrderSet(**\")")
                .contains("request.verb = \"POST\"")
                .contains("request.verb = \"MERGE\"")
                .doesNotContain("DELETE");
        assertThat(flows.get(1).condition()).endsWith("AND (request.verb = \"GET\" OR request.verb = \"HEAD\")");
        assertThat(Bundles.names(flows.getLast().request())).containsExactly("defaultRaiseFaultPolicy");
        assertThat(flows.getLast().condition()).contains("/OrderSet(**", "/PlantSet/**");
        assertThat(Bundles.text(draft.bundle(), "APIProxy/Orders.xml"))
                .contains("<apiResourceName>OrderSet</apiResourceName>");
        assertThat(Lint.check(BundleReader.read(draft.bundle()))).isEmpty();
    }

    @Test
    void addsOnlyWhatIsNewWhenTheServiceHasGrown() throws BundleInvalid {
        var draft = Bundles.draft().synchronize("default", METADATA);
        draft.step(new FlowPlace(FlowPlace.Side.PROXY, "default", "OrderSet", true), "defaultRaiseFaultPolicy", 1, "");
        var before = draft.bundle();
        assertThat(draft.synchronize("default", METADATA).bundle()).isEqualTo(before);
        var grown = new String(METADATA, UTF_8)
                .replace("</EntityContainer>", "<EntitySet Name=\"UnitSet\" EntityType=\"x\"/></EntityContainer>");
        draft.synchronize("default", grown.getBytes(UTF_8));
        var flows = endpoint(draft).conditionalFlows();
        assertThat(flows)
                .extracting(flow -> flow.name())
                .containsExactly("OrderSet", "PlantSet", "UnitSet", "DefaultFaultFlow");
        assertThat(flows.getFirst().request()).hasSize(1);
        assertThat(flows.getLast().condition()).contains("/OrderSet(**", "/UnitSet(**");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<x/>", "<Edmx><DataServices/></Edmx>", "<!DOCTYPE a><a/>"})
    void refusesMetadataWithoutEntitySets(String metadata) throws BundleInvalid {
        var draft = Bundles.draft();
        var before = draft.bundle();
        assertThatThrownBy(() -> draft.synchronize("default", metadata.getBytes(UTF_8)))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("metadata");
        assertThat(draft.bundle()).isEqualTo(before);
    }

    @Test
    void keepsAPolicyAsItIsWrittenAndListsItOnce() throws BundleInvalid {
        var draft = Bundles.draft().policy("verify", POLICY);
        var added = draft.bundle();
        assertThat(Bundles.text(added, "APIProxy/Policy/verify.xml")).isEqualTo(POLICY);
        assertThat(Bundles.text(added, "APIProxy/Orders.xml"))
                .contains("<policy type=\"VerifyAPIKey\">verify</policy>");
        draft.policy("verify", POLICY.replace("x-api-key", "key"));
        assertThat(changes(added, draft.bundle())).containsExactly("CHANGED APIProxy/Policy/verify.xml");
        draft.policy("encode", "<BasicAuthentication/>");
        assertThat(Bundles.text(draft.bundle(), "APIProxy/Orders.xml"))
                .contains("<policy type=\"BasicAuth\">encode</policy>");
    }

    @Test
    void removesAPolicyWithItsStepsAndLeavesNothingBehind() throws BundleInvalid {
        var draft = Bundles.draft();
        var before = draft.bundle();
        draft.policy("verify", POLICY).step(PRE, "verify", 1, "").removeStep(PRE, "verify");
        draft.step(PRE, "verify", 1, "x = 1").removePolicy("verify");
        assertThat(endpoint(draft).preFlow().request()).isEmpty();
        assertThat(BundleDiff.between(before, draft.bundle()).meansTheSame()).isTrue();
        assertThatThrownBy(() -> draft.removePolicy("verify")).isInstanceOf(BundleInvalid.class);
    }

    @Test
    void addsStepsAtTheirSequenceAndMovesThoseBehind() throws BundleInvalid {
        var draft = Bundles.draft().policy("a", POLICY).policy("b", POLICY).policy("c", POLICY);
        draft.step(PRE, "a", 1, "").lastStep(PRE, "b", "").step(PRE, "c", 1, "request.verb = \"GET\" && 1 < 2");
        var steps = endpoint(draft).preFlow().request();
        assertThat(Bundles.names(steps)).containsExactly("c", "a", "b");
        assertThat(steps.getFirst().condition()).isEqualTo("request.verb = \"GET\" && 1 < 2");
        assertThat(Bundles.text(draft.bundle(), Bundles.PROXY))
                .containsSubsequence("<sequence>1</sequence>", "<sequence>2</sequence>", "<sequence>3</sequence>");
    }

    @Test
    void addsStepsToEveryFlowOfBothSides() throws BundleInvalid {
        for (var flow : List.of("PreFlow", "PostFlow")) {
            for (var side : FlowPlace.Side.values()) {
                for (boolean request : List.of(true, false)) {
                    var draft = BundleDraft.of(Bundles.sap()).policy("p", POLICY);
                    draft.step(new FlowPlace(side, "default", flow, request), "p", 1, "");
                    assertThat(StepPlace.all(BundleReader.read(draft.bundle()).proxy()))
                            .extracting(place -> place.file())
                            .containsExactly(side == FlowPlace.Side.PROXY ? Bundles.PROXY : Bundles.TARGET);
                    assertThat(BundleReader.read(draft.bundle()).findings()).isEmpty();
                }
            }
        }
        var after = BundleDraft.of(Bundles.sap())
                .policy("p", POLICY)
                .step(new FlowPlace(FlowPlace.Side.PROXY, "default", "PostClientFlow", false), "p", 1, "");
        assertThat(Bundles.names(endpoint(after).postClientFlow().response())).containsExactly("p");
    }

    @Test
    void touchesNothingButTheStepInAFileOfAnyForm() throws BundleInvalid {
        var odd = "\uFEFF" + """
                <?xml version='1.0'?>
                <!-- <steps/> -->
                <ProxyEndPoint>
                \t<name>default</name>
                \t<base_path>/a</base_path><!-- ü -->
                \t<preFlow>
                \t\t<request>
                \t\t\t<steps>
                \t\t\t\t<step><policy_name>x</policy_name><sequence>1</sequence></step>
                \t\t\t</steps>
                \t\t</request>
                \t</preFlow>
                \t<a b='>'><![CDATA[</preFlow>]]></a>
                </ProxyEndPoint>""".replace("\n", "\r\n");
        var added = """
                </step>
                \t\t\t\t<step>
                \t\t\t\t\t<policy_name>p</policy_name>
                \t\t\t\t\t<condition/>
                \t\t\t\t\t<sequence>2</sequence>
                \t\t\t\t</step>
                """.replace("\n", "\r\n");
        var draft = BundleDraft.of(Bundles.sap(Bundles.PROXY, odd))
                .policy("p", POLICY)
                .step(PRE, "p", 2, "");
        assertThat(Bundles.text(draft.bundle(), Bundles.PROXY)).isEqualTo(odd.replace("</step>\r\n", added));
        draft.removeStep(PRE, "p");
        assertThat(Bundles.text(draft.bundle(), Bundles.PROXY)).isEqualTo(odd);
    }

    @Test
    void writesPrefixesAndOneLineWhereTheFileDoes() throws BundleInvalid {
        var line = "<s:ProxyEndPoint xmlns:s='http://www.sap.com/apimgmt'><s:name>default</s:name>"
                + "<s:base_path>/a</s:base_path></s:ProxyEndPoint>";
        var draft = BundleDraft.of(Bundles.sap(Bundles.PROXY, line))
                .policy("p", POLICY)
                .step(PRE, "p", 1, "");
        assertThat(Bundles.names(endpoint(draft).preFlow().request())).containsExactly("p");
        assertThat(Bundles.text(draft.bundle(), Bundles.PROXY))
                .contains("<s:step><s:policy_name>p</s:policy_name>")
                .doesNotContain("\n");
    }

    @Test
    void setsBasePathRouteAndTarget() throws BundleInvalid {
        var draft = BundleDraft.of(Bundles.sap());
        var before = draft.bundle();
        draft.basePath("default", "/other");
        assertThat(endpoint(draft).basePath()).isEqualTo("/other");
        assertThat(lost(before, draft.bundle())).containsExactly("<base_path>/demo</base_path>");
        draft.route("default", "default", Optional.empty()).route("default", "more", Optional.of("default"));
        assertThat(endpoint(draft).routeRules())
                .extracting(rule -> rule.name(), rule -> rule.target())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("default", Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("more", Optional.of("default")));
        draft.target("default", new ProxyTarget.Provider("ERP", "/x"));
        var target = BundleReader.read(draft.bundle()).proxy().targetEndpoints().getFirst();
        assertThat(target.provider()).contains("ERP");
        assertThat(target.relativePath()).isEqualTo("/x");
        draft.target("default", new ProxyTarget.Url("https://b.example/"));
        target = BundleReader.read(draft.bundle()).proxy().targetEndpoints().getFirst();
        assertThat(target.url()).contains("https://b.example/");
        assertThat(target.relativePath()).isEmpty();
    }

    @Test
    void addsAndRemovesScripts() throws BundleInvalid {
        var draft = Bundles.draft();
        var before = draft.bundle();
        draft.script("clean.js", "var a;".getBytes(UTF_8));
        assertThat(BundleReader.read(draft.bundle()).proxy().resources()).containsOnlyKeys("jsc://clean.js");
        assertThat(Bundles.text(draft.bundle(), "APIProxy/Orders.xml"))
                .contains("<fileResource type=\"js\">clean</fileResource>");
        draft.removeScript("clean.js");
        assertThat(BundleDiff.between(before, draft.bundle()).meansTheSame()).isTrue();
    }

    @Test
    void refusesWhatCannotBeDoneAndThenHasChangedNothing() throws BundleInvalid {
        var draft = Bundles.draft().policy("p", POLICY);
        var before = draft.bundle();
        var missing = new FlowPlace(FlowPlace.Side.PROXY, "default", "NoSuchFlow", true);
        assertThatThrownBy(() -> draft.step(missing, "p", 1, "")).hasMessageContaining("'NoSuchFlow'");
        assertThatThrownBy(() -> draft.step(PRE, "gone", 1, "")).hasMessageContaining("'gone'");
        assertThatThrownBy(() -> draft.step(FlowPlace.preFlow("gone"), "p", 1, ""))
                .hasMessageContaining("'gone'");
        assertThatThrownBy(() -> draft.policy("../p", POLICY)).hasMessageContaining("'../p'");
        assertThatThrownBy(() -> draft.policy("q", "<Quota>\n<x>")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> draft.basePath("default", "a b")).hasMessageContaining("'a b'");
        assertThatThrownBy(() -> draft.route("default", "r", Optional.of("gone")))
                .hasMessageContaining("'gone'");
        assertThatThrownBy(() -> draft.removeScript("gone.js")).hasMessageContaining("'gone.js'");
        assertThatThrownBy(() -> draft.script("big.js", new byte[Intake.FILE_MAX + 1]))
                .hasMessageContaining("too large");
        assertThat(draft.bundle()).isEqualTo(before);
    }

    @Test
    void refusesToChangeAFileThatCannotBeParsed() throws BundleInvalid {
        var files = new TreeMap<>(Bundles.sap().files());
        files.put(Bundles.WHOLE, "<APIProxy>\n</x>".getBytes(UTF_8));
        var draft = BundleDraft.of(new Bundle("Demo", files));
        assertThatThrownBy(() -> draft.policy("p", POLICY))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining(Bundles.WHOLE + " can't be changed, line 2");
    }

    @Test
    void mergesATemplateBehindTheStepsThatAreThere() throws BundleInvalid, IOException {
        var proxy =
                Bundles.draft().policy("own", POLICY).step(PRE, "own", 7, "").bundle();
        var merged = PolicyTemplate.merge(Bundles.fixture("Template"), proxy);
        assertThat(merged.findings()).isEmpty();
        var read = BundleReader.read(merged.bundle()).proxy();
        assertThat(read.proxyEndpoints().getFirst().preFlow().request())
                .extracting(Step::policy, Step::condition)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("own", ""),
                        org.assertj.core.groups.Tuple.tuple("throttle", ""),
                        org.assertj.core.groups.Tuple.tuple("tooFast", "ratelimit.throttle.failed = \"true\""));
        assertThat(Bundles.names(read.targetEndpoints().getFirst().postFlow().response()))
                .containsExactly("tag");
        assertThat(read.resources()).containsOnlyKeys("jsc://tag.js");
        assertThat(Lint.check(BundleReader.read(merged.bundle()))).isEmpty();
    }

    @Test
    void reportsWhatATemplateNamesLikeTheProxy() throws BundleInvalid, IOException {
        var template = Bundles.fixture("Template");
        var other = Bundles.draft()
                .policy("throttle", "<SpikeArrest><Rate>1ps</Rate></SpikeArrest>")
                .bundle();
        var merged = PolicyTemplate.merge(template, other);
        assertThat(merged.findings())
                .extracting(BundleFinding::file)
                .containsExactly("PolicyTemplateContainer/Policy/throttle.xml");
        assertThat(merged.bundle().file("APIProxy/Policy/throttle.xml"))
                .isEqualTo(other.file("APIProxy/Policy/throttle.xml"));
        var same = Bundles.draft()
                .policy("throttle", Bundles.text(template, "PolicyTemplateContainer/Policy/throttle.xml") + "<!-- -->")
                .bundle();
        assertThat(PolicyTemplate.merge(template, same).findings()).isEmpty();
    }

    @Test
    void reportsATemplateWhoseStepsCannotBeParsed() throws BundleInvalid {
        var template = Bundles.of(
                "PolicyTemplateContainer/T.xml",
                "<PolicyTemplateContainer>\n<proxyEndPointxml>&lt;preFlow&gt;</proxyEndPointxml></PolicyTemplateContainer>");
        assertThat(PolicyTemplate.merge(template, Bundles.sap()).findings())
                .singleElement()
                .satisfies(one -> assertThat(Bundles.line(one))
                        .startsWith("ERROR PolicyTemplateContainer/T.xml:2 <proxyEndPointxml> can't be parsed"));
        assertThatThrownBy(() -> PolicyTemplate.merge(Bundles.sap(), Bundles.sap()))
                .isInstanceOf(BundleInvalid.class);
        assertThat(BundleReader.read(template).deployable()).isFalse();
    }
}
