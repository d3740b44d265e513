package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.expression.CompiledXPath;
import io.imaint.gateway.expression.XmlDocuments;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessEntityTest {
    private final PolicyRig rig = new PolicyRig();

    @BeforeEach
    void begin() {
        rig.contents = new Contents(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        product("Other", Map.of("Demo", List.of("/other"))),
                        product("Orders", Map.of("Demo", List.of("/orders")))),
                List.of(new Application(
                        "id-1",
                        "app",
                        "The app",
                        "a&b@example.com",
                        "https://example.com/back",
                        Status.APPROVED,
                        List.of(new Application.Credential(
                                Hashes.of("key"),
                                "key",
                                Hashes.of("secret"),
                                Status.APPROVED,
                                Instant.EPOCH,
                                Optional.empty(),
                                Map.of("Orders", Status.APPROVED, "Other", Status.APPROVED))),
                        Map.of("department", "sales"))),
                Set.of());
        rig.request.headers().set("apikey", "key");
    }

    private static Product product(String name, Map<String, List<String>> paths) {
        return new Product(
                name,
                "Title of " + name,
                "",
                List.of("Demo"),
                paths,
                List.of("read"),
                true,
                Optional.of(new Product.QuotaTerms(10, 1, "minute")),
                Map.of());
    }

    private static String policy(String entity, String identifier) {
        return "<AccessEntity xmlns='http://www.sap.com/apimgmt'><EntityType value='%s'/>%s</AccessEntity>"
                .formatted(entity, identifier);
    }

    private String profile(String entity, String identifier) throws Exception {
        return String.valueOf(
                rig.run(AccessEntity.TYPE, policy(entity, identifier)).get("AccessEntity.P"));
    }

    private static String by(String ref, String type) {
        return "<EntityIdentifier ref='%s' type='%s'/>".formatted(ref, type);
    }

    @Test
    @Covers({"AccessEntity/EntityType@value", "AccessEntity/EntityIdentifier@ref", "AccessEntity/EntityIdentifier@type"
    })
    void findsTheDeveloperOfAKey() throws Exception {
        var profile = profile("developer", by("request.header.apikey", "consumerkey"));

        assertThat(new CompiledXPath("/Developer/Email", Map.of()).evaluate(XmlDocuments.parse(profile)))
                .hasValueSatisfying(found -> assertThat(found.text()).isEqualTo("a&b@example.com"));
    }

    @Test
    @Covers("AccessEntity/EntityType@value")
    void findsTheApplicationAndTheKey() throws Exception {
        assertThat(profile("app", by("request.header.apikey", "consumerkey")))
                .contains("<AppId>id-1</AppId>", "<Status>approved</Status>")
                .contains("<Attribute><Name>department</Name><Value>sales</Value></Attribute>")
                .doesNotContain(Hashes.of("key"), Hashes.of("secret"));
        assertThat(profile("consumerkey", by("request.header.apikey", "consumerkey")))
                .contains("<ConsumerKey>key</ConsumerKey>");
    }

    @Test
    @Covers({"AccessEntity/SecondaryIdentifier@ref", "AccessEntity/SecondaryIdentifier@type"})
    void findsTheProductOfAKeyForAResource() throws Exception {
        assertThat(profile(
                        "apiproduct",
                        by("request.header.apikey", "consumerkey")
                                + "<SecondaryIdentifier ref='proxy.pathsuffix' type='apiresource'/>"))
                .contains("<Name>Orders</Name>", "<ApiResource>/orders</ApiResource>", "<Quota>10</Quota>");
    }

    @Test
    @Covers("AccessEntity/EntityIdentifier@type")
    void findsByTheIdOfAnApplicationAndTheNameOfAProduct() throws Exception {
        rig.request.headers().set("id", "id-1");
        rig.request.headers().set("product", "Other");

        assertThat(profile("app", by("request.header.id", "appid"))).contains("<Name>app</Name>");
        assertThat(profile("developer", by("request.header.id", "appid"))).contains("<App>app</App>");
        assertThat(profile("apiproduct", by("request.header.id", "appid"))).contains("<Name>Orders</Name>");
        assertThat(profile("apiproduct", by("request.header.product", "apiproductname")))
                .contains("<DisplayName>Title of Other</DisplayName>");
    }

    @Test
    @Covers("AccessEntity!steps.accessentity.ResourceNotFoundException")
    void failsForWhatIsNotThere() throws Exception {
        for (var identifier : List.of(by("request.header.none", "consumerkey"), by("request.verb", "consumerkey"))) {
            var policy = rig.compile(AccessEntity.TYPE, policy("developer", identifier));
            var context = rig.context();
            assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context)))
                    .hasMessage(
                            "steps.accessentity.ResourceNotFoundException: AccessEntity[P]: developer was not found");
        }
    }

    @Test
    void refusesOtherTypesAndWarnsOfWhatIsNeverFound() {
        assertThat(rig.findings(AccessEntity.TYPE, policy("user", by("a", "b"))))
                .extracting(BundleFinding::deployable)
                .contains(false);
        assertThat(rig.findings(AccessEntity.TYPE, policy("app", by("a", "verifier"))))
                .extracting(BundleFinding::reason)
                .containsExactly("<EntityIdentifier> needs a ref and a type, one of [appid, appname, consumerkey]");
        assertThat(rig.findings(AccessEntity.TYPE, policy("company", by("a", "appid"))))
                .extracting(BundleFinding::gravity)
                .containsExactly(BundleFinding.Gravity.WARNING);
    }
}
