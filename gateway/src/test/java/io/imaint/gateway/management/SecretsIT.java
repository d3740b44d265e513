package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.ApplicationKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No secret is in what is logged, audited, or answered when something is refused. */
class SecretsIT {
    private static final String PASSWORD = "s3cret-of-sap";

    private final ManagementSystem system = new ManagementSystem();
    private final ManagementSystem.Client admin = system.admin();

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void printsNoSecretOfWhatRequestsCarry() {
        var fresh = new ApplicationKeys(new SecureRandom()).make(Instant.now(), Optional.empty(), Map.of());
        var shown = new ApplicationViews.ShownOnce(
                fresh.key(),
                fresh.secret(),
                new ApplicationViews.Shown(
                        "id",
                        "app",
                        "",
                        "",
                        "",
                        "",
                        io.imaint.gateway.registry.Application.Status.APPROVED,
                        List.of(),
                        Map.of()));
        var provider = new ProviderRoutes.Input(
                "", "", ProviderRoutes.Type.INTERNET, "host", 1, true, "", "", "user", PASSWORD, "", "", "", "");
        var entry = new MapRoutes.Entry("k", PASSWORD);
        var upload = new CertificateRoutes.Upload(SampleCertificates.CERTIFICATE, SampleCertificates.KEY);

        assertThat(List.of(fresh, shown, provider, new MapRoutes.Content(List.of(entry)), upload)
                        .toString())
                .doesNotContain(fresh.key(), fresh.secret(), PASSWORD, "BEGIN PRIVATE KEY");
    }

    @Test
    void leavesNoSecretInTheAuditTrailOrInRefusals() {
        var made = admin.post("/applications", """
                {"name": "app", "title": "", "developer": "dev@example.com", "callbackUrl": "", "products": [],
                "attributes": {}}""");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var map = """
                {"scope": "ENVIRONMENT", "name": "m", "entries": [{"key": "k", "value": "%s"}]}""".formatted(PASSWORD);
        admin.post("/key-value-maps", map);
        var store = admin.post("/certificate-stores", "{\"name\": \"own\"}");

        var again = admin.post("/key-value-maps", map);
        var wrong = admin.put("/certificate-stores/own/entries/me", """
                {"certificates": "none", "privateKey": "%s"}""".formatted(PASSWORD), store.etag());

        assertThat(again.status()).isGreaterThanOrEqualTo(400);
        assertThat(wrong.status()).isGreaterThanOrEqualTo(400);
        assertThat(again.text() + wrong.text()).doesNotContain(PASSWORD);
        assertThat(system.records.trail())
                .isNotEmpty()
                .asString()
                .doesNotContain(PASSWORD, made.text("/key"), made.text("/secret"));
    }
}
