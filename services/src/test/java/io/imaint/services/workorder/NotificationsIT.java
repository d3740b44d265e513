package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsIT {
    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(WorkOrderService.MODULE);

    /** The last digits of the notifications that a list shows, in its order. */
    private static String listed(String query) {
        var answer = PLANT.get("/api/notifications?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return lastDigits(answer.each("notification"));
    }

    private static String lastDigits(List<String> numbers) {
        return String.join(
                " ",
                numbers.stream()
                        .map(number -> number.substring(number.length() - 1))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=50 | 1 2 3 4",
                "plant=1000 | 1 2",
                "plant=1000&plant=2000 | 1 2 3",
                "plant=9999 | ''",
                "type=M2 | 1 3",
                "type=M1&type=M2 | 1 2 3",
                "priority=1 | 1",
                "priority=2&priority=3 | 2 3",
                "status=NOCO | 3",
                "open=true | 1 2",
                "open=true&status=NOCO | ''",
                "withOrder=true | 1 3",
                "withOrder=false | 2 4",
                "withOrder=false&open=true | 2",
                "breakdown=true | 1",
                "breakdown=false | 1 2 3 4",
                "equipment=10000001 | 1",
                "equipment=000000000010000003 | 2",
                "functionalLocation=HH-PUMP-01 | 1",
                "functionalLocation=HH-PUMP | ''",
                "functionalLocation=HH* | 1",
                "reportedBy=ANNA | 1 3",
                "reportedFrom=2026-02-10 | 1 2",
                "reportedTo=2026-02-10 | 2 3",
                "reportedFrom=2026-02-10&reportedTo=2026-02-10 | 2",
                "text=pump | 1",
                "text=10000003 | 3",
                "text=leaks+oil | 3",
                "text=eaks | ''",
                "plant=1000&type=M2&priority=1&status=NOPR&open=true&withOrder=true&equipment=10000001"
                        + "&functionalLocation=HH*&reportedBy=ANNA&reportedFrom=2026-01-01&reportedTo=2026-12-31&text=loud | 1",
            })
    void findsByEachFilter(String filter, String expected) {
        assertThat(listed(filter + "&sort=notification")).isEqualTo(expected);
        assertThat(PLANT.get("/api/notifications?" + filter)
                        .json()
                        .required("total")
                        .asInt())
                .isEqualTo(expected.isEmpty() ? 0 : expected.split(" ").length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort=notification | 1 2 3 4",
                "sort=notificationDate | 4 3 2 1",
                "sort=-notificationDate | 1 2 3 4",
                "limit=50 | 1 2 3 4",
                "sort=priority | 4 1 3 2",
            })
    void sortsAsAsked(String query, String expected) {
        assertThat(listed(query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notification", "notificationDate", "-notificationDate", "priority"})
    void pagesShowEveryNotificationOnceInTheOrderOfTheWholeList(String sort) {
        var whole = listed("sort=" + sort);
        var paged = new ArrayList<String>();
        var target = "/api/notifications?limit=1&sort=" + sort;
        var page = PLANT.get(target);
        while (!page.json().required("next").isNull()) {
            paged.addAll(page.each("notification"));
            page = PLANT.get(target + "&after=" + page.json().required("next").asString());
        }
        paged.addAll(page.each("notification"));
        assertThat(lastDigits(paged)).isEqualTo(whole);
    }

    @Test
    void leavesOutTheTotalOnRequest() {
        assertThat(PLANT.get("/api/notifications?total=false")
                        .json()
                        .required("total")
                        .isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit",
                "limit=1001 | limit",
                "reportedFrom=yesterday | reportedFrom",
                "open=perhaps | open",
                "withOrder=perhaps | withOrder",
                "breakdown=perhaps | breakdown",
                "sort=-priority | sort",
                "colour=red | colour",
            })
    void refusesBadParametersByName(String query, String parameter) {
        var answer = PLANT.get("/api/notifications?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000001", "000010000001"})
    void showsANotificationWithAllItsParts(String number) {
        var shown = PLANT.get("/api/notifications/" + number).json();
        assertThat(shown.required("notification").asString()).isEqualTo("000010000001");
        assertThat(shown.required("breakdown").asBoolean()).isTrue();
        assertThat(shown.required("malfunctionStartTime").asString()).startsWith("06:30");
        assertThat(texts(shown.required("place"), "functionalLocation")).containsExactly("HH", "HH-PUMP", "HH-PUMP-01");
        assertThat(texts(shown.required("items"), "text")).containsExactly("Bearing worn");
        assertThat(texts(shown.required("causes"), "text")).containsExactly("No grease");
        assertThat(texts(shown.required("tasks"), "plannedFinish")).containsExactly("2026-03-03");
        assertThat(texts(shown.required("activities"), "text")).containsExactly("Pump stopped", "Never done");
        assertThat(shown.at("/workOrder/orderNumber").asString()).isEqualTo("000004000001");
    }

    @Test
    void listsTheFilesOfANotification() {
        var path = "/api/notifications/10000001/documents";
        assertThat(PLANT.get(path).each("fileName")).containsExactly("noise.mp3");
        assertThat(PLANT.get("/api/notifications/10000001")
                        .json()
                        .required("documentCount")
                        .asInt())
                .isEqualTo(1);
        assertThat(PLANT.get("/api/notifications/10000002/documents").each("fileName"))
                .isEmpty();
        assertThat(PLANT.get("/api/notifications/10000009/documents").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatHappenedToANotificationNewestFirstWithoutWhatWasDeleted() {
        var path = "/api/notifications/10000001/history";
        var whole = PLANT.get(path);
        assertThat(whole.each("kind")).containsExactly("document-attached", "activity-recorded", "malfunction-started");
        assertThat(whole.each("text")).startsWith("noise.mp3", "Pump stopped");
        assertThat(whole.json().at("/items/2/time").asString()).isEqualTo("06:30:00");
        assertThat(PLANT.get(path + "?limit=1").each("kind")).containsExactly("document-attached");
        assertThat(PLANT.get("/api/notifications/10000009/history").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'', NOPR, 1",
        "?by=type, M2, 2",
        "?by=type&plant=1000, M2, 1",
        "?by=priority&open=true, 2, 0",
        "?by=plant&breakdown=true, 1000, 1"
    })
    void countsNotifications(String query, String value, int count) {
        var counts = PLANT.get("/api/notification-counts" + query).json().required("counts");
        assertThat(counts.path(value).asInt(0)).isEqualTo(count);
    }

    @Test
    void findsThePlaceOfANotificationByItsEquipment() {
        var shown = PLANT.get("/api/notifications/10000002").json();
        assertThat(texts(shown.required("place"), "functionalLocation")).containsExactly("HH", "HH-HALL");
        assertThat(shown.required("workOrder").isNull()).isTrue();
        assertThat(shown.required("items")).isEmpty();
    }

    @Test
    void showsANotificationOfWhichOnlyTheNumberIsKnown() {
        var shown = PLANT.get("/api/notifications/10000004").json();
        assertThat(shown.required("plant").isNull()).isTrue();
        assertThat(shown.required("place")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000009", "1000000", "x"})
    void hasNoNotificationOfAnotherNumber(String number) {
        var answer = PLANT.get("/api/notifications/" + number);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo("notification-not-found");
    }

    @Test
    void answersOnlyThoseWhoMayReadNotifications() {
        var reader = new Caller("reader", Set.of(new Permission("notifications.read")), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        for (var target : List.of(
                "/api/notifications",
                "/api/notifications/10000001",
                "/api/notifications/10000001/documents",
                "/api/notifications/10000001/history",
                "/api/notification-counts")) {
            assertThat(PLANT.as(reader).get(target).status()).isEqualTo(200);
            assertThat(PLANT.as(other).get(target).status()).isEqualTo(403);
            assertThat(PLANT.anonymous().get(target).status()).isEqualTo(401);
        }
        assertThat(PLANT.as(reader)
                        .get("/api/notifications/10000001")
                        .json()
                        .required("workOrder")
                        .isNull())
                .as("orders need their own permission")
                .isTrue();
    }
}
