package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ApiClient.Answer;
import io.imaint.services.ServedPlant;
import io.imaint.services.masterconfiguration.MasterConfigurationService;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about notifications, material, hours, readings, installations and inspections over HTTP. */
@NullMarked
class BookingCommandsIT {
    @RegisterExtension
    final ServedPlant plant = new ServedPlant(WorkOrderService.MODULE, MasterConfigurationService.MODULE);

    private ApiClient anna;

    @BeforeEach
    void signIn() {
        anna = plant.as(new Caller("anna", permission -> true, PlantScope.of("1000")));
    }

    private Answer post(String path, String body) {
        return anna.send("POST", path, body);
    }

    private Answer post(String path) {
        return anna.send("POST", path, null);
    }

    private OutboxItem accepted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return plant.store()
                .documents(OutboxItem.TYPE)
                .find(answer.json().required("id").asString())
                .orElseThrow()
                .value();
    }

    @Test
    void aNotificationIsReportedWithWhatItsEquipmentSays() {
        var item = accepted(post("/api/notifications", """
                {"notificationType": "M2", "description": "Pump is loud", "equipment": "10000001", "breakdown": true,
                 "malfunctionStart": "2026-03-01", "items": [{"text": "Bearing", "causes": [{"text": "No grease"}]}]}"""));
        assertThat(item.plant()).isEqualTo("1000");
        assertThat(item.request().values().flag("breakdown")).isTrue();
        assertThat(item.request().values().get("items"))
                .isEqualTo(List.of(new Document()
                        .put("text", "Bearing")
                        .put("causes", List.of(new Document().put("text", "No grease")))));
        var shown = anna.get("/api/notifications/" + item.id());
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.json().required("lifecycleStatus").asString()).isEqualTo("OSNO");
        assertThat(anna.get("/api/notifications").each("notification")).startsWith(item.id());
    }

    @Test
    void anOrderForANotificationThatSapHasNotNumberedRefersToItsItem() {
        var notification = accepted(post(
                "/api/notifications",
                "{\"notificationType\": \"M2\", \"description\": \"Loud\", \"equipment\": \"10000001\"}"));
        var order = accepted(post(
                "/api/work-orders",
                "{\"orderType\": \"PM01\", \"notification\": \"%s\"}".formatted(notification.id())));
        assertThat(order.request().references()).containsEntry("notification", notification.id());
        assertThat(order.waitsFor()).isEqualTo(notification.id());
        assertThat(order.request().values().text("description")).contains("Loud");
    }

    @Test
    void aNotificationWithWrongCodesAndDatesIsRefusedAsAWhole() {
        plant.store()
                .documents(Replicas.NOTIFICATION_TYPES)
                .upsertAll(List.of(new Document()
                        .put("id", "M2")
                        .put("notificationType", "M2")
                        .put("damageCatalog", "C")
                        .put("catalogProfile", "PUMPS")));
        assertThat(reasons(post("/api/notifications", """
                {"notificationType": "M2", "description": "X", "equipment": "10000001",
                 "malfunctionStart": "2026-03-02", "malfunctionEnd": "2026-03-01", "notificationDate": "2099-01-01",
                 "items": [{"damageCodeGroup": "MOTOR", "damageCode": "0010"},
                           {"damageCodeGroup": "PUMP", "damageCode": "9999"},
                           {"damageCodeGroup": "PUMP"}]}""")))
                .anyMatch(reason -> reason.startsWith("/malfunctionEnd is before"))
                .anyMatch(reason -> reason.startsWith("/notificationDate is 2099-01-01, which is in the future"))
                .anyMatch(reason ->
                        reason.startsWith("/items/0/damageCodeGroup is 'MOTOR', which is not in catalog profile"))
                .anyMatch(reason -> reason.startsWith("/items/1/damageCode is '9999'"))
                .anyMatch(reason -> reason.startsWith("/items/2/damageCode is required"));
        assertThat(reasons(post("/api/notifications", "{\"notificationType\": \"M9\", \"description\": \"X\"}")))
                .anyMatch(reason -> reason.startsWith("/notificationType is 'M9'"))
                .anyMatch(reason -> reason.startsWith("/equipment is required"));
    }

    @Test
    void aNotificationIsChangedPutInProcessAndCompletedOnce() {
        var patched = anna.send("PATCH", "/api/notifications/10000002", "{\"description\": \"Crane screams\"}");
        assertThat(accepted(patched).request().base().text("description")).contains("Crane squeaks");
        accepted(post("/api/notifications/10000002/put-in-process"));
        assertThat(reasons(post("/api/notifications/10000002/put-in-process")))
                .singleElement()
                .asString()
                .contains("has the status NOPR");
        accepted(post("/api/notifications/10000002/complete"));
        assertThat(reasons(post("/api/notifications/10000002/complete"))).hasSize(1);
        assertThat(reasons(post("/api/notifications/10000001/complete")))
                .singleElement()
                .asString()
                .contains("outstanding tasks: 0001");
        assertThat(post("/api/notifications/10000003/complete").status()).isEqualTo(404);
    }

    private static String movement(String type, int quantity, String more) {
        return """
                {"movementType": "%s", "material": "SEAL", "stockPlant": "1000", "storageLocation": "0001",
                 "quantity": %d %s}""".formatted(type, quantity, more);
    }

    @Test
    void materialIsIssuedReturnedAndMoved() {
        var issue = accepted(post("/api/goods-movements", movement("261", 1, ", \"orderNumber\": \"4000001\"")));
        assertThat(issue.object()).isEqualTo("WorkOrders/000004000001");
        accepted(post("/api/goods-movements", movement("262", 1, ", \"orderNumber\": \"4000001\"")));
        accepted(post("/api/goods-movements", movement("311", 1, ", \"receivingStorageLocation\": \"0002\"")));
        var planned = accepted(post(
                "/api/goods-movements",
                "{\"movementType\": \"261\", \"reservation\": \"1\", \"reservationItem\": \"1\", \"quantity\": 1}"));
        assertThat(planned.request().values().text("material")).contains("SEAL");
        assertThat(planned.request().values().text("reservationItem")).contains("0001");
        // The id of a document that SAP has, as the sender takes it apart.
        assertThat(accepted(post("/api/goods-movements/4900000001/2026/cancel"))
                        .request()
                        .key())
                .isEqualTo("4900000001/2026/0001");
        assertThat(reasons(post("/api/goods-movements/4900000001/2026/cancel")))
                .singleElement()
                .asString()
                .contains("asked for already");
        assertThat(post("/api/goods-movements/4900000009/2026/cancel").status()).isEqualTo(404);
    }

    @Test
    void materialThatIsNotThereOrForNoReleasedOrderIsNotMoved() {
        assertThat(reasons(post("/api/goods-movements", movement("261", 99_999, ", \"orderNumber\": \"4000002\""))))
                .anyMatch(reason -> reason.startsWith("/quantity is 99999 but only"))
                .anyMatch(reason -> reason.startsWith("/orderNumber has the status CRTD"));
        assertThat(reasons(post("/api/goods-movements", movement("261", 1, ""))))
                .anyMatch(reason -> reason.startsWith("/orderNumber is required"));
        assertThat(reasons(post("/api/goods-movements", movement("311", 1, ""))))
                .anyMatch(reason -> reason.startsWith("/receivingStorageLocation is required"));
        assertThat(reasons(post("/api/goods-movements", movement("261", 1, ", \"orderNumber\": \"4000005\""))))
                .anyMatch(reason -> reason.contains("which is no order in your plants"));
    }

    @Test
    void hoursAreRecordedChangedAndCancelled() {
        var entered =
                "{\"personnelNumber\": \"1\", \"workDate\": \"2026-03-02\", \"hours\": %s, \"orderNumber\": \"4000001\"}";
        var item = accepted(post("/api/time-sheets", entered.formatted("7.5")));
        assertThat(item.request().values().text("personnelNumber")).contains("00000001");
        assertThat(item.object()).isEqualTo("WorkOrders/000004000001");
        assertThat(reasons(post("/api/time-sheets", entered.formatted("25"))))
                .singleElement()
                .asString()
                .startsWith("/hours makes 25 hours");
        assertThat(reasons(post("/api/time-sheets", entered.formatted("-1")))).hasSize(1);
        assertThat(reasons(post("/api/time-sheets", "{\"personnelNumber\": \"2\", \"workDate\": \"2099-03-02\"}")))
                .anyMatch(reason -> reason.startsWith("/personnelNumber"))
                .anyMatch(reason -> reason.startsWith("/workDate is 2099-03-02"))
                .anyMatch(reason -> reason.startsWith("/hours is required"))
                .anyMatch(reason -> reason.startsWith("/orderNumber is required"));
        var times = accepted(post("/api/time-sheets", """
                {"personnelNumber": "1", "workDate": "2026-03-02", "startTime": "08:00", "endTime": "09:30",
                 "orderNumber": "4000001"}"""));
        assertThat(times.request().values().decimal("hours")).contains(new BigDecimal("1.50"));
        var changed = anna.send("PATCH", "/api/time-sheets/1", "{\"hours\": 4}");
        assertThat(accepted(changed).request().base().get("hours")).isEqualTo(3L);
        var second = accepted(
                anna.send("PATCH", "/api/time-sheets/1", "{\"startTime\": \"08:00\", \"endTime\": \"09:30\"}"));
        assertThat(second.request().values().decimal("hours")).contains(new BigDecimal("1.50"));
        assertThat(second.request().base().decimal("hours")).contains(new BigDecimal("4"));
        assertThat(accepted(post("/api/time-sheets/1/cancel"))
                        .request()
                        .values()
                        .text("processingStatus"))
                .contains("60");
        assertThat(reasons(post("/api/time-sheets/1/cancel")))
                .singleElement()
                .asString()
                .contains("asked for already");
        assertThat(post("/api/time-sheets/9/cancel").status()).isEqualTo(404);
    }

    @Test
    void aDayOfATimeSheetIsNotRemoved() {
        var records = plant.store().documents(Replicas.TIME_SHEETS);
        var record = records.find("000000000001").orElseThrow().value().copy();
        records.upsertAll(List.of(record.put("workDate", "2026-03-02")));
        assertThat(reasons(anna.send("PATCH", "/api/time-sheets/1", "{\"workDate\": null}")))
                .singleElement()
                .asString()
                .startsWith("/workDate must not be removed");
    }

    @Test
    void peopleRecordTheirOwnWorkUnlessTheyMayRecordThatOfOthers() {
        var may = Set.of(new Permission("time-sheets.record"), new Permission("work-orders.confirm"));
        var own = plant.as(
                new Caller("anna", "Anna", Set.of(), may::contains, PlantScope.of("1000"), "00000001", null, "", ""));
        var nobody = plant.as(new Caller("temp", may, PlantScope.of("1000")));
        var hours =
                "{\"personnelNumber\": \"1\", \"workDate\": \"2026-03-02\", \"hours\": 1, \"orderNumber\": \"4000001\"}";
        var work = "{\"personnelNumber\": \"1\", \"actualWork\": 1}";
        var confirm = "/api/work-orders/4000001/operations/10/confirmations";
        accepted(own.send("POST", "/api/time-sheets", hours));
        accepted(own.send("POST", confirm, work));
        for (var refused :
                List.of(nobody.send("POST", "/api/time-sheets", hours), nobody.send("POST", confirm, work))) {
            assertThat(reasons(refused))
                    .singleElement()
                    .asString()
                    .startsWith("/personnelNumber is 00000001, which is not your own personnel number");
        }
        accepted(nobody.send("POST", confirm, "{\"actualWork\": 1}"));
        var records = plant.store().documents(Replicas.TIME_SHEETS);
        var record = records.find("000000000001").orElseThrow().value().copy();
        records.upsertAll(List.of(record.put("personnelNumber", "00000001")));
        assertThat(reasons(nobody.send("POST", "/api/time-sheets/1/cancel", null)))
                .singleElement()
                .asString()
                .contains("not your own");
        accepted(own.send("POST", "/api/time-sheets/1/cancel", null));
    }

    @Test
    void aDayMayHaveBegunWhereThePlantIs() {
        var latest = LocalDate.ofInstant(InstantSource.system().instant(), ZoneOffset.ofHours(14));
        var confirm = "/api/work-orders/4000001/operations/10/confirmations";
        accepted(post(confirm, "{\"actualWork\": 1, \"postingDate\": \"%s\"}".formatted(latest)));
        assertThat(reasons(post(confirm, "{\"actualWork\": 1, \"postingDate\": \"%s\"}".formatted(latest.plusDays(2)))))
                .hasSize(1);
    }

    @Test
    void aPersonsHoursAreListedWithThoseOnTheirWay() {
        var records = plant.store().documents(Replicas.TIME_SHEETS);
        var record = records.find("000000000001").orElseThrow().value().copy();
        records.upsertAll(List.of(record.put("personnelNumber", "00000001").put("workDate", "2026-03-02")));
        var path = "/api/time-sheets?personnelNumber=1&from=2026-03-02&to=2026-03-08";
        var before = anna.get(path);
        assertThat(before.status()).as(before.text()).isEqualTo(200);
        assertThat(before.each("record")).contains("000000000001");
        var entered = accepted(post("/api/time-sheets", """
                {"personnelNumber": "1", "workDate": "2026-03-03", "hours": 2, "orderNumber": "4000001"}"""));
        accepted(anna.send("PATCH", "/api/time-sheets/1", "{\"hours\": 4}"));
        var items = anna.get(path).json().required("items");
        var changed = items.get(before.each("record").indexOf("000000000001"));
        assertThat(changed.required("pending").get(0).required("command").asString())
                .isEqualTo("change-time-sheet");
        assertThat(changed.required("hours").asInt()).isEqualTo(4);
        var last = items.get(items.size() - 1);
        assertThat(last.required("record").asString()).isEqualTo(entered.id());
        assertThat(last.required("orderNumber").asString()).isEqualTo("000004000001");
        assertThat(last.required("orderDescription").asString()).isNotEmpty();
        assertThat(last.at("/pending/0/state").asString()).isEqualTo("queued");
        assertThat(anna.get(path.replace("from=2026-03-02", "from=2026-03-04")).each("record"))
                .doesNotContain(entered.id());
        assertThat(anna.get(path.replace("Number=1", "Number=2")).each("record"))
                .doesNotContain(entered.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"measuringPoint\": \"1\", \"reading\": 99}                              | ''",
                "{\"measuringPoint\": \"1\", \"reading\": 8, \"readingDate\": \"2099-01-01\"} | /readingDate is 2099-01-01",
                "{\"measuringPoint\": \"1\"}                                               | /reading is required",
                "{\"measuringPoint\": \"3\", \"reading\": 1}                               | /measuringPoint is 000000000003",
                "{\"measuringPoint\": \"1\", \"reading\": 1, \"valuationCode\": \"A\"}     | /valuationCode does not go",
                "{\"measuringPoint\": \"1\", \"reading\": 1, \"orderNumber\": \"4000004\"} | /orderNumber is 000004000004"
            })
    void aReadingIsTakenOutsideOfLimitsTooButNotWhenItMakesNoSense(String body, String reason) {
        var answer = post("/api/measurement-documents", body);
        if (reason.isEmpty()) {
            assertThat(accepted(answer).object()).isEqualTo("MeasuringPoints/000000000001");
        } else {
            assertThat(reasons(answer)).singleElement().asString().startsWith(reason);
        }
    }

    @Test
    void aCounterGoesUpUnlessItWasExchanged() {
        var rotterdam = plant.as(new Caller("ben", permission -> true, PlantScope.of("2000")));
        var path = "/api/measurement-documents";
        var first = rotterdam.send("POST", path, "{\"measuringPoint\": \"3\", \"reading\": 100}");
        assertThat(first.status()).isEqualTo(202);
        var lower = rotterdam.send("POST", path, "{\"measuringPoint\": \"3\", \"reading\": 90}");
        assertThat(reasons(lower))
                .singleElement()
                .asString()
                .startsWith("/reading is 90 but the counter had 100 before");
        var queue = new OutboxQueue(plant.store(), InstantSource.system());
        queue.failed(
                queue.claim(first.json().required("id").asString(), "test").orElseThrow(),
                Outcome.words("IR/001", "The point is locked", null));
        assertThat(rotterdam
                        .send("POST", path, "{\"measuringPoint\": \"3\", \"reading\": 90}")
                        .status())
                .isEqualTo(202); // What SAP refused was never read.
        assertThat(rotterdam.send("POST", path, """
                {"measuringPoint": "3", "reading": 5, "counterExchanged": true}""").status()).isEqualTo(202);
        assertThat(reasons(rotterdam.send("POST", path, "{\"measuringPoint\": \"3\", \"reading\": -1}")))
                .hasSize(1);
    }

    @Test
    void aMeasurementDocumentIsCancelledUnlessItIs() {
        assertThat(accepted(post("/api/measurement-documents/01/cancel"))
                        .request()
                        .key())
                .isEqualTo("01");
        assertThat(reasons(post("/api/measurement-documents/01/cancel")))
                .singleElement()
                .asString()
                .contains("asked for already");
        assertThat(reasons(post("/api/measurement-documents/05/cancel"))).hasSize(1);
        assertThat(post("/api/measurement-documents/77/cancel").status()).isEqualTo(404);
    }

    @Test
    void equipmentIsDismantledBeforeItIsInstalledElsewhere() {
        var install = "/api/equipment/10000003/install";
        assertThat(reasons(post(install, "{\"functionalLocation\": \"HH-PUMP\"}")))
                .singleElement()
                .asString()
                .contains("is installed at HH-HALL");
        accepted(post("/api/equipment/10000003/dismantle"));
        assertThat(reasons(post("/api/equipment/10000003/dismantle"))).hasSize(1);
        assertThat(reasons(post(install, "{\"functionalLocation\": \"RO\"}")))
                .singleElement()
                .asString()
                .contains("is RO, which is no functional location in your plants");
        accepted(post(install, "{\"functionalLocation\": \"HH-PUMP\"}"));
        assertThat(post("/api/equipment/10000004/dismantle").status()).isEqualTo(404);
    }

    @Test
    void anInspectionIsRecordedAndDecided() {
        var store = plant.store();
        store.documents(Replicas.INSPECTION_LOTS)
                .upsertAll(List.of(new Document()
                        .put("id", "000000000001")
                        .put("inspectionLot", "000000000001")
                        .put("plant", "1000")
                        .put("systemStatuses", List.of("REL"))));
        store.documents(Replicas.INSPECTION_CHARACTERISTICS)
                .upsertAll(List.of(new Document()
                        .put("id", "000000000001/00000001/0010")
                        .put("inspectionLot", "000000000001")
                        .put("quantitative", true)
                        .put("plant", "1000")));
        var results = "/api/inspection-lots/1/results";
        var recorded = accepted(post(results, "{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4.2}"));
        assertThat(recorded.request().key()).isEqualTo("000000000001/00000001/0010");
        var corrected = accepted(post(results, "{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4.4}"));
        assertThat(corrected.request().base().decimal("result")).contains(new BigDecimal("4.2"));
        assertThat(reasons(post(results, "{\"operation\": \"1\", \"characteristic\": \"10\", \"resultCode\": \"A\"}")))
                .hasSize(2);
        assertThat(reasons(post(results, "{\"operation\": \"1\", \"characteristic\": \"20\", \"result\": 1}")))
                .isNotEmpty();
        assertThat(reasons(post("/api/inspection-lots/1/usage-decision", "{\"codeGroup\": \"Z\", \"code\": \"Z\"}")))
                .hasSize(1);
        assertThat(post("/api/inspection-lots/2/usage-decision", "{\"codeGroup\": \"Z\", \"code\": \"Z\"}")
                        .status())
                .isEqualTo(404);
    }
}
