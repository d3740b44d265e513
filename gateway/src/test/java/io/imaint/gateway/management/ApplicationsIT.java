package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Hashes;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApplicationsIT {
    private final ManagementSystem system = new ManagementSystem();
    private final ManagementSystem.Client admin = system.admin();
    private final ManagementSystem.Client anna = system.as("anna", "api-hub.use");
    private final ManagementSystem.Client bela = system.as("bela", "api-hub.use");

    @BeforeEach
    void publishAProduct() {
        admin.upload("/import", BundleZip.write(ManagementSystem.bundle("ICWP", "/icwp", "<VerifyAPIKey/>")));
        product("iCWPIntegrationSuite", "");
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private void product(String name, String more) {
        var made = admin.post(
                "/products",
                "{\"name\": \"%s\", \"settings\": {\"title\": \"T\", \"proxies\": [\"ICWP\"]%s}}"
                        .formatted(name, more));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/published").asBoolean()).isFalse();
        var published = admin.send("POST", "/products/%s/publish".formatted(name), null, made.etag());
        assertThat(published.json().at("/published").asBoolean()).isTrue();
    }

    private static String application(String... products) {
        return "{\"name\": \"app\", \"products\": [%s]}"
                .formatted(products.length == 0 ? "" : "\"" + String.join("\",\"", products) + "\"");
    }

    @Test
    void showsKeyAndSecretOnce() {
        var made = admin.post("/applications", application("iCWPIntegrationSuite"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var key = made.text("/key");
        assertThat(key).matches("[A-Za-z0-9]{32}");
        assertThat(made.text("/secret")).matches("[A-Za-z0-9]{16}");
        var consumer = system.registry.consumer(key).orElseThrow();
        assertThat(consumer.products()).extracting(product -> product.name()).containsExactly("iCWPIntegrationSuite");
        assertThat(Hashes.matches(made.text("/secret"), consumer.credential().secretHash()))
                .isTrue();
        var shown = admin.get("/applications/" + made.text("/application/id"));
        assertThat(shown.text()).doesNotContain(key, made.text("/secret"), "secretHash");
        assertThat(shown.text("/keys/0/hint")).isEqualTo(key.substring(0, 4));
        assertThat(shown.json().at("/attributes").isEmpty()).isTrue();
    }

    @Test
    void rotatesAKeyAtOnceOrAfterAWhile() {
        var made = admin.post("/applications", application("iCWPIntegrationSuite"));
        var path = "/applications/%s/keys/".formatted(made.text("/application/id"));

        var second = admin.post(path + made.text("/application/keys/0/id") + "/rotate");

        assertThat(second.status()).as(second.text()).isEqualTo(200);
        assertThat(system.registry
                        .consumer(made.text("/key"))
                        .orElseThrow()
                        .credential()
                        .status())
                .isEqualTo(Status.REVOKED);
        var consumer = system.registry.consumer(second.text("/key")).orElseThrow();
        assertThat(consumer.credential().products()).containsOnlyKeys("iCWPIntegrationSuite");
        var third = admin.post(path + consumer.credential().keyHash() + "/rotate?overlap=PT24H");
        var before = system.registry.consumer(second.text("/key")).orElseThrow().credential();
        assertThat(before.status()).isEqualTo(Status.APPROVED);
        assertThat(before.expiresAt()).contains(system.now.plus(Duration.ofHours(24)));
        assertThat(third.json().at("/application/keys").size()).isEqualTo(3);
        assertThat(admin.post(path + "none/rotate").status()).isEqualTo(404);
        assertThat(admin.post(path + before.keyHash() + "/rotate?overlap=PT8000H")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void revokesKeysSubscriptionsAndApplications() {
        var made = admin.post("/applications", application("iCWPIntegrationSuite"));
        var path = "/applications/" + made.text("/application/id");
        var more = admin.post(path + "/keys?expiresAt=" + system.now.plusSeconds(60));
        assertThat(more.status()).as(more.text()).isEqualTo(200);

        admin.post(path + "/subscriptions/iCWPIntegrationSuite/revoke");
        assertThat(system.registry
                        .consumer(more.text("/key"))
                        .orElseThrow()
                        .credential()
                        .products())
                .containsEntry("iCWPIntegrationSuite", Status.REVOKED);
        admin.post(path + "/keys/%s/revoke".formatted(made.text("/application/keys/0/id")));
        assertThat(system.registry
                        .consumer(made.text("/key"))
                        .orElseThrow()
                        .credential()
                        .status())
                .isEqualTo(Status.REVOKED);
        var revoked = admin.post(path + "/revoke");
        assertThat(revoked.text("/status")).isEqualTo("REVOKED");
        assertThat(admin.post(path + "/approve").text("/status")).isEqualTo("APPROVED");
        assertThat(admin.post(path + "/subscriptions/none/approve").status()).isEqualTo(404);
        var past = admin.post(path + "/keys?expiresAt=2020-01-01T00:00:00Z");
        assertThat(past.status()).isEqualTo(422);
    }

    @Test
    void keepsNoMoreThanTenKeys() {
        var made = admin.post("/applications", application());
        var path = "/applications/" + made.text("/application/id");
        for (int i = 1; i < ApplicationEditing.KEYS_MAX; i++) {
            assertThat(admin.post(path + "/keys").status()).isEqualTo(200);
        }

        assertThat(admin.post(path + "/keys").text("/code")).isEqualTo("api-limit-reached");
        admin.post(path + "/keys/%s/revoke".formatted(made.text("/application/keys/0/id")));
        assertThat(admin.post(path + "/keys").status()).isEqualTo(200);
        assertThat(system.registry.consumer(made.text("/key"))).isEmpty();
    }

    @Test
    void keepsAProductThatIsSubscribedTo() {
        var made = admin.post("/applications", application("iCWPIntegrationSuite"));
        var etag = admin.get("/products/iCWPIntegrationSuite").etag();

        assertThat(admin.delete("/products/iCWPIntegrationSuite", etag).text("/code"))
                .isEqualTo("api-entity-in-use");
        admin.delete(
                "/applications/%s/subscriptions/iCWPIntegrationSuite".formatted(made.text("/application/id")), null);
        assertThat(admin.delete("/products/iCWPIntegrationSuite", etag).status())
                .isEqualTo(204);
    }

    @Test
    void refusesAProductOfProxiesThatAreNotThere() {
        var wrong = admin.post(
                "/products",
                "{\"name\": \"P\", \"settings\": {\"proxies\": [\"none\"], \"paths\": {\"ICWP\": [\"/a\"]}, \"quota\":"
                        + " {\"limit\": 5, \"interval\": 1, \"timeUnit\": \"minute\"}}}");

        assertThat(wrong.status()).as(wrong.text()).isEqualTo(422);
        assertThat(wrong.text()).contains("/settings/proxies/0", "/settings/paths/ICWP");
    }

    @Test
    void showsDevelopersWhatIsPublished() {
        var hidden = admin.post("/products", "{\"name\": \"hidden\", \"settings\": {\"proxies\": [\"ICWP\"]}}");
        assertThat(hidden.status()).isEqualTo(201);

        var products = anna.get("/hub/products");

        assertThat(products.each("name")).containsExactly("iCWPIntegrationSuite");
        assertThat(products.text("/items/0/endpoints/0/basePath")).isEqualTo("/icwp");
        assertThat(anna.post("/hub/applications", application("hidden")).text()).contains("/products/0");
        assertThat(anna.post("/hub/applications", application("iCWPIntegrationSuite"))
                        .status())
                .isEqualTo(201);
        assertThat(anna.get("/hub/products").text("/items/0/subscribed/0")).isEqualTo("app");
        assertThat(bela.get("/hub/products").json().at("/items/0/subscribed").isEmpty())
                .isTrue();
    }

    @Test
    void hidesTheApplicationsOfOthers() {
        var made = anna.post("/hub/applications", application("iCWPIntegrationSuite"));
        var id = made.text("/application/id");
        var key = made.text("/application/keys/0/id");

        assertThat(bela.get("/hub/applications").each("id")).isEmpty();
        assertThat(bela.get("/hub/applications/" + id).status()).isEqualTo(404);
        assertThat(bela.post("/hub/applications/%s/keys".formatted(id)).status())
                .isEqualTo(404);
        assertThat(bela.post("/hub/applications/%s/keys/%s/rotate".formatted(id, key))
                        .status())
                .isEqualTo(404);
        assertThat(bela.post("/hub/applications/%s/keys/%s/revoke".formatted(id, key))
                        .status())
                .isEqualTo(404);
        assertThat(bela.delete("/hub/applications/" + id, made.etag()).status()).isEqualTo(404);
        assertThat(anna.get("/hub/applications").each("owner")).containsExactly("anna");
        assertThat(admin.get("/applications").each("developer")).containsExactly("anna");
        assertThat(anna.post("/hub/applications", "{\"name\": \"x\", \"developer\": \"bela@example.com\"}")
                        .text())
                .contains("/developer");
        assertThat(anna.post("/hub/applications", "{\"name\": \"x\", \"attributes\": {\"imaint.owner\": \"bela\"}}")
                        .text())
                .contains("/attributes");
    }

    @Test
    void letsSomebodyApproveWhatIsNotFree() {
        product("special", ", \"attributes\": {\"approval\": \"manual\"}");
        var made = anna.post("/hub/applications", application());
        var path = "/applications/" + made.text("/application/id");

        var subscribed = anna.put("/hub" + path + "/subscriptions/special", null, null);

        assertThat(subscribed.text("/keys/0/products/special")).isEqualTo("PENDING");
        assertThat(anna.post(path + "/subscriptions/special/approve").status()).isEqualTo(403);
        assertThat(admin.post(path + "/subscriptions/special/approve").text("/keys/0/products/special"))
                .isEqualTo("APPROVED");
        assertThat(anna.delete("/hub" + path + "/subscriptions/special", null)
                        .json()
                        .at("/keys/0/products")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void changesTheOwnersWordsOfAnApplication() {
        var made = anna.post("/hub/applications", application());
        var path = "/hub/applications/" + made.text("/application/id");

        var changed = anna.put(
                path,
                "{\"title\": \"Mine\", \"callbackUrl\": \"https://app.example.com/cb\", \"attributes\": {\"a\": \"1\"}}",
                made.etag());

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text("/attributes/a")).isEqualTo("1");
        assertThat(changed.text("/owner")).isEqualTo("anna");
        assertThat(anna.put(path, "{\"callbackUrl\": \"javascript:x\"}", changed.etag())
                        .status())
                .isEqualTo(400);
        assertThat(anna.delete(path, changed.etag()).status()).isEqualTo(204);
        assertThat(anna.get(path).status()).isEqualTo(404);
    }

    @Test
    void notesWhoDidWhat() {
        var made = anna.post("/hub/applications", application());

        assertThat(system.records.trail())
                .filteredOn(entry -> entry.kind().equals("ApiApplication"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.caller()).isEqualTo("anna");
                    assertThat(entry.facts())
                            .containsExactly(new ApplicationEditing.ApplicationKeyMade(
                                    made.text("/application/id"),
                                    made.text("/key").substring(0, 4)));
                });
    }
}
