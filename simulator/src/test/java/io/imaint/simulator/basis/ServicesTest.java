package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.TestSystem.ICWP;
import static io.imaint.simulator.basis.TestSystem.ICWP_PATH;
import static io.imaint.simulator.basis.TestSystem.USER;
import static io.imaint.simulator.basis.TestSystem.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a request meets the same obstacles as in SAP's layers. Method: one step of the setup is undone at a time. */
class ServicesTest {
    private static final String SET = ICWP_PATH + "/WorkOrderSet";
    private static final String GATEWAY_ROLE = "ZINV_IMAINT_NWG_END_USER";

    private final TestSystem system = TestSystem.ready();
    private final Services services = system.basis.services();

    private Optional<Refusal> asked(String path) {
        return system.basis.service(path, USER);
    }

    private void assertRefused(String path, int status, String code, String text) {
        assertThat(asked(path)).hasValue(Refusal.odata(status, code, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SET,
                ICWP_PATH,
                ICWP_PATH + "/$batch",
                "/sap/opu/odata/INVICL/icwp_integration_suite_srv/PlantSet",
                ICWP_PATH + ";v=1/PlantSet",
                ICWP_PATH + ";v=0001/PlantSet",
                "/sap/opu/odata/IWFND/CATALOGSERVICE/ServiceCollection",
                "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2/ServiceCollection",
                "/sap/opu/odata/IWFND/CATALOGSERVICE%3Bv=2/ServiceCollection"
            })
    void letsARequestThroughWhenAllIsSetUp(String path) {
        assertThat(system.basis.node(path)).isEmpty();
        assertThat(asked(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/sap/opu/odata/sap/API_EQUIPMENT/Equipment | '' | API_EQUIPMENT | 0001",
                "/sap/opu/odata/invicl/OTHER_SRV | /INVICL/ | OTHER_SRV | 0001",
                "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV;v=3/x | /INVICL/ | ICWP_INTEGRATION_SUITE_SRV | 0003",
                "/sap/opu/odata/invicl | '' | invicl | 0001",
                "/sap/opu/odata/sap/;v=2 | '' | ;v=2 | 0001"
            })
    void knowsNoOtherServices(String path, String namespace, String name, String version) {
        assertRefused(
                path,
                403,
                "/IWFND/MED/170",
                "No service found for namespace '%s', name '%s', version '%s'".formatted(namespace, name, version));
    }

    @Test
    void refusesAServiceThatIsNotRegistered() {
        services.unregister(ICWP);
        assertThat(system.basis.node(SET)).isEmpty();
        assertRefused(
                SET,
                403,
                "/IWFND/MED/170",
                "No service found for namespace '/INVICL/', name 'ICWP_INTEGRATION_SUITE_SRV', version '0001'");
    }

    @Test
    void refusesWhileTheNodeIsInactive() {
        services.activateNode(ICWP, false);
        assertThat(system.basis.node(SET)).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.form()).isEqualTo(Refusal.Form.PAGE);
            assertThat(refusal.code()).isEqualTo("Service cannot be reached");
            assertThat(refusal.text()).contains(SET, "ICF node inactive");
        });
        services.activateNode(ICWP, true);
        assertThat(system.basis.node(SET)).isEmpty();
    }

    @Test
    void refusesWhileTheGatewayIsInactive() {
        services.activateGateway(false);
        assertRefused(SET, 500, "/IWFND/CM_COS/003", "SAP Gateway has been deactivated");
        assertRefused(ICWP_PATH + "/$metadata", 500, "/IWFND/CM_COS/003", "SAP Gateway has been deactivated");
        services.activateGateway(true);
        assertThat(asked(SET)).isEmpty();
    }

    @Test
    void needsASystemAliasInAHubOnly() {
        services.removeAlias(ICWP, "LOCAL");
        assertThat(asked(SET)).isEmpty();
        services.deploy(ICWP, Deployment.HUB);
        assertRefused(
                SET,
                500,
                "/IWFND/CM_COS/064",
                "No System Alias found for Service '/INVICL/ICWP_INTEGRATION_SUITE_SRV_0001' and user 'IMAINT'");
        services.defineSystemAlias("S4H");
        services.addAlias(ICWP, "S4H");
        assertThat(asked(SET)).isEmpty();
    }

    @Test
    void refusesABlankAliasAndOneThatLeadsNowhere() {
        services.removeAlias(ICWP, "LOCAL");
        services.addAlias(ICWP, "");
        assertThat(asked(SET).orElseThrow().code()).isEqualTo("/IWFND/CM_COS/002");
        services.removeAlias(ICWP, "");
        services.addAlias(ICWP, "ERP");
        assertThat(asked(SET).orElseThrow().code()).isEqualTo("/IWFND/CM_COS/086");
        services.defineSystemAlias("ERP");
        assertThat(asked(SET)).isEmpty();
        services.removeSystemAlias("ERP");
        assertThat(asked(SET).orElseThrow().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IWSG", "IWSV"})
    void needsTheHashesOfBothSides(String side) {
        var hash = system.basis.hashes().search(side, ICWP).getFirst().name();
        system.basis.roles().setServiceNames(GATEWAY_ROLE, List.of(hash));
        assertRefused(
                SET,
                403,
                "/IWFND/CM_CONSUMER/101",
                "No authorization to access Service '/INVICL/ICWP_INTEGRATION_SUITE_SRV_0001'");
        var both = system.basis.hashes().search("", ICWP).stream()
                .map(UsobHash.Row::name)
                .toList();
        system.basis.roles().setServiceNames(GATEWAY_ROLE, both);
        assertThat(asked(SET)).isEmpty();
        assertThat(asked("/sap/opu/odata/IWFND/CATALOGSERVICE/x")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/$metadata", "/%24metadata"})
    void showsMetadataWithoutAuthorization(String rest) {
        system.basis.users().unassign(USER, GATEWAY_ROLE);
        assertThat(asked(ICWP_PATH + rest)).isEmpty();
        assertThat(asked(ICWP_PATH + "/PlantSet")).isPresent();
        assertThat(asked(ICWP_PATH + "/$batch")).isPresent();
    }

    @Test
    void listsHashesOfTheRegisteredServices() {
        var hashes = system.basis.hashes();
        assertThat(hashes.search("", "")).hasSize(6).allSatisfy(row -> {
            assertThat(row.name()).matches("[0-9A-F]{30}");
            assertThat(row.type()).isEqualTo("HT");
        });
        assertThat(hashes.search("", "")).extracting(UsobHash.Row::name).doesNotHaveDuplicates();
        assertThat(hashes.search("iwsg", "/invicl/*")).hasSize(1);
        assertThat(hashes.search("IWS*", ICWP))
                .extracting(UsobHash.Row::objectType)
                .containsExactly("IWSG", "IWSV");
        assertThat(hashes.search("IWSG", "/INVICL/")).isEmpty();
        services.unregister(ICWP);
        assertThat(hashes.search("", "/INVICL/*")).isEmpty();
    }

    @Test
    void registersAServiceWithoutNodeAndAlias() {
        services.unregister(ICWP);
        services.register(ICWP, "$TMP", Deployment.HUB);
        var service = services.list().stream()
                .filter(one -> one.name().equals(ServiceName.ICWP))
                .findFirst()
                .orElseThrow();
        assertThat(service).isEqualTo(new Service(ServiceName.ICWP, true, "$TMP", false, Deployment.HUB, List.of()));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> services.register(ICWP, "$TMP", Deployment.HUB));
    }

    @Test
    void refusesStepsOutOfOrderAndValuesThatAreNone() {
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> services.activateNode("/X/Y_0001", true));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> services.register(ICWP, "SAPLOCAL", Deployment.HUB));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> services.addAlias(ICWP, "LOCAL"));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> services.addAlias(ICWP, "not an alias"));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> services.removeAlias(ICWP, "ERP"));
        assertFails(BasisProblem.BASIS_OBJECT_EXISTS, () -> services.defineSystemAlias("LOCAL"));
        assertFails(BasisProblem.BASIS_VALUE_INVALID, () -> services.defineSystemAlias(""));
        assertFails(BasisProblem.BASIS_OBJECT_UNKNOWN, () -> services.removeSystemAlias("ERP"));
        services.unregister(ICWP);
        assertFails(BasisProblem.BASIS_STEP_MISSING, () -> services.activateNode(ICWP, true));
        assertFails(BasisProblem.BASIS_STEP_MISSING, () -> services.unregister(ICWP));
        assertFails(
                BasisProblem.BASIS_STEP_MISSING,
                () -> TestSystem.blank().basis.services().register(ICWP, "ZINVICL", Deployment.EMBEDDED));
    }

    @Test
    void answersTheOldModelUntilBothCachesAreClean() {
        assertThat(services.visibleModelVersion()).isEqualTo(1);
        services.modelChanged();
        assertThat(services.modelVersion()).isEqualTo(2);
        assertThat(services.visibleModelVersion()).isEqualTo(1);
        services.cleanBackendCache();
        assertThat(services.visibleModelVersion()).as("backend clean, hub not").isEqualTo(1);
        services.cleanHubCache();
        assertThat(services.visibleModelVersion()).isEqualTo(2);
    }

    @Test
    void aHubThatIsCleanedAndAskedFirstFetchesTheOldModelAgain() {
        services.visibleModelVersion();
        services.modelChanged();
        services.cleanHubCache();
        assertThat(services.visibleModelVersion()).isEqualTo(1);
        services.cleanBackendCache();
        assertThat(services.visibleModelVersion())
                .as("the hub holds the old one again")
                .isEqualTo(1);
        services.cleanHubCache();
        assertThat(services.visibleModelVersion()).isEqualTo(2);
    }

    @Test
    void theGuidesOrderDoesWhenNobodyAsksInBetween() {
        services.visibleModelVersion();
        services.modelChanged();
        services.cleanHubCache();
        services.cleanBackendCache();
        assertThat(services.visibleModelVersion()).isEqualTo(2);
    }

    @Test
    void namesItsServicesAsTheirAddressesDo() {
        assertThat(ServiceName.ICWP.path()).isEqualTo(ICWP_PATH);
        assertThat(ServiceName.CATALOG_2.path()).isEqualTo("/sap/opu/odata/IWFND/CATALOGSERVICE;v=2");
        assertThat(ServiceName.ALL)
                .allSatisfy(name -> assertThat(
                                ServiceName.in(name.path()).orElseThrow().service())
                        .isEqualTo(name));
    }
}
