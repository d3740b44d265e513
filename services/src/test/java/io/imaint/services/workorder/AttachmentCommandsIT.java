package io.imaint.services.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ApiClient.Answer;
import io.imaint.services.ServedPlant;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that people attach to orders and notifications. */
class AttachmentCommandsIT {
    private static final String DOCUMENTS = "/api/work-orders/4000001/documents";
    private static final String REPORT = DOCUMENTS + "?fileName=report.pdf";
    private static final String PDF = "%PDF-1.7 a report";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(WorkOrderService.MODULE);

    private ApiClient anna;

    @BeforeEach
    void signsIn() {
        anna = plant.as(new Caller("anna", permission -> true, PlantScope.of("1000")));
    }

    private static Answer upload(ApiClient client, String target, String mediaType, String body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = mediaType;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return client.send("POST", target, body, all);
    }

    private OutboxItem accepted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return plant.store()
                .documents(OutboxItem.TYPE)
                .find(answer.json().required("id").asString())
                .orElseThrow()
                .value();
    }

    private List<OutboxItem> items() {
        return plant.store()
                .documents(OutboxItem.TYPE)
                .list(Query.where(Condition.ALL))
                .values();
    }

    @Test
    void aFileIsKeptUntilSapHasItAndShownMeanwhile() throws IOException {
        var item = accepted(upload(anna, REPORT + "&description=Seal", "application/pdf", PDF));
        assertThat(item.command()).isEqualTo(Command.UPLOAD_ATTACHMENT);
        assertThat(item.plant()).isEqualTo("1000");
        assertThat(item.request().values().text("objectKey")).contains("000004000001");
        var content = item.request().values().text("content").orElseThrow();
        try (var kept = plant.store().contents().open(content).orElseThrow()) {
            assertThat(new String(kept.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(PDF);
        }
        var first = anna.get(DOCUMENTS).json().at("/items/0");
        assertThat(first.required("fileName").asString()).isEqualTo("report.pdf");
        assertThat(first.required("description").asString()).isEqualTo("Seal");
        assertThat(first.required("sizeBytes").asInt()).isEqualTo(PDF.length());
        assertThat(first.at("/pending/0/state").asString()).isEqualTo("queued");
        assertThat(first.required("document").asString()).isEqualTo(item.id());
    }

    @Test
    void aFileOfAnOrderThatSapHasNotNumberedRefersToItsItem() {
        var order = accepted(anna.send(
                "POST",
                "/api/work-orders",
                "{\"orderType\": \"PM01\", \"description\": \"Leak\", \"equipment\": \"10000001\"}"));
        var file = accepted(upload(
                anna, "/api/work-orders/" + order.id() + "/documents?fileName=a.txt", "text/plain", "leaks here"));
        assertThat(file.request().references()).containsEntry("objectKey", order.id());
        assertThat(file.waitsFor()).isEqualTo(order.id());
    }

    @Test
    void aRepeatedUploadIsTheSameCommandAndKeepsItsFile() {
        var key = "photo-1";
        var first = accepted(upload(anna, REPORT, "application/pdf", PDF, "Idempotency-Key", key));
        var again = accepted(upload(anna, REPORT, "application/pdf", PDF, "Idempotency-Key", key));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(items()).hasSize(1);
        assertThat(plant.store()
                        .contents()
                        .find(again.request().values().text("content").orElseThrow()))
                .isPresent();
        var other = upload(anna, REPORT, "application/pdf", PDF + "!", "Idempotency-Key", key);
        assertThat(other.status()).as(other.text()).isEqualTo(409);
        assertThat(other.json().required("code").asString()).isEqualTo("outbox-key-reused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "report.pdf | application/pdf | <html> | is no file of type application/pdf",
                "report.exe | application/pdf | %PDF-1.7 | ends in .pdf",
                "report.html | text/html | <html> | is not allowed",
                "a%2Fb.txt | text/plain | hello | leave out the path"
            })
    void refusesAFileThatIsNotWhatItIsSaidToBe(String name, String mediaType, String body, String reason) {
        var answer = upload(anna, DOCUMENTS + "?fileName=" + name, mediaType, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().required("errors").toString()).contains(reason);
        assertThat(items()).isEmpty();
    }

    @Test
    void refusesAnEmptyFile() {
        var answer = upload(anna, REPORT, "application/pdf", "");
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(items()).isEmpty();
    }

    @Test
    void aFileIsAttachedToANotification() {
        var documents = "/api/notifications/10000001/documents";
        var item = accepted(upload(anna, documents + "?fileName=leak.csv", "text/csv", "time,drops"));
        assertThat(item.request().values().text("objectType")).contains("BUS2038");
        assertThat(anna.get(documents).each("fileName")).contains("leak.csv");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        var large = PDF + "x".repeat(AttachmentLimits.SAP_BYTES_MAX);
        assertThat(upload(anna, REPORT, "application/pdf", large).status()).isEqualTo(413);
        assertThat(items()).isEmpty();
    }

    private void given(String setting, Object value) {
        new Seeds(plant.store(), List.of(), InstantSource.system()).seed(SeedSource.PROGRAM);
        var administrator = new Caller("administrator", permission -> true, PlantScope.ALL);
        ScopedValue.where(Caller.scoped(), administrator)
                .run(() -> new OrganizationSettings(plant.store()).set(setting, "plant", "1000", value));
    }

    @Test
    void thePlantLimitsTheSizeOfAFile() {
        given("attachments.size-max", 1L << 20);
        var answer = upload(anna, REPORT, "application/pdf", PDF + "x".repeat(1 << 20));
        assertThat(answer.status()).as(answer.text()).isEqualTo(413);
        assertThat(answer.text()).contains("1048576");
        accepted(upload(anna, REPORT, "application/pdf", PDF));
    }

    @Test
    void thePlantLimitsTheTypesOfFiles() {
        given("attachments.types", List.of("image/png", "text/plain"));
        var answer = upload(anna, REPORT, "application/pdf", PDF);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().required("errors").toString())
                .contains("'application/pdf', which is not allowed; use one of image/png, text/plain");
        accepted(upload(anna, DOCUMENTS + "?fileName=a.txt", "text/plain", "leaks here"));
    }

    @Test
    void thePlantLimitsTheFilesOfAnObjectWithThoseOnTheirWay() {
        int before = anna.get(DOCUMENTS).each("document").size();
        given("attachments.count-max", before + 1L);
        var key = "the-last-one";
        accepted(upload(anna, REPORT, "application/pdf", PDF, "Idempotency-Key", key));
        var answer = upload(anna, REPORT, "application/pdf", PDF + " again");
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().required("errors").toString())
                .contains("has %d files already, and at most %d are allowed".formatted(before + 1, before + 1));
        accepted(upload(anna, REPORT, "application/pdf", PDF, "Idempotency-Key", key));
        accepted(upload(anna, "/api/work-orders/4000002/documents?fileName=a.txt", "text/plain", "leaks here"));
        assertThat(items()).hasSize(2);
    }

    @Test
    void showsWhatThePlantAllowsToWhoMayAttach() {
        given("attachments.image-side-max", 1024L);
        given("attachments.types", List.of("image/jpeg"));
        var limits = anna.get("/api/attachment-limits?plant=1000").json();
        assertThat(limits.required("imageSideMax").asInt()).isEqualTo(1024);
        assertThat(limits.required("imageLocation").asBoolean()).isFalse();
        assertThat(limits.required("types")).hasSize(1);
        var everywhere = anna.get("/api/attachment-limits").json();
        assertThat(everywhere.required("imageSideMax").asInt()).isEqualTo(2048);
        assertThat(everywhere.required("bytesMax").asInt()).isEqualTo(AttachmentLimits.SAP_BYTES_MAX);
        assertThat(everywhere.required("countMax").asInt()).isEqualTo(50);
    }

    @Test
    void ofUploadsAtTheSameTimeAsManyAreTakenAsThereIsRoomFor() throws Exception {
        int before = anna.get(DOCUMENTS).each("document").size();
        given("attachments.count-max", before + 3L);
        var answers = new ArrayList<Future<Answer>>();
        try (var uploads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                var body = PDF + i;
                answers.add(uploads.submit(() -> upload(anna, REPORT, "application/pdf", body)));
            }
        }
        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnly(202, 422);
        assertThat(statuses).filteredOn(status -> status == 202).hasSize(3);
        assertThat(items()).hasSize(3);
        assertThat(anna.get(DOCUMENTS).each("document")).hasSize(before + 3);
        for (var item : items()) {
            assertThat(plant.store()
                            .contents()
                            .find(item.request().values().text("content").orElseThrow()))
                    .isPresent();
        }
    }

    @Test
    void aPlaceThatAProcessReservedBeforeItDiedIsFreeAfterSomeTime() {
        var rooms = plant.store().documents(AttachmentRoom.Reserved.TYPE);
        var now = InstantSource.system().instant();
        int before = anna.get(DOCUMENTS).each("document").size();
        given("attachments.count-max", before + 1L);
        var place = new AttachmentRoom.Place("lost", now.plusSeconds(60));
        var id = AttachedFile.ORDER + "/000004000001";
        rooms.upsertAll(List.of(new AttachmentRoom.Reserved(id, List.of(place), now.plusSeconds(3600))));
        assertThat(upload(anna, REPORT, "application/pdf", PDF).status()).isEqualTo(422);
        var over = new AttachmentRoom.Place("lost", now.minusSeconds(1));
        rooms.upsertAll(List.of(new AttachmentRoom.Reserved(id, List.of(over), now.plusSeconds(3600))));
        accepted(upload(anna, REPORT, "application/pdf", PDF));
        assertThat(rooms.find(id).orElseThrow().value().places()).isEmpty();
    }

    @Test
    void anOrderOfAnotherPlantIsMissing() {
        var ben = plant.as(new Caller("ben", permission -> true, PlantScope.of("2000")));
        var answer = upload(ben, REPORT, "application/pdf", PDF);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo("work-order-not-found");
    }

    @Test
    void anotherPermissionIsNotEnough() {
        var reader = plant.as(
                new Caller("reader", permission -> !permission.equals(AttachmentCommands.ADD), PlantScope.ALL));
        assertThat(upload(reader, REPORT, "application/pdf", PDF).status()).isEqualTo(403);
    }
}
