package io.imaint.integration.discovery;

import static io.imaint.integration.discovery.CannedGateway.CATALOG_1;
import static io.imaint.integration.discovery.CannedGateway.CATALOG_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogIT {
    private static final String ORDERS =
            service("API_MAINTENANCEORDER", 1, "Maintenance Order", "/sap/opu/odata/sap/API_MAINTENANCEORDER");
    private static final String ORDERS_2 =
            service("API_MAINTENANCEORDER", 2, "", "/sap/opu/odata/sap/API_MAINTENANCEORDER;v=2");
    private static final String EQUIPMENT =
            service("ZAPI_EQUIPMENT", 1, "Equipment", "/sap/opu/odata/sap/API_EQUIPMENT/");

    private final CannedGateway gateway = new CannedGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void readsAllPagesOfVersionTwo() {
        gateway.json(
                        CATALOG_2,
                        "{\"d\":{\"results\":[%s,%s],\"__next\":\"https://internal:44300%s?$skiptoken=2\"}}"
                                .formatted(ORDERS_2, ORDERS, CATALOG_2))
                .rows(CATALOG_2 + "?$skiptoken=2", EQUIPMENT + "," + service("NO_ADDRESS", 1, "", ""));
        assertThat(gateway.discovery().services(""))
                .containsExactly(
                        new Discovery.ServiceEntry(
                                "API_MAINTENANCEORDER",
                                "0001",
                                "Maintenance Order",
                                "about API_MAINTENANCEORDER",
                                "/sap/opu/odata/sap/API_MAINTENANCEORDER"),
                        new Discovery.ServiceEntry(
                                "API_MAINTENANCEORDER",
                                "0002",
                                "",
                                "about API_MAINTENANCEORDER",
                                "/sap/opu/odata/sap/API_MAINTENANCEORDER;v=2"),
                        new Discovery.ServiceEntry(
                                "ZAPI_EQUIPMENT",
                                "0001",
                                "Equipment",
                                "about ZAPI_EQUIPMENT",
                                "/sap/opu/odata/sap/API_EQUIPMENT"));
    }

    @ParameterizedTest
    @CsvSource({"equip,1", "MAINT,2", "api_,3", "nothing,0", "sap/opu,3"})
    void searchesEverywhereWhateverTheCase(String word, int found) {
        gateway.rows(CATALOG_2, String.join(",", ORDERS, ORDERS_2, EQUIPMENT));
        assertThat(gateway.discovery().services(word)).hasSize(found);
    }

    @Test
    void readsThousandsOfServices() {
        var rows = new StringBuilder(EQUIPMENT);
        for (int i = 0; i < 3_359; i++) {
            rows.append(',').append(service("SRV_" + i, 1, "Title " + i, "/sap/opu/odata/sap/SRV_" + i));
        }
        gateway.rows(CATALOG_2, rows.toString());
        assertThat(gateway.discovery().services("")).hasSize(3_360);
        assertThat(gateway.discovery().path("srv_77")).isEqualTo("/sap/opu/odata/sap/SRV_77");
    }

    @ParameterizedTest
    @CsvSource({"403,/IWFND/MED/170", "404,X/1", "403,/IWFND/CM_CONSUMER/101", "500,SY/1"})
    void takesVersionOneWhereTwoIsMissing(int status, String code) {
        gateway.refused(CATALOG_2, status, code).rows(CATALOG_1, ORDERS);
        assertThat(gateway.discovery().services("")).hasSize(1);
    }

    @Test
    void asksOnceOnlyWhenTheUserIsRefused() {
        gateway.refused(CATALOG_2, 401, "").rows(CATALOG_1, ORDERS);
        assertProblem(
                ODataProblem.SAP_UNAUTHENTICATED, () -> gateway.discovery().services(""));
        assertThat(gateway.requests()).containsExactly(CATALOG_2);
    }

    @Test
    void failsWhenNeitherVersionAnswers() {
        gateway.refused(CATALOG_1, 403, "/IWFND/CM_CONSUMER/101");
        assertProblem(ODataProblem.SAP_UNAUTHORIZED, () -> gateway.discovery().services(""));
    }

    @Test
    void leavesACatalogWithoutEnd() {
        gateway.json(CATALOG_2, "{\"d\":{\"results\":[%s],\"__next\":\"ServiceCollection\"}}".formatted(ORDERS));
        assertProblem(
                ODataProblem.SAP_ANSWER_TOO_LARGE, () -> gateway.discovery().services(""));
        assertThat(gateway.requests()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource({
        "zapi_equipment,/sap/opu/odata/sap/API_EQUIPMENT",
        "API_EQUIPMENT,/sap/opu/odata/sap/API_EQUIPMENT",
        "ZAPI_EQUIPMENT_0001,/sap/opu/odata/sap/API_EQUIPMENT",
        "API_MAINTENANCEORDER_0002,/sap/opu/odata/sap/API_MAINTENANCEORDER;v=2"
    })
    void findsAServiceByItsNames(String name, String path) {
        gateway.rows(CATALOG_2, String.join(",", ORDERS, ORDERS_2, EQUIPMENT));
        assertThat(gateway.discovery().path(name)).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/UI2/INTEROP,/sap/opu/odata/UI2/INTEROP",
        "/UI2/INTEROP_0001,/sap/opu/odata/UI2/INTEROP",
        "/IWFND/CATALOGSERVICE;v=2,/sap/opu/odata/IWFND/CATALOGSERVICE;v=2",
        "/IWFND/CATALOGSERVICE,/sap/opu/odata/IWFND/CATALOGSERVICE",
        "/BDL/TASKS,/sap/opu/odata/bdl/special/TASKS",
        "/NOT/LISTED;v=3,/sap/opu/odata/NOT/LISTED;v=3",
        "API_MAINTENANCEORDER;v=2,/sap/opu/odata/sap/API_MAINTENANCEORDER;v=2"
    })
    void findsAServiceByItsNameWithNamespaceAndVersion(String name, String path) {
        gateway.rows(
                CATALOG_2,
                String.join(
                        ",",
                        ORDERS,
                        ORDERS_2,
                        service("/UI2/INTEROP", 1, "", "/sap/opu/odata/UI2/INTEROP"),
                        service("/BDL/TASKS", 1, "", "/sap/opu/odata/bdl/special/TASKS"),
                        service("/IWFND/CATALOGSERVICE", 1, "", "/sap/opu/odata/IWFND/CATALOGSERVICE"),
                        service("/IWFND/CATALOGSERVICE", 2, "", "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2")));
        assertThat(gateway.discovery().path(name)).isEqualTo(path);
    }

    @Test
    void findsANameWithNamespaceThoughTheCatalogIsClosed() {
        gateway.refused(CATALOG_2, 403, "/IWFND/CM_CONSUMER/101").refused(CATALOG_1, 403, "/IWFND/CM_CONSUMER/101");
        assertThat(gateway.discovery().path("/UI2/INTEROP")).isEqualTo("/sap/opu/odata/UI2/INTEROP");
    }

    @Test
    void findsItsOwnServiceAndPathsWithoutTheCatalog() {
        var discovery = gateway.discovery();
        assertThat(discovery.path("icwp_integration_suite_srv")).isEqualTo(CannedGateway.ICWP);
        assertThat(discovery.path("/sap/opu/odata/sap/X_SRV;v=2/")).isEqualTo("/sap/opu/odata/sap/X_SRV;v=2");
        assertThat(discovery.path("/sap/opu/odata/sap/X_SRV/$metadata?sap-client=1"))
                .isEqualTo("/sap/opu/odata/sap/X_SRV");
        assertThat(gateway.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/sap/opu/odata/sap/X_SRV",
                "http://127.0.0.1:1/sap/opu/odata/sap/X_SRV",
                "/sap/a b",
                "/",
                "http://"
            })
    void goesToNoOtherHost(String address) {
        assertProblem(
                DiscoveryProblem.DISCOVERY_SERVICE_UNKNOWN,
                () -> gateway.discovery().path(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/sap/X_SRV", "http://h//evil.example/sap/X_SRV", "////evil.example"})
    void makesNoHostOfAPath(String address) {
        assertThat(Catalog.path(address)).get().asString().startsWith("/").doesNotStartWith("//");
    }

    @ParameterizedTest
    @CsvSource({
        "API_MAINTENANCEORDER,several,/sap/opu/odata/sap/API_MAINTENANCEORDER;v=2",
        "maintenance,none,/sap/opu/odata/sap/API_MAINTENANCEORDER",
        "QM,none,3 services in the catalog"
    })
    void saysWhatIsSimilar(String name, String how, String similar) {
        gateway.rows(CATALOG_2, String.join(",", ORDERS, ORDERS_2, EQUIPMENT));
        assertThatThrownBy(() -> gateway.discovery().path(name))
                .hasMessageContaining(how)
                .hasMessageContaining(similar);
        assertProblem(
                DiscoveryProblem.DISCOVERY_SERVICE_UNKNOWN,
                () -> gateway.discovery().path(name));
    }

    private static void assertProblem(ProblemCode problem, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(problem));
    }

    private static String service(String name, int version, String title, String path) {
        return """
                {"__metadata":{"type":"CATALOGSERVICE.Service"},"ID":"%1$s_000%2$d","Description":"about %1$s","Title":"%3$s",
                "Author":"SAP","TechnicalServiceVersion":%2$d,"MetadataUrl":"x","TechnicalServiceName":"%1$s","ImageUrl":"",
                "ServiceUrl":"%4$s","UpdatedDate":"\\/Date(1700000000000)\\/","IsSapService":true}""".formatted(name, version, title, path.isEmpty() ? "" : "https://internal:44300" + path);
    }
}
