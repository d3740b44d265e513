package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ServedPlant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkOrdersIT {
    @RegisterExtension
    static final ServedPlant PLANT =
            new ServedPlant(WorkOrderService.module(InstantSource.fixed(Instant.parse("2026-03-05T00:00:00Z"))));

    /** The last digits of the orders that a list shows, in its order. */
    private static String listed(String query) {
        var answer = PLANT.get("/api/work-orders?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return lastDigits(answer.each("orderNumber"));
    }

    private static String lastDigits(Iterable<String> numbers) {
        var digits = new ArrayList<String>();
        numbers.forEach(number -> digits.add(number.substring(number.length() - 1)));
        return String.join(" ", digits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plant=1000 | 1 2 3 6",
                "plant=1000&plant=2000 | 1 2 3 4 5 6",
                "plant=9999 | ''",
                "workCenter=ELEC | 2 5",
                "workCenter=ELEC&workCenter=MECH | 1 2 3 4 5 6",
                "status=REL | 1 5",
                "status=CRTD&status=TECO | 2 4",
                "type=PM02 | 2 6",
                "type=PM02&type=PM03 | 2 4 6",
                "plannerGroup=P1 | 1 3 4",
                "plannerGroup=P1&plannerGroup=P2 | 1 2 3 4 5 6",
                "finishFrom=2026-03-05 | 2 5",
                "finishTo=2025-12-20 | 4 6",
                "finishFrom=2026-01-20&finishTo=2026-03-04 | 1 3",
                "overdue=true | 1 3",
                "overdue=true&status=PCNF | 3",
                "overdue=true&today=2000-01-01 | ''",
                "overdue=true&finishFrom=2026-03-01 | 1",
                "overdue=false&plant=2000 | 4 5",
                "priority=1 | 1 5",
                "priority=2&priority=4 | 3 4 6",
                "equipment=10000001 | 1 3",
                "equipment=000000000010000001 | 1 3",
                "equipment=1000000 | ''",
                "functionalLocation=HH-PUMP-01 | 1 2 3",
                "functionalLocation=HH-PUMP | ''",
                "functionalLocation=HH* | 1 2 3 6",
                "functionalLocation=HH-PUMP* | 1 2 3",
                "functionalLocation=HH-PUMP** | 1 2 3",
                "functionalLocation=HH-PU** | ''",
                "functionalLocation=HH-PUMP-0** | ''",
                "startFrom=2026-03-02 | 1 2 5",
                "startTo=2026-01-15 | 3 4 6",
                "startFrom=2026-01-15&startTo=2026-03-02 | 1 3",
                "startFrom=2026-03-02&startTo=2026-03-02 | 1",
                "startFrom=2026-03-03&startTo=2026-03-02 | ''",
                "text=bearing | 1 6",
                "text=FEED+pump | 1 3",
                "text=4000005 | 5",
                "text=10000004 | 4",
                "text=prc | 1",
                "text=earing | ''"
            })
    void findsByEachFilter(String filter, String expected) {
        assertThat(listed(filter + "&sort=orderNumber")).isEqualTo(expected);
        assertThat(PLANT.get("/api/work-orders?" + filter)
                        .json()
                        .required("total")
                        .asInt())
                .isEqualTo(expected.isEmpty() ? 0 : expected.split(" ").length);
    }

    @Test
    void everyFilterNarrowsTheOthers() {
        assertThat(listed("plant=1000&workCenter=MECH&type=PM01&sort=orderNumber"))
                .isEqualTo("1 3");
        assertThat(listed("plant=1000&workCenter=MECH&type=PM01&status=REL&priority=1&equipment=10000001"
                        + "&functionalLocation=HH*&startFrom=2026-01-01&startTo=2026-12-31&text=bearing"))
                .isEqualTo("1");
        assertThat(listed("plant=1000&text=compressor")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sort=orderNumber | 1 2 3 4 5 6 7",
                "sort=basicStart&plant=1000 | 6 3 1 2",
                "sort=-basicStart&plant=1000 | 2 1 3 6",
                "plant=1000 | 2 1 3 6",
                "sort=priority&plant=1000 | 1 3 2 6",
                "sort=basicFinish&plant=1000 | 6 3 1 2",
                "sort=-basicFinish&plant=1000 | 2 1 3 6",
            })
    void sortsAsAsked(String query, String expected) {
        assertThat(listed(query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderNumber", "basicStart", "-basicStart", "basicFinish", "-basicFinish", "priority"})
    void pagesShowEveryOrderOnceInTheOrderOfTheWholeList(String sort) {
        var whole = listed("sort=" + sort);
        assertThat(whole.split(" ")).hasSize(7).doesNotHaveDuplicates();
        for (int limit = 1; limit <= 7; limit++) {
            var paged = new ArrayList<String>();
            var target = "/api/work-orders?sort=%s&limit=%d".formatted(sort, limit);
            var page = PLANT.get(target);
            while (true) {
                assertThat(page.each("orderNumber")).hasSizeLessThanOrEqualTo(limit);
                assertThat(page.json().required("total").asInt()).isEqualTo(7);
                paged.addAll(page.each("orderNumber"));
                var next = page.json().required("next");
                if (next.isNull()) {
                    break;
                }
                page = PLANT.get(target + "&after=" + next.asString());
            }
            assertThat(lastDigits(paged)).as("pages of %d", limit).isEqualTo(whole);
        }
    }

    @Test
    void leavesOutTheTotalOnRequest() {
        assertThat(PLANT.get("/api/work-orders?total=false")
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
                "finishTo=soon | finishTo",
                "overdue=yes | overdue",
                "sort=-priority | sort",
                "limit=1001 | limit",
                "limit=many | limit",
                "startFrom=yesterday | startFrom",
                "startTo=2026-02-30 | startTo",
                "sort=colour | sort",
                "total=perhaps | total",
                "equipment=1&equipment=2 | equipment",
                "colour=red | colour",
            })
    void refusesBadParametersByName(String query, String parameter) {
        for (var path : new String[] {"/api/work-orders?", "/api/work-order-counts?"}) {
            var answer = PLANT.get(path + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().required("errors").toString()).contains(parameter);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "AAAA", "%00"})
    void refusesACursorThatItNeverGaveOut(String cursor) {
        assertThat(PLANT.get("/api/work-orders?after=" + cursor).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plant=1000 | CLSD=1 CRTD=1 PCNF=1 REL=1",
                "priority=1 | REL=2",
                "text=bearing | CLSD=1 REL=1",
                "status=TECO | TECO=1",
                "by=status&plant=9999 | ''",
                "by=status&overdue=true | PCNF=1 REL=1",
                "plant=9999 | ''"
            })
    void countsByLifeCycleStatus(String query, String expected) {
        assertThat(counted(query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by=type | =1 PM01=3 PM02=2 PM03=1",
                "by=priority&plant=1000 | 1=1 2=1 3=1 4=1",
                "by=workCenter | =1 ELEC=2 MECH=4",
                "by=plannerGroup | =1 P1=3 P2=3",
                "by=plannerGroup&status=REL | P1=1 P2=1",
                "by=plant | 1000=4 2000=2 =1",
            })
    void countsByOtherProperties(String query, String expected) {
        assertThat(counted(query)).isEqualTo(expected);
    }

    @Test
    void countsByNothingElse() {
        assertThat(PLANT.get("/api/work-order-counts?by=colour").status()).isEqualTo(400);
    }

    private static String counted(String query) {
        var counts = PLANT.get("/api/work-order-counts?" + query).json().required("counts");
        var found = counts.propertyStream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .sorted()
                .toList();
        return String.join(" ", found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000001", "000004000001"})
    void showsAnOrderWithItsOperationsAndNotification(String number) {
        var order = PLANT.get("/api/work-orders/" + number).json();
        assertThat(order.required("orderNumber").asString()).isEqualTo("000004000001");
        assertThat(order.required("costCenter").asString()).isEqualTo("4100");
        assertThat(order.required("releasedOn").asString()).isEqualTo("2026-03-01");
        assertThat(texts(order.required("operations"), "operation")).containsExactly("0010", "0020");
        assertThat(order.required("operations").get(1).required("work").asInt()).isEqualTo(4);
        var notification = order.required("originNotification");
        assertThat(notification.required("notification").asString()).isEqualTo("000010000001");
        assertThat(notification.required("breakdown").asBoolean()).isTrue();
        assertThat(notification.required("malfunctionStartTime").asString()).startsWith("06:30");
    }

    @Test
    void showsWhereTheObjectIsAndWhatTheOrderNeeds() {
        var order = PLANT.get("/api/work-orders/4000001").json();
        assertThat(texts(order.required("place"), "functionalLocation")).containsExactly("HH", "HH-PUMP", "HH-PUMP-01");
        var components = order.required("components");
        assertThat(texts(components, "material")).containsExactly("SEAL", "BEARING");
        assertThat(components.at("/0/requiredQuantity").asInt()).isEqualTo(2);
        assertThat(components.at("/0/stock/unrestrictedStock").asInt()).isEqualTo(5);
        assertThat(components.at("/1/stock").isNull())
                .as("nobody has said from which storage location")
                .isTrue();
        assertThat(order.required("confirmationCount").asInt()).isEqualTo(2);
        assertThat(order.required("goodsMovementCount").asInt()).isEqualTo(1);
        assertThat(order.required("timeSheetCount").asInt()).isEqualTo(1);
        assertThat(order.required("documentCount").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "confirmations, counter, 00000001 00000002",
        "goods-movements, material, SEAL",
        "time-sheets, record, 000000000001",
        "documents, fileName, seal.pdf"
    })
    void listsWhatHangsOnAnOrder(String list, String field, String expected) {
        var path = "/api/work-orders/4000001/" + list;
        assertThat(PLANT.get(path).each(field)).containsExactly(expected.split(" "));
        assertThat(PLANT.get("/api/work-orders/4000002/" + list).each(field)).isEmpty();
        var first = PLANT.get(path + "?limit=1");
        assertThat(first.json().required("total").asInt()).isEqualTo(expected.split(" ").length);
        assertThat(first.each(field)).containsExactly(expected.split(" ", -1)[0]);
        var next = first.json().required("next").asString("");
        assertThat(PLANT.get(path + "?limit=1&after=" + next).status()).isEqualTo(200);
        assertThat(PLANT.get("/api/work-orders/4000008/" + list).status()).isEqualTo(404);
        assertThat(PLANT.get(path + "?limit=0").status()).isEqualTo(400);
    }

    @Test
    void tellsWhatHappenedToAnOrderNewestFirst() {
        var path = "/api/work-orders/4000001/history";
        var whole = PLANT.get(path);
        assertThat(whole.each("kind")).startsWith("document-attached", "work-finished", "material-issued");
        assertThat(whole.json().at("/items/1/time").asString()).isEqualTo("14:10:00");
        assertThat(whole.json().required("total").asInt())
                .isEqualTo(whole.each("kind").size());
        assertThat(PLANT.get(path + "?limit=1").each("kind")).containsExactly("document-attached");
        assertThat(PLANT.get("/api/work-orders/4000008/history").status()).isEqualTo(404);
    }

    @Test
    void pagesThroughTheConfirmations() {
        var path = "/api/work-orders/4000001/confirmations?limit=1";
        var next = PLANT.get(path).json().required("next").asString();
        var second = PLANT.get(path + "&after=" + next);
        assertThat(second.each("counter")).containsExactly("00000002");
        assertThat(second.json().required("next").isNull()).isTrue();
    }

    @Test
    void showsTheNotificationOfAnOrderOnlyToThoseWhoMayReadNotifications() {
        var reader = new Caller("reader-of-orders", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        var shown = PLANT.as(reader).get("/api/work-orders/4000001").json();
        assertThat(shown.required("originNotification").isNull()).isTrue();
    }

    @Test
    void showsAnOrderOfWhichOnlyTheNumberIsKnown() {
        var order = PLANT.get("/api/work-orders/4000007").json();
        assertThat(order.required("orderNumber").asString()).isEqualTo("000004000007");
        assertThat(order.required("plant").isNull()).isTrue();
        assertThat(order.required("systemStatuses").isEmpty()).isTrue();
        assertThat(order.required("operations").isEmpty()).isTrue();
        assertThat(order.required("originNotification").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4000008", "400000", "x"})
    void hasNoOrderOfAnotherNumber(String number) {
        var answer = PLANT.get("/api/work-orders/" + number);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo("work-order-not-found");
    }

    @Test
    void answersOnlyThoseWhoMayReadOrders() {
        var reader = new Caller("reader", Set.of(new Permission("work-orders.read")), PlantScope.ALL);
        var other = new Caller("other", Set.of(new Permission("master-data.read")), PlantScope.ALL);
        for (var target : Arrays.asList(
                "/api/work-orders",
                "/api/work-orders/4000001",
                "/api/work-orders/4000001/confirmations",
                "/api/work-orders/4000001/goods-movements",
                "/api/work-orders/4000001/time-sheets",
                "/api/work-orders/4000001/documents",
                "/api/work-orders/4000001/history",
                "/api/work-order-counts")) {
            assertThat(PLANT.as(reader).get(target).status()).isEqualTo(200);
            assertThat(PLANT.as(other).get(target).status()).isEqualTo(403);
            assertThat(PLANT.anonymous().get(target).status()).isEqualTo(401);
        }
    }
}
