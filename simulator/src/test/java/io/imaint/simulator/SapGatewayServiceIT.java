package io.imaint.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Catalogue;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.IcwpModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SapGatewayServiceIT {
    private static final List<String> requests = new CopyOnWriteArrayList<>();

    private static SapGateway gateway;
    private static Caller caller;

    @BeforeAll
    static void start() {
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        var clock = InstantSource.fixed(Instant.parse("2026-03-01T10:11:12.345678Z"));
        gateway = SapGateway.start(settings, new HandmadePlant(10), clock, requests::add);
        caller = new Caller(gateway);
    }

    @AfterAll
    static void stop() {
        caller.close();
        gateway.close();
    }

    private static Document xml(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sap/opu/odata/iwfnd/catalogservice/ServiceCollection",
                "/sap/opu/odata/iwfnd/catalogservice;V=2/ServiceCollection",
                "/SAP/opu/OData/IWFND/CATALOGSERVICE%3Bv=2/ServiceCollection",
                "/sap/opu/odata/INVICL/icwp_integration_suite_srv/WorkOrderSet",
                "/SAP/PUBLIC/Ping",
                "/health",
            })
    void takesTheNodesOfAPathInAnyCase(String path) throws Exception {
        var response = caller.send(caller.authorized(gateway.serviceUrl().resolve(path)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void answersItsHealthToAnybody() throws Exception {
        var request = HttpRequest.newBuilder(gateway.serviceUrl().resolve("/health"));
        assertThat(caller.send(request).body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void describesTheModel() throws Exception {
        var response = caller.send(caller.request("/$metadata"));
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/xml;charset=utf-8");
        var document = xml(response.body());
        var properties = document.getElementsByTagNameNS("*", "Property");
        long tracked =
                IcwpModel.SETS.stream().filter(set -> set.can(Ability.DELTA)).count();
        assertThat(properties.getLength())
                .isEqualTo(IcwpModel.SETS.stream()
                                .mapToInt(set -> set.properties().size())
                                .sum()
                        + 3 * (int) tracked
                        + 2);
        var first = (Element) properties.item(0);
        assertThat(first.getAttribute("Name")).isEqualTo("WERKS");
        assertThat(first.getAttribute("Type")).isEqualTo("Edm.String");
        assertThat(first.getAttribute("MaxLength")).isEqualTo("4");
        assertThat(first.getAttribute("Nullable")).isEqualTo("false");
        assertThat(first.getAttributeNS("http://www.sap.com/Protocols/SAPData", "label"))
                .isEqualTo("Plant");
        assertThat(document.getElementsByTagNameNS("*", "EntitySet").getLength())
                .isEqualTo((int) (IcwpModel.SETS.size() + tracked));
        assertThat(response.body())
                .contains("m:DataServiceVersion=\"2.0\"")
                .contains(
                        "<Property Name=\"ANSWT\" Type=\"Edm.Decimal\" Nullable=\"true\" Precision=\"13\" Scale=\"2\"")
                .contains("<NavigationProperty Name=\"Operations\"")
                .contains("sap:creatable=\"false\"");
    }

    @Test
    void listsItsSets() throws Exception {
        long tracked =
                IcwpModel.SETS.stream().filter(set -> set.can(Ability.DELTA)).count();
        assertThat(caller.json("/").at("/EntitySets").size()).isEqualTo((int) (IcwpModel.SETS.size() + tracked));
        assertThat(caller.json("").at("/EntitySets/0").asString()).isEqualTo("PlantSet");
        var collections = xml(caller.send(caller.request("/")).body())
                .getElementsByTagNameNS("http://www.w3.org/2007/app", "collection");
        assertThat(collections.getLength()).isEqualTo((int) (IcwpModel.SETS.size() + tracked));
    }

    @Test
    void answersHeadOnItsDocuments() {
        var response = caller.send(caller.request("/$metadata").HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void sendsTheHeadersOfAGateway() {
        var headers = caller.get("/PlantSet").headers();
        assertThat(headers.firstValue("dataserviceversion")).hasValue("2.0");
        assertThat(headers.firstValue("cache-control")).hasValue("no-store, no-cache");
        assertThat(headers.firstValue("content-type")).hasValue("application/json;charset=utf-8");
    }

    @Test
    void compressesWhenAsked() throws IOException {
        var plain = caller.bytes(caller.request("/WorkOrderSet?$format=json"));
        var packed = caller.bytes(caller.request("/WorkOrderSet?$format=json").header("Accept-Encoding", "gzip, br"));
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.body());
        }
        var refused = caller.bytes(caller.request("/PlantSet").header("Accept-Encoding", "gzip;q=0"));
        assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void refusesAWrongLogOn() {
        var address = URI.create(gateway.serviceUrl() + "/PlantSet");
        for (var authorization : List.of("Basic SU1BSU5UOndyb25n", "Basic ???", "Bearer abc", "Basic")) {
            var response = caller.send(HttpRequest.newBuilder(address).header("Authorization", authorization));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Basic realm=\"SAP NetWeaver Application Server [S4H/100]\"");
            assertThat(response.body()).startsWith("<html>");
        }
        assertThat(caller.send(HttpRequest.newBuilder(address)).statusCode()).isEqualTo(401);
        assertThat(caller.get("/PlantSet?sap-client=200").statusCode()).isEqualTo(401);
        assertThat(caller.get("/PlantSet", "sap-client", "200").statusCode()).isEqualTo(401);
        assertThat(caller.get("/PlantSet?sap-client=100&sap-language=DE").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/NopeSet | 404 | /IWCOR/CX_OD_NOT_FOUND/005056A509B11EE1B9A8FEC11C21D78E",
                "/WorkOrderSet('1') | 404 | /IWBEP/CM_MGW_RT/020",
                "/WorkOrderSet('1 | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/WorkOrderSet(4711) | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/OperationSet(AUFNR='1',VORNR='2') | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/OperationSet(AUFNR='1',NOPE='2') | 400 | /IWCOR/CX_DS_EP_PROPERTY_ERROR",
                "/PlantSet('1000')/Nope | 404 | /IWCOR/CX_OD_NOT_FOUND/005056A509B11EE1B9A8FEC11C21D78E",
                "/PlantSet?$filter=NOPE eq '1' | 400 | /IWCOR/CX_DS_EP_PROPERTY_ERROR",
                "/PlantSet?$select=WERKS,NOPE | 400 | /IWCOR/CX_DS_EP_PROPERTY_ERROR",
                "/PlantSet?$filter=WERKS eq | 400 | /IWCOR/CX_DS_EXPR_SYNTAX_ERROR",
                "/PlantSet?$filter=WERKS eq 'a | 400 | /IWCOR/CX_DS_EXPR_SYNTAX_ERROR",
                "/PlantSet?$filter=nope(WERKS) | 400 | /IWCOR/CX_DS_EXPR_SYNTAX_ERROR",
                "/PlantSet?$filter=WERKS eq 1000 | 400 | /IWCOR/CX_DS_EDM_FACET_ERROR",
                "/PlantSet?$filter=CHANGEDAT eq 'x' | 400 | /IWCOR/CX_DS_EDM_FACET_ERROR",
                "/PlantSet?$top=-1 | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$top=1&$top=2 | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$nope=1 | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$inlinecount=some | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$skiptoken=xyz | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet('1000')?$top=1 | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$filter=WERKS eq '%ff' | 400 | /IWCOR/CX_OD_URI_SYNTAX_ERROR",
                "/PlantSet?$format=atom | 406 | /IWCOR/CX_OD_NOT_ACCEPTABLE",
                "/WorkOrderSet?$expand=Nope | 400 | /IWCOR/CX_DS_EP_PROPERTY_ERROR",
            })
    void refusesInTheWordsOfSap(String path, int status, String code) {
        var response = caller.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json;charset=utf-8");
        var error = Caller.JSON.readTree(response.body()).get("error");
        assertThat(error.get("code").asString()).isEqualTo(code);
        assertThat(error.at("/message/lang").asString()).isEqualTo("en");
        assertThat(error.at("/message/value").asString()).isNotEmpty();
        assertThat(error.at("/innererror/transactionid").asString()).matches("[0-9A-F]{32}");
        assertThat(error.at("/innererror/timestamp").asString()).isEqualTo("20260301101112.3456780");
        assertThat(error.at("/innererror/errordetails/0/code").asString()).isEqualTo(code);
    }

    @Test
    void refusesInXmlUnlessJsonIsAskedFor() throws Exception {
        var response = caller.send(caller.request("/PlantSet?$filter=%3Ca%26b%3E%01"));
        assertThat(response.statusCode()).isEqualTo(400);
        var code = xml(response.body()).getElementsByTagNameNS("*", "code").item(0);
        assertThat(code.getTextContent()).isEqualTo("/IWCOR/CX_DS_EXPR_SYNTAX_ERROR");
        assertThat(caller.send(caller.request("/NopeSet?$format=json")).body()).startsWith("{");
        var atom = caller.send(caller.request("/PlantSet").header("Accept", "application/atom+xml"));
        assertThat(atom.statusCode()).isEqualTo(406);
    }

    @Test
    void hidesServicesThatAreNotRegistered() {
        var other = gateway.serviceUrl().resolve("/sap/opu/odata/sap/Z_OTHER_SRV");
        var known = caller.request("").build();
        var response = caller.send(HttpRequest.newBuilder(known, (n, v) -> true).uri(other));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("<code>/IWFND/MED/170</code>", "No service found for namespace '', name 'Z_OTHER_SRV'");
        var elsewhere = gateway.serviceUrl().resolve("/nope");
        assertThat(caller.send(HttpRequest.newBuilder(known, (n, v) -> true).uri(elsewhere))
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/WorkOrderSet | PUT DELETE MERGE PATCH HEAD | GET, POST",
                "/WorkOrderSet('1') | POST HEAD | GET, PUT, MERGE, PATCH, DELETE",
                "/WorkOrderSet/$count | POST PUT DELETE | GET",
                "/WorkOrderSet('1')/KTEXT | PUT DELETE | GET",
                "/WorkOrderSet('1')/$links/Operations | POST DELETE | GET",
                "/ReleaseOrder | GET PUT DELETE | POST",
                "/DeltaLinksOfWorkOrderSet | POST DELETE | GET",
                "/$metadata | POST PUT | GET, HEAD",
                "/ | POST DELETE | GET, HEAD",
                "/$batch | GET PUT | POST",
            })
    void saysWhichMethodsAResourceKnows(String path, String methods, String allowed) {
        for (var method : methods.split(" ", -1)) {
            var body = HttpRequest.BodyPublishers.ofString(method.equals("HEAD") ? "" : "{}");
            var response = caller.send(caller.request(path).method(method, body));
            assertThat(response.statusCode()).as(method).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue(allowed);
        }
    }

    @Test
    void refusesALongAddress() {
        assertThat(caller.get("/PlantSet?x=" + "a".repeat(8192)).statusCode()).isEqualTo(414);
    }

    @Test
    void tellsItsListenerEachRequest() {
        caller.get("/PlantSet('1000')?$select=NAME1");
        assertThat(requests).contains("GET " + gateway.serviceUrl().getPath() + "/PlantSet('1000')?$select=NAME1");
    }

    @Test
    void startsFromACatalogueWithAGeneratedPlant() {
        var catalogue = new Catalogue(SimulatorService.MODULE);
        var settings = Settings.of(Map.of("simulator-port", "0", "simulator-orders", "50"));
        try (var landscape = catalogue.start(catalogue.chosen("edge"), settings);
                var client = new Caller(landscape.the(SimulatorService.MODULE))) {
            assertThat(client.json("/WorkOrderSet?$top=5").get("results").size())
                    .isEqualTo(5);
            assertThat(landscape.the(SimulatorService.MODULE).dataDescription()).isNotBlank();
        }
    }

    @Test
    void saysWhichSettingToChangeWhenThePortIsTaken() {
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "" + gateway.port())));
        var plant = new HandmadePlant(0);
        assertThatThrownBy(() -> SapGateway.start(settings, plant, InstantSource.system()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(SimulatorProblem.SIMULATOR_PORT_TAKEN);
                    assertThat(failure.line()).contains("simulator-port", "" + gateway.port());
                });
    }
}
