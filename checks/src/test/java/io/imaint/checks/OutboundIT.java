package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Goal: each kind of command reaches SAP. Method: outbox, producer, consumer and simulator in one process. */
class OutboundIT extends OutboundCase {
    @Test
    void aNotificationGetsItsNumberWithAllThatIsBelowIt() {
        landscape.start();
        var item = landscape.settled(landscape.create(
                Command.CREATE_NOTIFICATION,
                notification("Pump leaks")
                        .put("breakdown", true)
                        .put("malfunctionStart", "2026-11-30")
                        .put("malfunctionStartTime", "08:30")
                        .put(
                                "items",
                                List.of(new Document()
                                        .put("text", "Seal")
                                        .put("causes", List.of(new Document().put("text", "Worn")))))
                        .put("tasks", List.of(new Document().put("text", "Replace it")))
                        .put("activities", List.of(new Document().put("text", "Looked at it")))));
        assertThat(item.state()).as("%s", item.outcome()).isEqualTo(State.POSTED);
        var number = Objects.requireNonNull(item.outcome().sapNumber());
        assertThat(item.object()).isEqualTo("Notifications/" + number);
        assertThat(Objects.requireNonNull(item.outcome().answer()).text("description"))
                .hasValue("Pump leaks");
        assertThat(item.outcome().message()).as("SAP's own words are kept").contains("saved");
        var row = landscape.row(IcwpModel.NOTIFICATION, number);
        assertThat(row.flag("MSAUS")).isTrue();
        assertThat(row.date("AUSVN")).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(row.value("EXTID")).hasToString(item.id());
        assertThat(landscape.row(IcwpModel.CAUSE, number, "0001", "0001").text("URTXT"))
                .isEqualTo("Worn");
        assertThat(landscape.row(IcwpModel.TASK, number, "0001").text("MATXT")).isEqualTo("Replace it");
        assertThat(landscape.row(IcwpModel.ACTIVITY, number, "0001").text("MATXT"))
                .isEqualTo("Looked at it");
    }

    @Test
    void theLifeOfAnOrderIsPostedStepByStep() {
        landscape.start();
        var notification = posted(landscape.create(Command.CREATE_NOTIFICATION, notification("Motor hot")));
        about(
                Command.CHANGE_NOTIFICATION,
                "Notifications",
                notification,
                notification,
                new Document().put("description", "Motor very hot"));
        about(Command.PUT_NOTIFICATION_IN_PROCESS, "Notifications", notification, notification, new Document());
        var number = posted(landscape.create(
                Command.CREATE_ORDER,
                order("Cool the motor")
                        .put(
                                "operations",
                                List.of(new Document()
                                        .put("description", "Clean the fan")
                                        .put("work", new BigDecimal("1.5"))))));
        about(
                Command.ASSIGN_NOTIFICATION_TO_ORDER,
                "Notifications",
                notification,
                notification,
                new Document().put("order", number));
        assertThat(landscape.row(IcwpModel.NOTIFICATION, notification).text("AUFNR"))
                .isEqualTo(number);
        about(Command.CHANGE_ORDER, "WorkOrders", number, number, new Document().put("description", "Cool it"));
        var operation = posted(landscape.about(
                Command.ADD_OPERATION,
                "WorkOrders",
                number,
                null,
                new Document().put("orderNumber", number).put("description", "Measure")));
        about(Command.CHANGE_OPERATION, "WorkOrders", number, operation, new Document().put("work", 2));
        assertThat(landscape.row(IcwpModel.OPERATION, operation.split("/", -1)).decimal("ARBEI"))
                .isEqualByComparingTo("2");
        var stock = landscape
                .rows(IcwpModel.STOCK, row -> row.decimal("LABST").compareTo(BigDecimal.TEN) > 0)
                .getFirst();
        var component = posted(landscape.about(
                Command.ADD_COMPONENT,
                "WorkOrders",
                number,
                null,
                new Document()
                        .put("orderNumber", number)
                        .put("material", stock.text("MATNR"))
                        .put("stockPlant", stock.text("WERKS"))
                        .put("storageLocation", stock.text("LGORT"))
                        .put("requiredQuantity", 3)
                        .put("unit", stock.text("MEINS"))));
        about(Command.RELEASE_ORDER, "WorkOrders", number, number, new Document());
        var confirmation = posted(landscape.about(
                Command.CONFIRM_OPERATION,
                "WorkOrders",
                number,
                null,
                new Document()
                        .put("orderNumber", number)
                        .put("operation", "0010")
                        .put("actualWork", new BigDecimal("1.5"))
                        .put("workUnit", "H")
                        .put("text", "done")));
        var cancelled = about(Command.CANCEL_CONFIRMATION, "WorkOrders", number, confirmation, new Document());
        assertThat(landscape
                        .row(IcwpModel.CONFIRMATION, confirmation.split("/", -1))
                        .flag("STOKZ"))
                .isTrue();
        assertThat(cancelled).startsWith(confirmation.substring(0, 10));
        var issue = posted(landscape.about(
                Command.POST_GOODS_MOVEMENT,
                "WorkOrders",
                number,
                null,
                new Document()
                        .put("movementType", "261")
                        .put("reservation", component.split("/", -1)[0])
                        .put("reservationItem", component.split("/", -1)[1])
                        .put("quantity", 2)));
        about(Command.CANCEL_GOODS_MOVEMENT, "WorkOrders", number, issue, new Document());
        about(Command.COMPLETE_ORDER_TECHNICALLY, "WorkOrders", number, number, new Document());
        assertThat(landscape.row(IcwpModel.WORK_ORDER, number).has("TECO")).isTrue();
        about(Command.REOPEN_ORDER, "WorkOrders", number, number, new Document());
        assertThat(landscape.row(IcwpModel.WORK_ORDER, number).has("TECO")).isFalse();
        var another = posted(landscape.create(Command.CREATE_NOTIFICATION, notification("Found nothing")));
        about(Command.COMPLETE_NOTIFICATION, "Notifications", another, another, new Document());
        assertThat(landscape.row(IcwpModel.NOTIFICATION, another).has("NOCO")).isTrue();
    }

    @Test
    void readingsTimesAndEquipmentArePosted() {
        landscape.start();
        var point = landscape
                .rows(IcwpModel.MEASURING_POINT, row -> !row.flag("INDCT") && !row.flag("INACT") && !row.flag("LVORM"))
                .getFirst();
        var reading = posted(landscape.create(
                Command.CREATE_MEASUREMENT_DOCUMENT,
                new Document().put("measuringPoint", point.text("POINT")).put("reading", new BigDecimal("12.5"))));
        about(Command.CANCEL_MEASUREMENT_DOCUMENT, "MeasurementDocuments", reading, reading, new Document());
        assertThat(landscape.row(IcwpModel.MEASUREMENT_DOCUMENT, reading).flag("CANCL"))
                .isTrue();

        var person = landscape.rows(IcwpModel.PERSON, row -> true).getFirst().text("PERNR");
        var time = posted(landscape.create(
                Command.CREATE_TIME_SHEET,
                new Document()
                        .put("personnelNumber", person)
                        .put("workDate", "2026-11-30")
                        .put("hours", new BigDecimal("1.25"))
                        .put("attendanceType", "0800")));
        about(Command.CHANGE_TIME_SHEET, "TimeSheets", time, time, new Document().put("hours", new BigDecimal("2.5")));
        assertThat(landscape.row(IcwpModel.TIME_SHEET, time).decimal("CATSHOURS"))
                .isEqualByComparingTo("2.5");
        about(Command.CANCEL_TIME_SHEET, "TimeSheets", time, time, new Document());
        assertThat(landscape.row(IcwpModel.TIME_SHEET, time).text("STATUS")).isEqualTo("60");

        var equipment = landscape
                .rows(
                        IcwpModel.EQUIPMENT,
                        row -> row.has("INST")
                                && !row.text("TPLNR").isEmpty()
                                && row.text("HEQUI").isEmpty())
                .getFirst();
        var number = equipment.text("EQUNR");
        about(Command.DISMANTLE_EQUIPMENT, "Equipment", number, number, new Document());
        assertThat(landscape.row(IcwpModel.EQUIPMENT, number).text("TPLNR")).isEmpty();
        about(
                Command.INSTALL_EQUIPMENT,
                "Equipment",
                number,
                number,
                new Document().put("functionalLocation", equipment.text("TPLNR")));
        assertThat(landscape.row(IcwpModel.EQUIPMENT, number).text("TPLNR")).isEqualTo(equipment.text("TPLNR"));
    }

    @Test
    void inspectionsAreRecordedAndDecided() {
        landscape.start();
        var lot = landscape
                .rows(IcwpModel.INSPECTION_LOT, row -> row.has("REL") && !row.has("UD"))
                .getFirst()
                .text("PRUEFLOS");
        var characteristics = landscape.rows(
                IcwpModel.INSPECTION_CHARACTERISTIC, row -> row.text("PRUEFLOS").equals(lot));
        for (var characteristic : characteristics) {
            var key = String.join("/", characteristic.key());
            var result = characteristic.flag("QUANTITATIV")
                    ? new Document().put("result", new BigDecimal("1.5"))
                    : new Document()
                            .put("resultCodeGroup", characteristic.text("AUSWMENGE1"))
                            .put("resultCode", code("1", characteristic.text("AUSWMENGE1")));
            about(Command.RECORD_INSPECTION_RESULT, "InspectionLots", lot, key, result);
        }
        var decision = landscape
                .rows(IcwpModel.CATALOG_CODE, row -> row.text("KATALOGART").equals("3"))
                .getFirst();
        var decided = posted(landscape.about(
                Command.MAKE_USAGE_DECISION,
                "InspectionLots",
                lot,
                null,
                new Document()
                        .put("inspectionLot", lot)
                        .put("codeGroup", decision.text("CODEGRUPPE"))
                        .put("code", decision.text("CODE"))));
        assertThat(decided).isEqualTo(lot);
        assertThat(landscape.row(IcwpModel.INSPECTION_LOT, lot).has("UD")).isTrue();
    }

    private String code(String catalog, String group) {
        return landscape
                .rows(
                        IcwpModel.CATALOG_CODE,
                        row -> row.text("KATALOGART").equals(catalog)
                                && row.text("CODEGRUPPE").equals(group))
                .getFirst()
                .text("CODE");
    }

    @Test
    void aFileIsAttachedToAnObject() throws IOException {
        landscape.start();
        var order = landscape.rows(IcwpModel.WORK_ORDER, row -> true).getFirst().text("AUFNR");
        var content = picture();
        landscape.faults("drop-after on POST AttachmentSet times=1");
        var item = upload(order, "Schäden, 'neu'.png", content);
        var number = posted(item);
        var row = landscape.row(IcwpModel.ATTACHMENT, number.split("/", -1));
        assertThat(row.text("FILENAME")).isEqualTo("Schäden, 'neu'.png");
        assertThat(row.text("OBJKEY")).isEqualTo(order);
        await().untilAsserted(() -> assertThat(landscape.store.contents().find(content))
                .as("SAP has it now")
                .isEmpty());
        assertThat(landscape.rows(
                        IcwpModel.ATTACHMENT, other -> item.id().equals(String.valueOf(other.value("EXTID")))))
                .hasSize(1);
    }

    private String picture() throws IOException {
        var file = "a picture".getBytes(StandardCharsets.UTF_8);
        return landscape
                .store
                .contents()
                .put(new ByteArrayInputStream(file), "image/png", 1000)
                .id();
    }

    private OutboxItem upload(String order, String fileName, String content) {
        return landscape.about(
                Command.UPLOAD_ATTACHMENT,
                "WorkOrders",
                order,
                null,
                new Document()
                        .put("objectType", "BUS2007")
                        .put("objectKey", order)
                        .put("fileName", fileName)
                        .put("content", content));
    }

    @Test
    void aFileIsKeptWhileItsUploadCanBeRetriedAndRemovedOnceItIsDiscarded() throws IOException {
        landscape.start();
        var content = picture();
        var item = failed(upload("000009999999", "nowhere.png", content));
        var refused = landscape.outbox.find(item.id(), OutboundLandscape.CALLER).orElseThrow();
        landscape.outbox.retry(item.id(), refused.rev(), Map.of(), OutboundLandscape.CALLER);
        var again = failed(item);
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(landscape.store.contents().find(content)).isPresent();
        var last = landscape.outbox.find(item.id(), OutboundLandscape.CALLER).orElseThrow();
        landscape.outbox.discard(item.id(), last.rev(), "no such order", OutboundLandscape.CALLER);
        await().untilAsserted(() ->
                assertThat(landscape.store.contents().find(content)).isEmpty());
    }

    @Test
    void severalPartsAreTakenTogetherOrNotAtAll() {
        landscape.start();
        var number = posted(landscape.create(Command.CREATE_ORDER, order("Parts")));
        posted(landscape.about(Command.RELEASE_ORDER, "WorkOrders", number, number, new Document()));
        var stocks = landscape.rows(IcwpModel.STOCK, row -> row.decimal("LABST").compareTo(BigDecimal.TEN) > 0);
        landscape.faults("drop-after on POST $batch times=1");
        var both = landscape.about(
                Command.POST_GOODS_MOVEMENT,
                "WorkOrders",
                number,
                null,
                issue(number, part(stocks.get(0), 2), part(stocks.get(1), 3)));
        posted(both);
        var first =
                landscape.rows(IcwpModel.GOODS_MOVEMENT, row -> both.id().equals(String.valueOf(row.value("EXTID"))));
        assertThat(first).hasSize(1);
        assertThat(landscape.rows(
                        IcwpModel.GOODS_MOVEMENT, row -> row.text("AUFNR").equals(number)))
                .hasSize(2);
        var tooMuch = failed(landscape.about(
                Command.POST_GOODS_MOVEMENT,
                "WorkOrders",
                number,
                null,
                issue(number, part(stocks.get(0), 1), part(stocks.get(1), 9_000_000))));
        assertThat(tooMuch.outcome().code()).startsWith("M7/");
        assertThat(landscape.rows(
                        IcwpModel.GOODS_MOVEMENT, row -> row.text("AUFNR").equals(number)))
                .as("nothing of it is posted")
                .hasSize(2);
    }

    private static Document issue(String order, Document... items) {
        return new Document()
                .put("movementType", "261")
                .put("orderNumber", order)
                .put("items", List.of(items));
    }

    private static Document part(Row stock, int quantity) {
        return new Document()
                .put("material", stock.text("MATNR"))
                .put("stockPlant", stock.text("WERKS"))
                .put("storageLocation", stock.text("LGORT"))
                .put("quantity", quantity)
                .put("unit", stock.text("MEINS"));
    }

    @Test
    void followersWaitForTheNumberOfWhatTheyFollow() {
        var creation = landscape.create(Command.CREATE_ORDER, order("Not there yet"));
        var release =
                landscape.about(Command.RELEASE_ORDER, "WorkOrders", creation.id(), creation.id(), new Document());
        var confirmation = landscape.accept(
                Command.CONFIRM_OPERATION,
                "WorkOrders",
                creation.id(),
                null,
                new Document()
                        .put("operation", "0010")
                        .put("actualWork", 1)
                        .put("workUnit", "H")
                        .put("finalConfirmation", true),
                new Document(),
                Map.of("orderNumber", creation.id()));
        landscape.start();
        posted(confirmation);
        var number = posted(creation);
        assertThat(posted(release)).isEqualTo(number);
        assertThat(landscape.row(IcwpModel.WORK_ORDER, number).has("CNF")).isTrue();
        assertThat(landscape.item(confirmation.id()).object()).isEqualTo("WorkOrders/" + number);
    }
}
