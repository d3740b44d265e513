package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Goal: whatever can be read is read as a SAP Gateway would answer it. Method: a service over plants whose rows are known,
 * asked directly; what is calculated by the service is compared with what the test calculates from whole reads.
 */
class ReadsTest {
    private static final DirectCaller CALLER = new DirectCaller(new HandmadePlant(40));
    private static final DirectCaller COMPANY = new DirectCaller(PlantSource.open(1, 60, Optional.empty()));
    private static final String ORDER = "/WorkOrderSet('%s')".formatted(HandmadePlant.orderNumber(3));

    private static List<String> values(JsonNode page, String property) {
        return StreamSupport.stream(page.get("results").spliterator(), false)
                .map(row -> row.get(property).asString())
                .toList();
    }

    @Test
    void expandsToManyAndToOne() {
        var order = CALLER.d(ORDER + "?$expand=Operations,Notification,Components");
        assertThat(order.at("/Operations/results"))
                .isEqualTo(CALLER.d(ORDER + "/Operations").get("results"));
        assertThat(order.at("/Operations/results")).hasSize(3);
        assertThat(order.get("Notification").isNull()).isTrue();
        assertThat(order.at("/Components/results")).isEmpty();
        assertThat(order.at("/Operations/results/0/Confirmations/__deferred/uri")
                        .asString())
                .endsWith("/Confirmations");
    }

    @Test
    void expandsThroughSeveralWays() {
        var with = COMPANY.d("/WorkOrderSet?$filter=QMNUM ne ''&$top=1&$expand=Notification/Items,Notification/Order");
        var order = with.at("/results/0");
        var number = order.get("QMNUM").asString();
        assertThat(order.at("/Notification/QMNUM").asString()).isEqualTo(number);
        assertThat(order.at("/Notification/Items/results"))
                .isEqualTo(COMPANY.d("/NotificationSet('%s')/Items".formatted(number))
                        .get("results"));
        assertThat(order.at("/Notification/Order/AUFNR")).isEqualTo(order.get("AUFNR"));
        assertThat(order.has("Operations")).isTrue();
    }

    @Test
    void expandsEveryRowOfAPage() {
        for (var row : CALLER.d("/WorkOrderSet?$expand=Operations&$select=AUFNR,Operations/VORNR")
                .get("results")) {
            assertThat(row.propertyNames()).containsExactly("__metadata", "AUFNR", "Operations");
            var below = CALLER.d("/WorkOrderSet('%s')/Operations?$select=VORNR"
                    .formatted(row.get("AUFNR").asString()));
            assertThat(row.at("/Operations/results")).isEqualTo(below.get("results"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?$expand=Operations&$select=Operations | __metadata Operations",
                "?$expand=Operations&$select=AUFNR | __metadata AUFNR",
                "?$expand=Operations&$select=*&$top= | ",
                "?$select=Operations/VORNR | ",
                "?$select=KTEXT/VORNR | ",
                "?$expand=KTEXT | ",
                "?$expand=Operations/Nope | ",
                "?$expand=Operations/Confirmations/a/b/c/d/e/f | ",
                "?$expand= | ",
            })
    void selectsWhatIsExpanded(String query, String names) {
        var reply = CALLER.get(ORDER + query);
        if (names == null) {
            assertThat(reply.status()).isEqualTo(400);
        } else {
            assertThat(reply.d().propertyNames()).containsExactly(names.split(" ", -1));
        }
    }

    @Test
    void readsOneProperty() {
        assertThat(CALLER.d(ORDER + "/KTEXT").toString()).isEqualTo("{\"KTEXT\":\"Order 3\"}");
        assertThat(CALLER.get(ORDER + "/KTEXT/$value").text()).isEqualTo("Order 3");
        assertThat(CALLER.get(ORDER + "/KTEXT/$value").contentType()).startsWith("text/plain");
        assertThat(CALLER.get("/WorkOrderSet('%s')/GSTRP/$value".formatted(HandmadePlant.orderNumber(1)))
                        .text())
                .isEqualTo("2026-01-02T00:00:00");
        assertThat(CALLER.get(ORDER + "/GSTRP/$value").text()).isEmpty();
        assertThat(CALLER.get("/EquipmentSet('10000002')/BRGEW/$value").text()).isEqualTo("10.000");
        assertThat(CALLER.get("/NotificationSet('10000001')/MZEIT/$value").text())
                .isEqualTo("PT08H30M00S");
        assertThat(CALLER.get(ORDER + "/KTEXT/NOPE").status()).isEqualTo(404);
        assertThat(CALLER.get(ORDER + "/KTEXT?$top=1").status()).isEqualTo(400);
    }

    @Test
    void readsLinks() {
        var operations = CALLER.d(ORDER + "/Operations").get("results");
        var links = CALLER.d(ORDER + "/$links/Operations").get("results");
        assertThat(links).hasSize(3);
        assertThat(links.get(0).get("uri")).isEqualTo(operations.get(0).at("/__metadata/uri"));
        assertThat(CALLER.get(ORDER + "/$links/Notification").status()).isEqualTo(404);
        assertThat(CALLER.get(ORDER + "/$links/Nope").status()).isEqualTo(404);
    }

    @Test
    void followsPathsOfSeveralWays() {
        var operation = "/Operations(AUFNR='%s',VORNR='0010',UVORN='')".formatted(HandmadePlant.orderNumber(3));
        assertThat(CALLER.d(ORDER + operation).get("VORNR").asString()).isEqualTo("0010");
        assertThat(CALLER.d(ORDER + operation + "/Confirmations").get("results"))
                .isEmpty();
        assertThat(CALLER.get(ORDER + "/Operations(AUFNR='1',VORNR='0010',UVORN='')")
                        .status())
                .isEqualTo(404);
        assertThat(CALLER.get(ORDER + "/Notification").status()).isEqualTo(404);
        assertThat(CALLER.get(ORDER + "/Components/$count").text()).isEqualTo("0");
        assertThat(CALLER.get(ORDER + "/Operations/").d().get("results")).hasSize(3);
        assertThat(CALLER.get(ORDER + "/Operations".repeat(30)).status()).isEqualTo(400);
        var order = COMPANY.d("/WorkOrderSet?$filter=QMNUM ne ''&$top=1").at("/results/0");
        var path =
                "/WorkOrderSet('%s')/Notification".formatted(order.get("AUFNR").asString());
        assertThat(COMPANY.d(path).get("QMNUM")).isEqualTo(order.get("QMNUM"));
        assertThat(COMPANY.d(path + "/Order/KTEXT").get("KTEXT")).isEqualTo(order.get("KTEXT"));
    }

    @Test
    void findsKeysWithoutTheirLeadingZeros() {
        assertThat(CALLER.get("/WorkOrderSet('4000009')").d()).isEqualTo(CALLER.d(ORDER));
        assertThat(values(CALLER.d("/WorkOrderSet?$filter=AUFNR eq '4000009'"), "KTEXT"))
                .containsExactly("Order 3");
        assertThat(values(CALLER.d("/WorkOrderSet?$filter=AUFNR le '4000003'"), "KTEXT"))
                .containsExactly("Order 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tolower(KTEXT) eq 'order 7' | 1",
                "toupper(KTEXT) eq 'ORDER 7' | 1",
                "substringof('ORDER 1',toupper(KTEXT)) | 11",
                "startswith(tolower(KTEXT),'order 4') eq true | 2",
                "endswith(trim(KTEXT),'40') | 1",
                "length(KTEXT) eq 7 | 9",
                "not (length(trim(KTEXT)) le 7) | 31",
                "substring(KTEXT,6) eq '12' | 1",
                "substring(KTEXT,0,5) ne 'Order' | 0",
                "substring(tolower(KTEXT),99,5) eq '' | 40",
                "(tolower(KTEXT) eq 'order 7') or AUFNR eq '4000003' | 2",
            })
    void calculatesInFilters(String filter, int found) {
        assertThat(CALLER.d("/WorkOrderSet?$filter=" + filter).get("results")).hasSize(found);
        assertThat(CALLER.get("/WorkOrderSet/$count?$filter=" + filter).text()).isEqualTo("" + found);
    }

    @Test
    void knowsNoOtherOptions() {
        assertThat(CALLER.get("/PlantSet?$nope=1").status()).isEqualTo(400);
        assertThat(CALLER.get("/PlantSet?sap-language=EN&search=x&custom").status())
                .isEqualTo(200);
        assertThat(CALLER.get("/PlantSet/$count?$top=1").status()).isEqualTo(400);
    }

    @Provide
    Arbitrary<String> orders() {
        return Arbitraries.of("WERKS", "KTEXT", "ABNUM", "GSTRP", "AUFNR", "CHANGEDAT")
                .flatMap(name -> Arbitraries.of("", " asc", " desc").map(direction -> name + direction))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(terms -> String.join(",", terms));
    }

    @Property(tries = 200)
    void sortsOverAllPages(
            @ForAll("orders") String order,
            @ForAll @IntRange(min = 1, max = 45) int size,
            @ForAll @IntRange(min = 0, max = 45) int skip,
            @ForAll @IntRange(min = 0, max = 45) int top) {
        var rows = drained(CALLER.state.rows(IcwpModel.WORK_ORDER, List.of()));
        rows.sort(comparator(order));
        var expected = rows.stream().skip(skip).limit(top).map(row -> row[0]).toList();
        var found = new ArrayList<Object>();
        var address = "/WorkOrderSet?$orderby=" + order + "&$skip=" + skip + "&$top=" + top + "&$select=AUFNR";
        while (!address.isEmpty()) {
            var page = CALLER.d(address, "Prefer", "odata.maxpagesize=" + size);
            found.addAll(values(page, "AUFNR"));
            assertThat(page.get("results").size()).isLessThanOrEqualTo(size);
            address = page.has("__next") ? DirectCaller.below(page.get("__next").asString()) : "";
        }
        assertThat(found).isEqualTo(expected);
    }

    private static List<Object[]> drained(PlantData.Rows rows) {
        var all = new ArrayList<Object[]>();
        for (var row = new Object[IcwpModel.WORK_ORDER.properties().size()]; rows.next(row); ) {
            all.add(row.clone());
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object[]> comparator(String orderBy) {
        var comparator = Comparator.comparing((Object[] row) -> (String) row[0]);
        for (var term : List.of(orderBy.split(",", -1)).reversed()) {
            var words = term.split(" ", -1);
            int place = IcwpModel.WORK_ORDER.place(words[0]);
            Comparator<Object[]> first = Comparator.comparing(
                    row -> (Comparable<Object>) row[place], Comparator.nullsFirst(Comparator.naturalOrder()));
            boolean descending = words.length > 1 && words[1].equals("desc");
            comparator = (descending ? first.reversed() : first).thenComparing(comparator);
        }
        return comparator;
    }

    @Test
    void refusesToSortTooManyRows() {
        var endless = new DirectCaller(new Endless());
        assertThat(endless.get("/WorkOrderSet?$orderby=KTEXT&$top=1").code()).contains("TOO_MANY_ROWS");
        assertThat(endless.get("/WorkOrderSet?$orderby=KTEXT&$skip=1000000").code())
                .contains("TOO_MANY_ROWS");
        assertThat(endless.get("/WorkOrderSet?$orderby=AUFNR&$top=1").status()).isEqualTo(200);
    }

    /** Rows without end. */
    private static final class Endless implements PlantData {
        @Override
        public long count(EntitySet set) {
            return Long.MAX_VALUE;
        }

        @Override
        public Rows rows(EntitySet set, List<String> from) {
            return row -> {
                row[0] = "1";
                return true;
            };
        }

        @Override
        public String description() {
            return "rows without end";
        }
    }

    /** Of the plant with 40 orders: order n has ABNUM n and GSTRP on the n-th day after New Year, unless 3 divides n. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'000004000003' eq AUFNR | 1",
                "39 lt ABNUM | 1",
                "'Order 7' eq concat('Order ', substring(KTEXT, 6)) | 1",
                "indexof(KTEXT, '7') eq 6 | 1",
                "indexof(KTEXT, 'x') eq -1 | 40",
                "replace(KTEXT, 'Order', 'Auftrag') eq 'Auftrag 40' | 1",
                "trim(concat(KTEXT, '  ')) eq 'Order 4' and toupper(KTEXT) eq 'ORDER 4' | 1",
                "substringof(tolower('ER 4'), tolower(KTEXT)) | 2",
                "startswith(concat(KTEXT, KTEXT), 'Order 40') eq true | 1",
                "true eq endswith(KTEXT, '40') | 1",
                "length(KTEXT) gt length('Order 7') | 31",
                "length(KTEXT) add 1 eq 8 | 9",
                "year(GSTRP) eq 2026 and month(GSTRP) eq 1 and day(GSTRP) le 3 | 2",
                "day(GSTRP) eq day(datetime'2020-05-08T10:11:12') | 2",
                "hour(CHANGEDAT) eq 0 and minute(CHANGEDAT) eq 0 and second(CHANGEDAT) eq 7 | 1",
                "hour(time'PT08H30M') eq 8 | 40",
                "ABNUM add 2 eq 40 | 1",
                "ABNUM sub 1 eq 0 | 1",
                "ABNUM mul 2 eq 80 | 1",
                "ABNUM div 3 eq 13 | 1",
                "ABNUM mod 10 eq 0 | 3",
                "-ABNUM eq -40 | 1",
                "- (ABNUM) lt -39 | 1",
                "2 add 3 mul 2 eq 8 | 40",
                "(2 add 3) mul 2 eq 10 and 7 div 2 eq 3 and 7.0 div 2 eq 3.5M | 40",
                "1 div 0 eq null | 40",
                "round(2.5) eq 3 and floor(-2.5) eq -3 and ceiling(2.1d) eq 3 and round(-2.5d) eq -3 | 40",
                "AUFNR eq AUFNR and KTEXT ne AUFNR | 40",
                "null eq ABNUM | 13",
                "not (ABNUM gt 2) | 15",
                "not false and (true or KTEXT eq '') | 40",
                "guid'00000000-0000-0000-0000-000000000001' ne guid'00000000-0000-0000-0000-000000000002' | 40",
                "(KTEXT eq 'Order 1') eq (ABNUM eq 1) | 40",
                " | 40",
            })
    void filtersByTheWholeExpressionLanguage(@Nullable String filter, int count) {
        var text = filter == null ? "" : filter;
        assertThat(CALLER.get("/WorkOrderSet/$count?$filter=" + text).text()).isEqualTo(Integer.toString(count));
        assertThat(CALLER.d("/WorkOrderSet()?$top=1&$inlinecount=allpages&$filter=" + text)
                        .get("__count")
                        .asInt())
                .isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "KTEXT | 400 | The filter is not a condition",
                "'a' | 400 | The filter is not a condition",
                "KTEXT eq 1 | 400 | Literal 1 is not of type Edm.String of property KTEXT",
                "KTEXT eq ABNUM | 400 | Edm.String and Edm.Int32 cannot be compared",
                "length(ABNUM) eq 1 | 400 | Parameter 1 of function 'length' has the wrong type",
                "length(KTEXT, KTEXT) eq 1 | 400 | Function 'length' has 1 parameters",
                "year(KTEXT) eq 1 | 400 | Parameter 1 of function 'year' has the wrong type",
                "KTEXT add 1 eq 2 | 400 | Operator 'add' needs numbers",
                "reverse(KTEXT) eq 'a' | 400 | Unknown function 'reverse'",
                "isof('Edm.String') | 501 | Function 'isof' is not supported in $filter",
                "substringof('a', KTEXT) gt true | 400 | Conditions have no order",
                "KTEXT eq X'4A' | 400 | Literal X'4A' is not of type Edm.String of property KTEXT",
                "length('a') eq 1x | 400 | Literal 1x is invalid",
            })
    void refusesExpressionsThatMeanNothing(String filter, int status, String message) {
        var reply = CALLER.get("/WorkOrderSet?$filter=" + filter);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().at("/error/message/value").asString()).isEqualTo(message);
    }

    @Test
    void nestedFunctionsCannotFillTheMemory() {
        var text = "KTEXT";
        for (int i = 0; i < 40; i++) {
            text = "replace(%s,'r','%s')".formatted(text, "r".repeat(50));
        }
        assertThat(CALLER.get("/WorkOrderSet/$count?$filter=length(" + text + ") gt 90000")
                        .text())
                .isEqualTo("40");
        var number = "1e999 mul ".repeat(500) + "1e999";
        assertThat(CALLER.get("/WorkOrderSet/$count?$filter=round(" + number + ") mod 7 eq null")
                        .text())
                .isEqualTo("40");
    }
}
