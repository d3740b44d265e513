package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Proxies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ProxiesIT {
    private static final String POLICY_FILE = "?path=APIProxy/Policy/verify.xml";
    private static final String POLICY = "<VerifyAPIKey>\n<APIKey ref='a'/>\n</VerifyAPIKey>\n";

    private final ManagementSystem system = new ManagementSystem();
    private final ManagementSystem.Client admin = system.admin();

    @AfterEach
    void stop() {
        system.close();
    }

    private ManagementSystem.Answer importZip(String name, String basePath, String policy) {
        return admin.upload("/import?note=because", BundleZip.write(ManagementSystem.bundle(name, basePath, policy)));
    }

    private static String text(String text) {
        return "{\"text\": %s, \"note\": \"why\"}".formatted(new JsonMapper().writeValueAsString(text));
    }

    @Test
    void importsABundleAndShowsItsFlowsAsSteps() {
        var made = importZip("Demo", "/demo", POLICY);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.response().headers().firstValue("Location")).contains("/api/api-management/proxies/Demo");
        assertThat(made.text("/proxyEndpoints/0/flows/0/request/0/policy")).isEqualTo("verify");
        assertThat(made.text("/proxyEndpoints/0/flows/0/request/0/type")).isEqualTo("VerifyAPIKey");
        assertThat(made.text("/proxyEndpoints/0/flows/0/request/0/condition")).isEqualTo("a = 1");
        assertThat(made.text("/policies/1/file")).isEqualTo("APIProxy/Policy/verify.xml");
        assertThat(made.text("/revision/note")).isEqualTo("because");
        assertThat(made.text("/revision/by")).isEqualTo("admin");
        assertThat(admin.get("/proxies").each("title")).containsExactly("Title of Demo");
    }

    @Test
    void exportsWhatWasImported() {
        var files = ManagementSystem.bundle("Demo", "/demo", POLICY);
        files.put("APIProxy/Strange/kept.bin", new byte[] {0, 1, -1});
        admin.upload("/import", BundleZip.write(files));

        var zip = admin.get("/proxies/Demo/bundle");

        assertThat(zip.response().headers().firstValue("Content-Type")).contains("application/zip");
        assertThat(BundleZip.digest(Proxies.files(zip.response().body()))).isEqualTo(BundleZip.digest(files));
        assertThat(admin.get("/proxies/Demo/file?path=APIProxy/Strange/kept.bin")
                        .status())
                .isEqualTo(404);
        assertThat(admin.get("/proxies/Demo/files").json().at("/items/3/text").asBoolean())
                .isTrue();
    }

    @Test
    void refusesWhatIsNoBundle() {
        var none = admin.upload("/import", "no zip".getBytes(StandardCharsets.UTF_8));
        var other = admin.upload(
                "/import", BundleZip.write(new TreeMap<>(Map.of("a.xml", "<a/>".getBytes(StandardCharsets.UTF_8)))));
        var evil = admin.upload(
                "/import", BundleZip.write(new TreeMap<>(Map.of("../a", "x".getBytes(StandardCharsets.UTF_8)))));

        assertThat(none.text("/code")).isEqualTo("api-bundle-invalid");
        assertThat(other.text()).contains("none of the folders");
        assertThat(evil.text("/detail")).contains("'../a'");
        assertThat(admin.get("/proxies").each("name")).isEmpty();
    }

    @Test
    void deploysRevisionsAndRollsBack() {
        importZip("Demo", "/demo", POLICY);
        importZip("Demo", "/demo", "<Quota/>");

        var deployed = admin.post("/proxies/Demo/deploy");
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(200);
        assertThat(system.runtime.revision("Demo")).isEqualTo(2);
        assertThat(system.registry.deployed()).containsExactly("Demo");
        assertThat(admin.post("/proxies/Demo/rollback").json().at("/deployed").asInt())
                .isEqualTo(1);
        assertThat(system.runtime.revision("Demo")).isEqualTo(1);
        assertThat(admin.post("/proxies/Demo/rollback").status()).isEqualTo(404);
        assertThat(admin.post("/proxies/Demo/deploy?revision=2")
                        .json()
                        .at("/deployed")
                        .asInt())
                .isEqualTo(2);
        assertThat(admin.get("/proxies/Demo/revisions").each("deployed")).containsExactly("true", "false");
        assertThat(admin.post("/proxies/Demo/deploy?revision=9").status()).isEqualTo(404);
        assertThat(admin.post("/proxies/Demo/undeploy").json().at("/deployed").isNull())
                .isTrue();
        assertThat(system.runtime.revision("Demo")).isNull();
        assertThat(system.records.trail())
                .flatExtracting(entry -> entry.facts())
                .contains(new Proxies.ProxyDeployed("Demo", 2), new Proxies.ProxyUndeployed("Demo"));
    }

    @Test
    void changesNoDeploymentThatSomebodyElseHasChanged() {
        importZip("Demo", "/demo", POLICY);
        var seen = importZip("Demo", "/demo", "<Quota/>").etag();
        admin.post("/proxies/Demo/deploy");

        for (var change : List.of("deploy", "undeploy", "rollback", "synchronize")) {
            var late = admin.send("POST", "/proxies/Demo/" + change, null, seen);
            assertThat(late.status()).as(change).isEqualTo(412);
            assertThat(late.json().at("/current/deployed").asInt()).as(change).isEqualTo(2);
        }
        assertThat(system.runtime.revision("Demo")).isEqualTo(2);
        var rolledBack = admin.send(
                "POST",
                "/proxies/Demo/rollback",
                null,
                admin.get("/proxies/Demo").etag());
        assertThat(rolledBack.status()).isEqualTo(200);
        assertThat(admin.send("POST", "/proxies/Demo/undeploy", null, rolledBack.etag())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void listsHowManyFindingsTheNewestRevisionHas() {
        importZip("Demo", "/demo", POLICY);
        assertThat(admin.get("/proxies").json().at("/items/0/deployable").asBoolean())
                .isTrue();
        assertThat(admin.get("/proxies").json().at("/items/0/findings").asInt()).isZero();

        importZip("Demo", "/demo", "<Broken>");

        assertThat(admin.get("/proxies").json().at("/items/0/deployable").asBoolean())
                .isFalse();
        assertThat(admin.get("/proxies").json().at("/items/0/findings").asInt()).isOne();
    }

    @Test
    void neverDisturbsWhatRunsByABadRevision() {
        importZip("Demo", "/demo", POLICY);
        admin.post("/proxies/Demo/deploy");
        importZip("Demo", "/demo", "<Broken>");

        var refused = admin.post("/proxies/Demo/deploy");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/code")).isEqualTo("api-proxy-not-deployable");
        assertThat(refused.text("/errors/0/parameter")).startsWith("APIProxy/Policy/verify.xml:");
        assertThat(system.runtime.revision("Demo")).isEqualTo(1);
        assertThat(admin.get("/proxies/Demo").json().at("/deployable").asBoolean())
                .isFalse();
        assertThat(admin.get("/proxies/Demo?revision=1")
                        .json()
                        .at("/deployable")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void compilesARefusedRevisionAgainWhenWhatItMayLackHasCome() {
        importZip("Demo", "/demo", POLICY);
        system.runtime.broken = true;

        var deployed = admin.post("/proxies/Demo/deploy");

        assertThat(deployed.status()).isEqualTo(200);
        assertThat(deployed.text("/failure")).contains("the runtime is broken");
        Awaitility.await() // It looks each second, and nothing has changed.
                .during(LiveRegistry.INTERVAL.multipliedBy(3))
                .until(() -> system.runtime.compilations.get() == 1);
        system.runtime.broken = false;
        new Configuration(system.records, system.sealing, kind -> {})
                .certificates()
                .insert(new CertificateStore("trust", Map.of(), Map.of()));
        Awaitility.await().until(() -> system.runtime.running("Demo").isPresent());
        assertThat(system.runtime.compilations).hasValue(2);
        assertThat(admin.get("/proxies/Demo").json().at("/proxy/failure").isNull())
                .isTrue();
    }

    @Test
    void runsInEveryProcess() {
        importZip("Demo", "/demo", POLICY);
        try (var registry = LiveRegistry.start(system.records, system.sealing)) {
            var runtime = new XmlRuntime();
            registry.onProxies(new Deployments(system.records.bundles(), runtime));
            assertThat(runtime.revision("Demo")).isNull();

            admin.post("/proxies/Demo/deploy");
            Awaitility.await().until(() -> runtime.running("Demo").isPresent());
            admin.post("/proxies/Demo/undeploy");
            Awaitility.await().until(() -> runtime.running("Demo").isEmpty());
        }
    }

    @Test
    void servesEachPathByOneProxy() {
        importZip("One", "/same", POLICY);
        importZip("Two", "/same", POLICY);
        admin.post("/proxies/One/deploy");

        assertThat(admin.post("/proxies/Two/deploy").text("/errors/0/reason"))
                .isEqualTo("the base path /same is that of proxy 'One'");
        admin.post("/proxies/One/undeploy");
        assertThat(admin.post("/proxies/Two/deploy").status()).isEqualTo(200);
    }

    @Test
    void savesAPolicyAsANewRevision() {
        importZip("Demo", "/demo", POLICY);
        var shown = admin.get("/proxies/Demo/file" + POLICY_FILE);
        assertThat(shown.text("/text")).isEqualTo(POLICY);

        var saved = admin.put("/proxies/Demo/file" + POLICY_FILE, text(POLICY.replace("'a'", "'b'")), shown.etag());

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(saved.json().at("/revision").asInt()).isEqualTo(2);
        var late = admin.put("/proxies/Demo/file" + POLICY_FILE, text("<X/>"), shown.etag());
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().at("/current/latest").asInt()).isEqualTo(2);
        var broken = admin.put("/proxies/Demo/file" + POLICY_FILE, text("<X>"), saved.etag());
        assertThat(broken.status()).as(broken.text()).isEqualTo(200);
        assertThat(broken.text("/findings/0/reason")).isEqualTo("is not well-formed");
        assertThat(broken.json().at("/deployable").asBoolean()).isFalse();
        assertThat(admin.get("/proxies/Demo/file" + POLICY_FILE + "&revision=1").text("/text"))
                .isEqualTo(POLICY);
    }

    @Test
    void checksATextWithoutSavingIt() {
        importZip("Demo", "/demo", POLICY);

        var found = admin.post("/proxies/Demo/file/check" + POLICY_FILE, text("<X>"));

        assertThat(found.each("gravity")).containsExactly("ERROR");
        assertThat(admin.post("/proxies/Demo/file/check" + POLICY_FILE, text("<X/>"))
                        .each("gravity"))
                .isEmpty();
        assertThat(admin.get("/proxies/Demo/revisions").each("number")).containsExactly("1");
        assertThat(admin.post("/proxies/Demo/file/check?path=../x", text("")).text("/code"))
                .isEqualTo("api-bundle-invalid");
    }

    @Test
    void showsHowRevisionsDiffer() {
        importZip("Demo", "/demo", POLICY);
        var etag = admin.get("/proxies/Demo").etag();
        var saved = admin.put("/proxies/Demo/file" + POLICY_FILE, text(POLICY.replace("'a'", "'b'")), etag);
        admin.put("/proxies/Demo/file?path=APIProxy/FileResource/x.js", text("var x;"), saved.etag());

        var diff = admin.get("/proxies/Demo/diff?from=1");

        assertThat(diff.each("file")).containsExactly("APIProxy/FileResource/x.js", "APIProxy/Policy/verify.xml");
        assertThat(diff.each("change")).containsExactly("added", "changed");
        assertThat(diff.json().at("/items/1/lines").valueStream())
                .map(line -> line.get("sign").asString() + line.get("text").asString())
                .containsExactly(" <VerifyAPIKey>", "-<APIKey ref='a'/>", "+<APIKey ref='b'/>", " </VerifyAPIKey>");
        assertThat(admin.get("/proxies/Demo/diff?from=2&to=2").each("file")).isEmpty();
    }

    @Test
    void removesFilesAndProxies() {
        importZip("Demo", "/demo", POLICY);
        var etag = admin.get("/proxies/Demo").etag();
        var removed = admin.delete("/proxies/Demo/file" + POLICY_FILE, etag);
        assertThat(removed.status()).as(removed.text()).isEqualTo(200);
        assertThat(removed.json().at("/policies").valueStream())
                .map(policy -> policy.get("name").asString())
                .containsExactly("defaultRaiseFaultPolicy");
        assertThat(admin.delete("/proxies/Demo/file" + POLICY_FILE, removed.etag())
                        .status())
                .isEqualTo(404);
        var deployed = admin.post("/proxies/Demo/deploy");

        assertThat(admin.delete("/proxies/Demo", deployed.etag()).text("/code")).isEqualTo("api-entity-in-use");
        var idle = admin.post("/proxies/Demo/undeploy");
        assertThat(admin.delete("/proxies/Demo", deployed.etag()).status()).isEqualTo(412);
        assertThat(admin.delete("/proxies/Demo", idle.etag()).status()).isEqualTo(204);
        assertThat(admin.get("/proxies/Demo").status()).isEqualTo(404);
    }

    @Test
    void resealsForAdministratorsOnly() {
        admin.post("/providers", "{\"name\": \"S4\", \"settings\": %s}".formatted(ProvidersIT.settings(1, "")));

        assertThat(system.as("dev", "api-management.develop").post("/reseal").status())
                .isEqualTo(403);
        assertThat(admin.post("/reseal").json().at("/current").asInt()).isEqualTo(1);
    }

    @Test
    void letsReadersChangeNothing() {
        importZip("Demo", "/demo", POLICY);
        var reader = system.as("reader", "api-management.read");

        assertThat(reader.get("/proxies").status()).isEqualTo(200);
        assertThat(reader.get("/products").status()).isEqualTo(200);
        assertThat(reader.post("/proxies/Demo/deploy").status()).isEqualTo(403);
        assertThat(reader.post("/providers/S4/test-connection").status()).isEqualTo(403);
        assertThat(reader.get("/hub/products").status()).isEqualTo(403);
        assertThat(reader.get("/applications").status()).isEqualTo(403);
    }
}
