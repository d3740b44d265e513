package io.imaint.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.sealing.SealingKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BundleChecksTest {
    private static final String PROXY = "APIProxy/APIProxyEndPoint/default.xml";

    private static List<BundleFinding> findings(String... pathsAndTexts) {
        var sealing = new Sealing(new SealingKey(
                "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
        return BundleChecks.of(bundle(pathsAndTexts), GatewayRecords.inMemory(InstantSource.system()), sealing);
    }

    /** A proxy in which nothing is to be found, with a step and with other files in it. */
    static Bundle bundle(String... pathsAndTexts) {
        var files = new TreeMap<String, byte[]>();
        put(files, "APIProxy/Demo.xml", "<APIProxy><name>Demo</name><title>Demo</title></APIProxy>");
        put(files, PROXY, endpoint("/demo", "default", "p"));
        put(
                files,
                "APIProxy/APITargetEndPoint/default.xml",
                "<TargetEndPoint><name>default</name><url>https://backend.example/</url></TargetEndPoint>");
        put(files, "APIProxy/Policy/p.xml", "<RaiseFault/>");
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            put(files, pathsAndTexts[i], pathsAndTexts[i + 1]);
        }
        return new Bundle("Demo", files);
    }

    private static void put(Map<String, byte[]> files, String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String endpoint(String basePath, String target, String policy) {
        return """
                <ProxyEndPoint><name>default</name><base_path>%s</base_path>
                <preFlow><request><steps><step><policy_name>%s</policy_name></step></steps></request></preFlow>
                <routeRules><routeRule><name>r</name><targetEndPointName>%s</targetEndPointName></routeRule></routeRules>
                </ProxyEndPoint>""".formatted(basePath, policy, target);
    }

    private static List<String> lines(List<BundleFinding> findings) {
        return findings.stream()
                .map(one -> "%s %s:%d %s".formatted(one.gravity(), one.file(), one.line(), one.reason()))
                .toList();
    }

    @Test
    void findsNothingInAGoodProxy() {
        assertThat(lines(findings())).isEmpty();
    }

    @Test
    void saysOnceWhatIsMissing() {
        assertThat(lines(findings(PROXY, endpoint("/demo", "gone", "nothing"))))
                .containsExactlyInAnyOrder(
                        "ERROR " + PROXY
                                + ":2 the bundle has no policy 'nothing' that can be read; add it to the policies, or"
                                + " remove the step",
                        "ERROR " + PROXY
                                + ":3 the route rule 'r' leads to the target endpoint 'gone', which the bundle does"
                                + " not have",
                        "WARNING APIProxy/APITargetEndPoint/default.xml:1 no route rule leads to the target endpoint"
                                + " 'default'",
                        "WARNING APIProxy/Policy/p.xml:1 no step uses the policy 'p'");
    }

    @Test
    void knowsThePoliciesOfApigeeAndOthersThatDoNotRun() {
        assertThat(lines(
                        findings("APIProxy/Policy/p.xml", "<JavaCallout><ClassName a='b'>x</ClassName></JavaCallout>")))
                .containsExactly("ERROR APIProxy/Policy/p.xml:1 <JavaCallout> is a policy that only Apigee has");
        assertThat(lines(findings("APIProxy/Policy/p.xml", "<Frobnicate/>")))
                .containsExactly("ERROR APIProxy/Policy/p.xml:1 no policy is called <Frobnicate>");
        assertThat(lines(findings("APIProxy/Policy/p.xml", "<Script><ResourceURL>py://a.py</ResourceURL></Script>")))
                .singleElement()
                .asString()
                .startsWith("ERROR APIProxy/Policy/p.xml:1 the Python script 'py://a.py' can't run here");
    }

    @Test
    void deploysTheRetiredPolicyWithAWarning() {
        assertThat(lines(findings(
                        "APIProxy/Policy/p.xml",
                        "<ConcurrentRatelimit><AllowConnections count='1' ttl='5'/></ConcurrentRatelimit>")))
                .containsExactly(
                        "WARNING APIProxy/Policy/p.xml:1 <ConcurrentRatelimit> is kept, but not applied: SAP has"
                                + " retired it; use <SpikeArrest> or <Quota>");
    }
}
