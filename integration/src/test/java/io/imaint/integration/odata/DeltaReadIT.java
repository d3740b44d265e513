package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tracked reads, their tokens, counts, and what SAP says when a token is no longer good. */
class DeltaReadIT {
    private static final String EMPTY = "{\"d\":{\"results\":[]}}";

    @Test
    void asksForTrackingTogetherWithThePageSize() {
        try (var server = new RawServer((request, out) -> out.write(RawServer.answer(
                        200,
                        "Content-Type: application/json\r\nPreference-Applied: odata.track-changes,odata.maxpagesize=7\r\n"
                                + "Date: Sun, 22 Nov 2026 06:00:01 GMT",
                        EMPTY.getBytes(StandardCharsets.UTF_8))));
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(new PageRequest("ThingSet", 7, true, Types.THING), row -> {});
            assertThat(page.tracked()).isTrue();
            assertThat(page.servedAt()).contains(Instant.parse("2026-11-22T06:00:01Z"));
            client.read(new PageRequest("ThingSet", 0, true, Types.THING), row -> {});
            assertThat(server.requests())
                    .extracting(request -> request.headers().get("prefer"))
                    .containsExactly("odata.track-changes,odata.maxpagesize=7", "odata.track-changes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: y", "Preference-Applied: odata.maxpagesize=7", "Date: yesterday"})
    void tellsThatSapDoesNotTrack(String header) {
        try (var server = new RawServer((request, out) -> out.write(RawServer.answer(
                        200, "Content-Type: application/json\r\n" + header, EMPTY.getBytes(StandardCharsets.UTF_8))));
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(new PageRequest("ThingSet", 7, true, Types.THING), row -> {});
            assertThat(page.tracked()).isFalse();
            assertThat(page.servedAt()).isEmpty();
        }
    }

    @Test
    void countsWhatIsReadOfAPageOfChanges() {
        var body = """
                {"d":{"results":[{"ID":"1","ODQ_CHANGEMODE":"U"},{"ID":"2","ODQ_CHANGEMODE":"D"},{"ID":"3","Day":"x"},
                {"ID":"4"}],"__delta":"ThingSet?!deltatoken='t2'"}}""";
        try (var server = RawServer.of(200, "application/json", body);
                var client = new ODataClient(Types.settings(server.url()))) {
            var noted = new NotedRows();
            var target = new DeltaLink("ThingSet", "t1").target(Types.THING, Types.THING.keys(), "");
            var page = client.read(PageRequest.of(target, Types.THING), noted);
            assertThat(noted.all).containsExactly("row 1", "deleted 2", "unreadable {ID=3}", "row 4");
            assertThat(page.rows()).isEqualTo(2);
            assertThat(page.deleted()).isEqualTo(1);
            assertThat(page.unreadable()).isEqualTo(1);
            assertThat(page.delta().flatMap(DeltaLink::of)).contains(new DeltaLink("ThingSet", "t2"));
            assertThat(server.requests().getFirst().target())
                    .contains("/ThingSet?$select=ID&!deltatoken='t1'&$format=json");
        }
    }

    @Test
    void listsTheOpenTokensNewestFirst() {
        try (var server = new RawServer((request, out) -> out.write(RawServer.json(
                        request.target().contains("skiptoken")
                                ? "{\"d\":{\"results\":[{\"DeltaToken\":\"D3\",\"CreatedAt\":\"/Date(3000)/\",\"IsInitialLoad\":false}]}}"
                                : """
                                {"d":{"results":[{"DeltaToken":"D1","CreatedAt":"/Date(1000)/","IsInitialLoad":true},
                                {"DeltaToken":"D0","CreatedAt":null},{"DeltaToken":"D2","CreatedAt":"/Date(3000+0000)/"}],
                                "__next":"DeltaLinksOfThingSet?$skiptoken=1"}}""")));
                var client = new ODataClient(Types.settings(server.url()))) {
            var links = client.deltaLinks("ThingSet");
            assertThat(links).extracting(open -> open.link().token()).containsExactly("D3", "D2", "D1", "D0");
            assertThat(links.get(2))
                    .isEqualTo(new DeltaLink.Open(
                            new DeltaLink("ThingSet", "D1"), Optional.of(Instant.ofEpochMilli(1000)), true));
            assertThat(server.requests().getFirst().target()).contains("/DeltaLinksOfThingSet?");
        }
    }

    @Test
    void aServiceWithoutAListOfTokensHasNone() {
        try (var server = RawServer.of(
                        404, "application/json", "{\"error\":{\"code\":\"005056A509B11EE1B9A8FEC11C21578E\"}}");
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThat(client.deltaLinks("ThingSet")).isEmpty();
        }
    }

    @Test
    void aListOfTokensWithoutEndIsLeft() {
        try (var server = RawServer.of(
                        200,
                        "application/json",
                        "{\"d\":{\"results\":[{\"DeltaToken\":\"D\"}],\"__next\":\"DeltaLinksOfThingSet?$skiptoken=1\"}}");
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThat(client.deltaLinks("ThingSet")).hasSizeLessThan(100);
        }
    }

    @Test
    void aListOfTokensThatIsRefusedFails() {
        try (var server = RawServer.of(403, "application/json", "{}");
                var client = new ODataClient(Types.settings(server.url()))) {
            assertProblem(ODataProblem.SAP_UNAUTHORIZED, () -> client.deltaLinks("ThingSet"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "410|/IWBEP/CM_TEA/DELTA_TOKEN_EXPIRED|The delta token has expired|ThingSet?!deltatoken='t'|SAP_DELTA_TOKEN_EXPIRED",
                "410|/IWBEP/CM_TEA/DELTA_TOKEN_EXPIRED|The delta token has expired|ThingSet?$skiptoken=x|SAP_DELTA_TOKEN_EXPIRED",
                "400|/IWBEP/CM_TEA/DELTA_TOKEN_INVALID|issued for another filter|ThingSet?!deltatoken='t'|SAP_DELTA_TOKEN_EXPIRED",
                "400|RSODP/013|Delta-Token D1 not found|ThingSet?!deltatoken='t'|SAP_DELTA_TOKEN_EXPIRED",
                "410|X/1|Gone|ThingSet?%21deltatoken='t'|SAP_DELTA_TOKEN_EXPIRED",
                "410|X/1|Gone|ThingSet|SAP_NOT_FOUND",
                "400|X/1|Delta token unknown|ThingSet|SAP_REQUEST_REFUSED",
                "400|X/1|Property A unknown|ThingSet?!deltatoken='t'|SAP_REQUEST_REFUSED",
                "403|X/1|No authorization|ThingSet?!deltatoken='t'|SAP_UNAUTHORIZED"
            })
    void tellsATokenThatIsNoLongerGood(int status, String code, String message, String target, ODataProblem problem) {
        var body =
                "{\"error\":{\"code\":\"%s\",\"message\":{\"lang\":\"en\",\"value\":\"%s\"}}}".formatted(code, message);
        try (var server = RawServer.of(status, "application/json", body);
                var client = new ODataClient(Types.settings(server.url()))) {
            assertProblem(problem, () -> client.read(PageRequest.of(target, Types.THING), new NotedRows()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "' 3360\r\n',3360", "\uFEFF7,7", "9007199254740993,9007199254740993"})
    void countsRows(String body, long count) {
        try (var server = RawServer.of(200, "text/plain;charset=utf-8", body);
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThat(client.count("ThingSet/$count?$filter=A eq '1'")).isEqualTo(count);
            assertThat(server.requests().getFirst().target())
                    .contains("/ThingSet/$count?$filter=A%20eq%20'1'&sap-client=100")
                    .doesNotContain("$format");
            assertThat(server.requests().getFirst().headers()).containsEntry("accept", "text/plain");
        }
    }

    @ParameterizedTest
    @CsvSource({"text/plain,many", "text/plain,''", "text/plain,-", "text/html,<html>7</html>"})
    void refusesACountThatIsNone(String type, String body) {
        try (var server = RawServer.of(200, type, body);
                var client = new ODataClient(Types.settings(server.url()))) {
            assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, () -> client.count("ThingSet/$count"));
        }
    }

    @Test
    void refusesACountOfManyBytes() {
        try (var server = RawServer.of(200, "text/plain", "1".repeat(1000));
                var client = new ODataClient(Types.settings(server.url()))) {
            assertProblem(ODataProblem.SAP_ANSWER_TOO_LARGE, () -> client.count("ThingSet/$count"));
        }
    }

    @Test
    void readsEntitiesOfHundredsOfPropertiesInAnyOrder() {
        var properties = new ArrayList<EdmProperty>();
        var row = new StringBuilder();
        for (int i = 0; i < 398; i++) {
            properties.add(EdmProperty.of("P" + i, i % 2 == 0 ? EdmKind.STRING : EdmKind.DECIMAL));
            row.insert(0, ",\"P%d\":\"%d\"".formatted(i, i));
        }
        var type = new EntityType("Wide", properties, List.of("P0"));
        var body =
                "{\"d\":[{\"ODQ_CHANGEMODE\":\"U\"%1$s},{\"ODQ_CHANGEMODE\":\"D\"%1$s},{\"X\":1%1$s}]}".formatted(row);
        try (var server = RawServer.of(200, "application/json", body);
                var client = new ODataClient(Types.settings(server.url()))) {
            var page = client.read(PageRequest.of("WideSet", type), new Row.Sink() {
                @Override
                public void row(Row taken) {
                    assertThat(taken.value("P0")).isEqualTo("0");
                    assertThat(taken.value(397)).hasToString("397");
                }

                @Override
                public void deleted(Row key) {
                    row(key);
                }
            });
            assertThat(page.rows()).isEqualTo(2);
            assertThat(page.deleted()).isEqualTo(1);
        }
    }

    private static void assertProblem(ODataProblem problem, ThrowingCallable step) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(problem));
    }
}
