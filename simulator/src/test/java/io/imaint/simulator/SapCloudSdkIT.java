package io.imaint.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sap.cloud.sdk.cloudplatform.connectivity.DefaultHttpDestination;
import com.sap.cloud.sdk.cloudplatform.connectivity.HttpClientAccessor;
import com.sap.cloud.sdk.datamodel.odata.client.ODataProtocol;
import com.sap.cloud.sdk.datamodel.odata.client.exception.ODataServiceErrorException;
import com.sap.cloud.sdk.datamodel.odata.client.expression.FieldReference;
import com.sap.cloud.sdk.datamodel.odata.client.expression.ODataResourcePath;
import com.sap.cloud.sdk.datamodel.odata.client.query.Order;
import com.sap.cloud.sdk.datamodel.odata.client.query.StructuredQuery;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataEntityKey;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestAction;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestBatch;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestCount;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestCreate;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestDelete;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestRead;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestReadByKey;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestResult;
import com.sap.cloud.sdk.datamodel.odata.client.request.ODataRequestUpdate;
import com.sap.cloud.sdk.datamodel.odata.client.request.UpdateStrategy;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantSource;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.http.client.HttpClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Goal: a client that others wrote for SAP systems works with the simulator. Method: the client of the SAP Cloud SDK, with
 * its own idea of addresses, bodies, batches, versions and errors.
 */
class SapCloudSdkIT {
    private static final ODataProtocol V2 = ODataProtocol.V2;
    private static final PlantData PLANT = PlantSource.open(1, 200, Optional.empty());

    private static SapGateway gateway;
    private static HttpClient client;
    private static String plant;

    @BeforeAll
    static void start() {
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        gateway = SapGateway.start(settings, PLANT, InstantSource.system());
        var destination = DefaultHttpDestination.builder(URI.create("http://127.0.0.1:" + gateway.port()))
                .basicCredentials(gateway.user(), gateway.password().reveal())
                .build();
        client = HttpClientAccessor.getHttpClient(destination);
        plant = String.valueOf(
                read(StructuredQuery.onEntity("PlantSet", V2).top(1)).getFirst().get("WERKS"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<Map<String, Object>> read(StructuredQuery query) {
        return new ODataRequestRead(IcwpModel.PATH, new ODataResourcePath(), query)
                .execute(client)
                .asListOfMaps();
    }

    private static ODataEntityKey key(String name, Object value) {
        return ODataEntityKey.of(Map.of(name, value), V2);
    }

    private static ODataRequestReadByKey byKey(String set, String name, Object value) {
        return new ODataRequestReadByKey(IcwpModel.PATH, set, key(name, value), "", V2);
    }

    private static int status(ODataRequestResult result) {
        return result.getHttpResponse().getStatusLine().getStatusCode();
    }

    private static String notification(String text) {
        return "{\"QMART\":\"M1\",\"QMTXT\":\"%s\",\"IWERK\":\"%s\"}".formatted(text, plant);
    }

    private static ODataRequestCreate creation(String text) {
        return new ODataRequestCreate(IcwpModel.PATH, "NotificationSet", notification(text), V2);
    }

    @Test
    void followsPages() {
        var request = new ODataRequestRead(IcwpModel.PATH, "WorkOrderSet", "$select=AUFNR", V2);
        request.addHeader("Prefer", "odata.maxpagesize=30");
        var numbers = new ArrayList<Object>();
        int pages = 1;
        for (var page = request.execute(client);
                page != null;
                page = page.tryGetNextPage().getOrNull()) {
            page.asListOfMaps().forEach(row -> numbers.add(row.get("AUFNR")));
            pages += page.getNextLink().isDefined() ? 1 : 0;
        }
        assertThat(pages).isBetween(2, 7);
        assertThat(numbers).hasSize((int) PLANT.count(IcwpModel.WORK_ORDER)).doesNotHaveDuplicates();
    }

    @Test
    void filtersSortsAndExpands() {
        var all = read(StructuredQuery.onEntity("WorkOrderSet", V2));
        var kind = all.getFirst().get("AUART");
        var query = StructuredQuery.onEntity("WorkOrderSet", V2)
                .select("AUFNR", "AUART", "GSTRP")
                .select(StructuredQuery.asNestedQueryOnProperty("Operations", V2)
                        .select("VORNR", "LTXA1"))
                .filter(FieldReference.of("AUART").equalTo(kind))
                .orderBy("AUFNR", Order.DESC)
                .top(5)
                .withInlineCount();
        var result = new ODataRequestRead(IcwpModel.PATH, new ODataResourcePath(), query).execute(client);
        var rows = result.asListOfMaps();
        assertThat(rows).hasSize(5).allSatisfy(row -> assertThat(row).containsEntry("AUART", kind));
        assertThat(rows.getFirst().get("AUFNR")).asString().isGreaterThan((String)
                rows.getLast().get("AUFNR"));
        assertThat(rows.getFirst().get("Operations"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("results")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty();
        assertThat(result.getInlineCount())
                .isEqualTo(all.stream()
                        .filter(row -> Objects.equals(kind, row.get("AUART")))
                        .count());
        var count = new ODataRequestCount(IcwpModel.PATH, "WorkOrderSet", "", V2).execute(client);
        assertThat(count.as(Long.class)).isEqualTo(PLANT.count(IcwpModel.WORK_ORDER));
    }

    @Test
    void createsReadsChangesWithVersions() {
        var created = creation("By the SDK").execute(client);
        var number = created.asMap().get("QMNUM");
        assertThat(number).isNotNull();
        var read = byKey("NotificationSet", "QMNUM", number).execute(client);
        assertThat(read.asMap()).containsEntry("QMTXT", "By the SDK");
        var version = read.getVersionIdentifierFromHeader().get();
        assertThat(created.getVersionIdentifierFromHeader().get()).isEqualTo(version);
        var update = update(number, version, "Changed");
        assertThat(status(update.execute(client))).isEqualTo(204);
        assertThat(byKey("NotificationSet", "QMNUM", number).execute(client).asMap())
                .containsEntry("QMTXT", "Changed");
        assertThatThrownBy(() -> update(number, version, "Lost").execute(client))
                .isInstanceOfSatisfying(
                        ODataServiceErrorException.class,
                        refused -> assertThat(refused.getHttpCode()).isEqualTo(412));
    }

    private static ODataRequestUpdate update(Object number, String version, String text) {
        return new ODataRequestUpdate(
                IcwpModel.PATH,
                "NotificationSet",
                key("QMNUM", number),
                "{\"QMTXT\":\"%s\"}".formatted(text),
                UpdateStrategy.MODIFY_WITH_PATCH,
                version,
                V2);
    }

    @Test
    void createsDeepAndDeletes() {
        var material = read(StructuredQuery.onEntity("MaterialSet", V2).top(1))
                .getFirst()
                .get("MATNR");
        var body = """
                {"AUART":"PM01","KTEXT":"Deep","WERKS":"%s","Operations":[{"LTXA1":"Mend"}],\
                "Components":[{"MATNR":"%s","BDMNG":"1.000"}]}""".formatted(plant, material);
        var order = new ODataRequestCreate(IcwpModel.PATH, "WorkOrderSet", body, V2)
                .execute(client)
                .asMap();
        assertThat(order.get("Components")).asString().contains(String.valueOf(material));
        var component = new ODataEntityKey(V2)
                .addKeyProperty("RSNUM", order.get("RSNUM"))
                .addKeyProperty("RSPOS", "0001");
        var read = new ODataRequestReadByKey(IcwpModel.PATH, "ComponentSet", component, "", V2).execute(client);
        var version = read.getVersionIdentifierFromHeader().get();
        var deleted = new ODataRequestDelete(IcwpModel.PATH, "ComponentSet", component, version, V2).execute(client);
        assertThat(status(deleted)).isEqualTo(204);
    }

    @Test
    void callsFunctions() {
        var body = "{\"AUART\":\"PM01\",\"KTEXT\":\"Release me\",\"WERKS\":\"%s\"}".formatted(plant);
        var number = new ODataRequestCreate(IcwpModel.PATH, "WorkOrderSet", body, V2)
                .execute(client)
                .asMap()
                .get("AUFNR");
        var release = new ODataRequestAction(IcwpModel.PATH, "ReleaseOrder", null, V2);
        release.addQueryParameter("AUFNR", "'" + number + "'");
        var released = release.execute(client);
        assertThat(released.asMap().get("STATUSES")).asString().contains("REL");
        assertThat(released.getHeaderValues("sap-message")).isNotEmpty();
    }

    @Test
    void batches() {
        var batch = new ODataRequestBatch(IcwpModel.PATH, V2);
        var read = new ODataRequestRead(IcwpModel.PATH, "PlantSet", "$top=1", V2);
        var first = creation("First");
        var second = creation("Second");
        var wrong = new ODataRequestCreate(IcwpModel.PATH, "NotificationSet", "{\"QMART\":\"ZZ\"}", V2);
        batch.addRead(read)
                .beginChangeset()
                .addCreate(first)
                .addCreate(second)
                .endChangeset()
                .beginChangeset()
                .addCreate(wrong)
                .endChangeset();
        try (var result = batch.execute(client)) {
            assertThat(result.getResult(read).asListOfMaps()).hasSize(1);
            assertThat(result.getResult(first).asMap()).containsEntry("QMTXT", "First");
            assertThat(result.getResult(second).asMap()).containsEntry("QMTXT", "Second");
            assertThatThrownBy(() -> result.getResult(wrong))
                    .isInstanceOfSatisfying(
                            ODataServiceErrorException.class,
                            refused -> assertThat(refused.getOdataError().getODataCode())
                                    .isEqualTo("IM/001"));
        }
    }

    @Test
    void understandsRefusals() {
        assertThatThrownBy(() -> byKey("WorkOrderSet", "AUFNR", "1").execute(client))
                .isInstanceOfSatisfying(ODataServiceErrorException.class, refused -> {
                    assertThat(refused.getHttpCode()).isEqualTo(404);
                    assertThat(refused.getOdataError().getODataCode()).isEqualTo("/IWBEP/CM_MGW_RT/020");
                    assertThat(refused.getOdataError().getODataMessage()).contains("WorkOrder");
                });
        var wrong = new ODataRequestCreate(IcwpModel.PATH, "NotificationSet", "{\"NOPE\":\"ZZ\"}", V2);
        assertThatThrownBy(() -> wrong.execute(client))
                .isInstanceOfSatisfying(ODataServiceErrorException.class, refused -> {
                    assertThat(refused.getHttpCode()).isEqualTo(400);
                    assertThat(refused.getOdataError()
                                    .getDetails()
                                    .getFirst()
                                    .getTarget()
                                    .get())
                            .isEqualTo("NOPE");
                });
    }
}
