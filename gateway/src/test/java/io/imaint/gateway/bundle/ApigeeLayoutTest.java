package io.imaint.gateway.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.model.RouteRule;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ApigeeLayoutTest {
    @Test
    void readsAnApigeeProxyOntoTheSameModel() throws BundleInvalid, IOException {
        var bundle = Bundles.fixture("Apigee");
        assertThat(bundle.name()).isEqualTo("orders");
        assertThat(Lint.check(BundleReader.read(bundle))).isEmpty();
        var proxy = BundleReader.read(bundle).proxy();
        assertThat(proxy.title()).isEqualTo("Orders");
        assertThat(proxy.description()).isEqualTo("Orders of a plant");
        assertThat(proxy.resources()).containsOnlyKeys("jsc://clean.js");
        var endpoint = proxy.proxyEndpoints().getFirst();
        assertThat(endpoint.basePath()).isEqualTo("/orders");
        assertThat(endpoint.properties()).containsEntry("response.streaming.enabled", "true");
        assertThat(Bundles.names(endpoint.preFlow().request())).containsExactly("verify-key", "clean");
        assertThat(endpoint.preFlow().request().getLast().condition()).isEqualTo("request.verb != \"GET\"");
        assertThat(endpoint.conditionalFlows()).singleElement().satisfies(flow -> {
            assertThat(flow.name()).isEqualTo("list");
            assertThat(flow.condition()).isEqualTo("proxy.pathsuffix MatchesPath \"/list\"");
            assertThat(Bundles.names(flow.response())).containsExactly("clean");
        });
        assertThat(Bundles.names(endpoint.postClientFlow().response())).containsExactly("say-why");
        assertThat(endpoint.routeRules()).extracting(RouteRule::name).containsExactly("options", "default");
        assertThat(endpoint.routeRules().getFirst().target()).isEmpty();
    }

    @Test
    void readsItsFaultRules() throws BundleInvalid, IOException {
        var endpoint = BundleReader.read(Bundles.fixture("Apigee"))
                .proxy()
                .proxyEndpoints()
                .getFirst();
        assertThat(endpoint.faultRules()).singleElement().satisfies(rule -> {
            assertThat(rule.name()).isEqualTo("bad-key");
            assertThat(rule.condition()).isEqualTo("fault.name = \"InvalidApiKey\"");
            assertThat(rule.steps().getFirst().condition()).isEqualTo("request.header.accept = \"text/plain\"");
        });
        assertThat(endpoint.defaultFaultRule())
                .hasValueSatisfying(rule -> assertThat(rule.alwaysEnforce()).isTrue());
    }

    @Test
    void readsServersOfALoadBalancerAsProviders() throws BundleInvalid, IOException {
        var target = BundleReader.read(Bundles.fixture("Apigee"))
                .proxy()
                .targetEndpoints()
                .getFirst();
        assertThat(target.provider()).contains("first");
        assertThat(target.moreProviders()).containsExactly("second");
        assertThat(target.relativePath()).isEqualTo("/orders");
        assertThat(target.retry()).isTrue();
        assertThat(target.healthMonitor()).isTrue();
        assertThat(target.properties()).containsEntry("io.timeout.millis", "5000");
    }

    @Test
    void namesPoliciesByTheirAttribute() throws BundleInvalid, IOException {
        assertThat(BundleReader.read(Bundles.fixture("Apigee")).proxy().policies())
                .containsOnlyKeys("verify-key", "clean", "say-why")
                .allSatisfy(
                        (name, policy) -> assertThat(policy.root().namespace()).isEmpty());
    }

    @Test
    void refusesARouteToAUrl() {
        var findings = BundleReader.read(Bundles.of(
                        "apiproxy/demo.xml",
                        "<APIProxy name='demo'/>",
                        "apiproxy/proxies/default.xml",
                        "<ProxyEndpoint name='default'><HTTPProxyConnection><BasePath>/a</BasePath></HTTPProxyConnection>\n"
                                + "<RouteRule name='x'><URL>https://a.example</URL></RouteRule></ProxyEndpoint>"))
                .findings();
        assertThat(findings)
                .extracting(Bundles::line)
                .containsExactly(
                        "ERROR apiproxy/proxies/default.xml:2 a route rule names a target endpoint; <URL> is not read");
    }

    @Test
    void doesNotChangeIt() {
        var bundle = Bundles.of("apiproxy/demo.xml", "<APIProxy name='demo'/>");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> BundleDraft.of(bundle))
                .isInstanceOf(BundleInvalid.class)
                .hasMessageContaining("SAP's layout");
    }
}
