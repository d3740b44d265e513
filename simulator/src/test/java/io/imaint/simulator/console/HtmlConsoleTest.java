package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.HandmadePlant;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Goal: a console that SAP people find their way in and that nobody can turn against them. Method: its pages as text. */
class HtmlConsoleTest {
    private static final String HOSTILE = "\"><script>alert('x')</script>&amp;\u0000";

    private final Office office = new Office();

    private static String text(ConsoleAnswer answer) {
        return new String(answer.body(), UTF_8);
    }

    static Stream<String> readingPages() {
        return Operation.all().stream()
                .filter(operation ->
                        operation.reads() && operation.fields().stream().noneMatch(Field::required))
                .map(Operation::path);
    }

    @Test
    void everyOperationHasAWellFormedPage() {
        for (var operation : Operation.all()) {
            wellFormed(office.page("/sap/console/" + operation.path()));
        }
        wellFormed(office.page("/sap/console/browse?set=WorkOrderSet"));
        wellFormed(office.page("/sap/console/show?set=WorkOrderSet&key=4000003"));
        wellFormed(text(office.submit("open", Map.of("set", "WorkOrderSet", "key", "4000003"))));
    }

    private static void wellFormed(String page) {
        assertThat(page).startsWith("<!doctype html><html lang=\"en\">").endsWith("</main></body></html>");
        for (var element :
                List.of("table", "form", "ul", "li", "p", "td", "th", "tr", "div", "select", "textarea", "a")) {
            assertThat(count(page, "<" + element + "[ >]")).as(element).isEqualTo(count(page, "</" + element + ">"));
        }
        assertThat(count(page, "<h1>")).isEqualTo(1);
        assertThat(count(page, "<table[ >]")).as("every table has its caption").isEqualTo(count(page, "<caption>"));
        var labelled = Pattern.compile("<(?:input type=\"(?!hidden)[a-z]+\"|select|textarea)[^>]* ?id=\"([^\"]+)\"")
                .matcher(page);
        while (labelled.find()) {
            assertThat(page).contains("for=\"" + labelled.group(1) + "\"");
        }
    }

    private static int count(String page, String regex) {
        return (int) Pattern.compile(regex).matcher(page).results().count();
    }

    @Test
    void pagesAllowNothingFromElsewhere() {
        var answer = office.open("/sap/console");
        assertThat(answer.headers().get("Content-Security-Policy"))
                .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store").containsKey("X-Frame-Options");
        assertThat(text(answer))
                .doesNotContain("<script")
                .doesNotContain("style=\"")
                .doesNotContain("http://");
        assertThat(office.open("/sap/console/style.css").contentType()).startsWith("text/css");
    }

    @Test
    void peopleFindTheTransactionsTheyKnow() {
        assertThat(office.page("/sap/console"))
                .contains(
                        "SE16N",
                        "IW32",
                        "SM12",
                        "SM04",
                        "SU01",
                        "PFCG",
                        "STMS",
                        "RZ11",
                        "/IWFND/MAINT_SERVICE",
                        "/IWFND/CACHE_CLEANUP",
                        "/IWBEP/CACHE_CLEANUP",
                        "/IWFND/VIRUS_SCAN",
                        "Faults",
                        "Request log");
    }

    @Test
    void onlyAdministratorsSeeIt() {
        office.user = "IMAINT";
        var answer = office.open("/sap/console/users");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(text(answer)).contains("SAP_ALL").doesNotContain("BASIS");
        assertThat(office.submitAsIs("users/lock", Map.of("name", "BASIS")).status())
                .isEqualTo(403);
    }

    @Test
    void unknownPagesAndMethodsAreRefused() {
        assertThat(office.open("/sap/console/nothing").status()).isEqualTo(404);
        assertThat(office.open("/sap/console/users?colour=red").status()).isEqualTo(400);
    }

    @Test
    void hostileValuesStayText() {
        office.log.add(new RequestLog.Entry(
                office.now, HOSTILE, 1, HOSTILE, HOSTILE, 200, Duration.ZERO, 0, List.of(HOSTILE)));
        office.done("locks/add", "{'object':'<b>Order</b> onerror=','user':'<i>'}");
        for (var page : readingPages().toList()) {
            assertThat(office.page("/sap/console/" + page))
                    .doesNotContain("<script")
                    .doesNotContain("<b>")
                    .doesNotContain("<i>");
        }
        assertThat(office.page("/sap/console/log"))
                .contains("&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;\uFFFD");
    }

    @Test
    void hostileArgumentsStayText() {
        var encoded = URLEncoder.encode(HOSTILE, UTF_8);
        for (var operation : Operation.all()) {
            for (var field : operation.fields()) {
                var page = text(office.open("/sap/console/" + operation.path() + "?" + field.name() + "=" + encoded));
                assertThat(page).as(operation.command()).doesNotContain("<script");
            }
        }
        assertThat(text(office.open("/sap/console/" + encoded))).doesNotContain("<script");
    }

    @Test
    void keysThatNeedEscapingLeadToTheirEntity() {
        var browse = office.page("/sap/console/browse?set=FunctionalLocationSet");
        var link =
                "/sap/console/show\\?[^\"]*" + Pattern.quote(URLEncoder.encode(HandmadePlant.AWKWARD_LOCATION, UTF_8));
        var found = Pattern.compile(link + "[^\"]*").matcher(browse);
        assertThat(found.find()).isTrue();
        assertThat(office.page(found.group().replace("&amp;", "&"))).contains("A/B &#39;Öl&#39; 100% &quot;x&quot;");
    }

    @Test
    void formsWithoutTheirTokenAreRefused() {
        assertThat(office.submitAsIs("users/lock", Map.of("name", "IMAINT")).status())
                .isEqualTo(403);
        assertThat(office.submitAsIs("users/lock", Map.of("name", "IMAINT", "form-token", "0000"))
                        .status())
                .isEqualTo(403);
        assertThat(office.basis.users().find("IMAINT").orElseThrow().lock().name())
                .isEqualTo("NONE");
    }

    @Test
    void theTokenOfAnotherUserIsRefused() {
        var token = office.formToken();
        office.done("users/create", "{'name':'ADMIN2','password':'x'}");
        office.done("users/assign", "{'name':'ADMIN2','role':'SAP_ALL'}");
        office.user = "ADMIN2";
        assertThat(office.submitAsIs("users/lock", Map.of("name", "IMAINT", "form-token", token))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void formsOfOtherSitesAreRefusedEvenWithTheToken() {
        office.headers.put("sec-fetch-site", "cross-site");
        assertThat(office.submit("users/lock", Map.of("name", "IMAINT")).status())
                .isEqualTo(403);
        office.headers.remove("sec-fetch-site");
        office.headers.put("origin", "http://evil.example");
        assertThat(office.submit("users/lock", Map.of("name", "IMAINT")).status())
                .isEqualTo(403);
        office.headers.put("origin", "null");
        assertThat(office.submit("users/lock", Map.of("name", "IMAINT")).status())
                .isEqualTo(403);
        office.headers.put("origin", "http://localhost:8000");
        assertThat(office.submit("users/lock", Map.of("name", "IMAINT")).status())
                .isEqualTo(200);
    }

    @Test
    void readingPagesIgnoreWhatAnotherSiteLinksToSinceTheyChangeNothing() {
        office.page("/sap/console/users/lock?name=IMAINT");
        office.page("/sap/console/reset");
        assertThat(office.basis.users().find("IMAINT").orElseThrow().lock().name())
                .isEqualTo("NONE");
        assertThat(office.kept).isEmpty();
    }

    @Test
    void aFormDoesWhatItSaysAndShowsTheResult() {
        var answer = office.submit("users/create", Map.of("name", "planner1", "password", "Secret1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer))
                .contains("role=\"status\">User created")
                .contains("PLANNER1")
                .doesNotContain("Secret1");
    }

    @Test
    void aRefusedFormKeepsWhatWasTypedButNoPassword() {
        var answer = office.submit("users/create", Map.of("name", "BASIS", "password", "Secret1"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(text(answer))
                .contains("role=\"alert\"")
                .contains("value=\"BASIS\"")
                .doesNotContain("Secret1");
    }

    @Test
    void anOrderIsOpenedForChangeAndClosed() {
        var shown = office.page("/sap/console/show?set=WorkOrderSet&key=4000003");
        assertThat(shown)
                .contains("Change in IW32")
                .contains(">ReleaseOrder</button>")
                .doesNotContain("CompleteOrderTechnically");
        var opened = text(office.submit("open", Map.of("set", "WorkOrderSet", "key", "4000003")));
        assertThat(opened).contains("name=\"values.KTEXT\"").contains("Cancel").contains("locked for you");
        assertThat(office.plant.locks().all(office.now)).hasSize(1);
        office.submit("close", Map.of("set", "WorkOrderSet", "key", "4000003"));
        assertThat(office.plant.locks().all(office.now)).isEmpty();
    }

    @Test
    void aRefusedChangeShowsTheFormAgainWithWhatWasTyped() {
        var answer = office.submit(
                "change",
                Map.of("set", "WorkOrderSet", "key", "4000003", "values.KTEXT", "New", "values.GSTRP", "soon"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer))
                .contains("a day such as")
                .contains("value=\"New\"")
                .contains("value=\"soon\"");
    }

    @Test
    void textAreasHoldOneValueInEachLine() {
        office.submit("roles/create", Map.of("name", "ZPLAN"));
        office.submit(
                "roles/authorize",
                Map.of("name", "ZPLAN", "object", "I_AUART", "values", "AUFART=PM01,PM02\r\nACTVT=*\r\n"));
        var hashes = office.read("hashes?name=/INVICL/*").get("hashes").findValuesAsString("name");
        office.submit("roles/permit-service", Map.of("name", "ZPLAN", "hashes", String.join("\r\n", hashes) + "\r\n"));
        assertThat(hashes).hasSize(2);
        assertThat(office.page("/sap/console/roles/show?name=ZPLAN"))
                .contains("PM01 PM02")
                .contains(String.join(" ", hashes));
    }

    @Test
    void pagesOfAListLeadOn() {
        var page = office.page("/sap/console/browse?set=WorkOrderSet");
        var next = Pattern.compile("href=\"([^\"]+)\">Next page").matcher(page);
        assertThat(next.find()).isTrue();
        assertThat(office.page(next.group(1).replace("&amp;", "&")))
                .contains("000004000180")
                .doesNotContain("Next page");
    }

    @Test
    void hugeFormsAreRefused() {
        assertThat(office.submitAsIs("users/lock", Map.of("name", "x".repeat(300_000)))
                        .status())
                .isEqualTo(400);
    }
}
