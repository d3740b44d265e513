package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamReadException;

class PageReaderTest {
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    @Test
    void readsACollection() {
        var content = read("""
                {"d":{"__count":"2","results":[{"__metadata":{"type":"T"},"ID":"0001"},{"ID":"0002"}],
                "__next":"https://h/s/Things?$skiptoken=x","__delta":"Things?!deltatoken='d'"}}""");
        assertThat(ids()).containsExactly("0001", "0002");
        assertThat(content)
                .isEqualTo(new PageReader.Content(
                        2, 0, 0, "https://h/s/Things?$skiptoken=x", "Things?!deltatoken='d'", "2"));
    }

    @Test
    void readsTheBareArrayOfOldServices() {
        read("{\"d\":[{\"ID\":\"1\"},{\"ID\":\"2\"}]}");
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void readsASingleEntityWithItsMetadataFirstOrLast() {
        read("{\"d\":{\"__metadata\":{\"uri\":\"u\"},\"ID\":\"1\",\"Counter\":\"5\"}}");
        read("{\"d\":{\"ID\":\"2\",\"__metadata\":{\"uri\":\"u\"}}}");
        assertThat(ids()).containsExactly("1", "2");
        assertThat(rows.getFirst()).containsEntry("Counter", 5L);
    }

    @Test
    void takesACountWrittenAsANumber() {
        assertThat(read("{\"d\":{\"results\":[],\"__count\":7}}").count()).isEqualTo("7");
    }

    @Test
    void skipsDeferredAndExpandedNavigation() {
        read("""
                {"d":{"results":[{"Ops":{"__deferred":{"uri":"x"}},"Head":{"ID":"inner","__metadata":{}},
                "Items":{"results":[{"ID":"inner"}]},"Unknown":[1,[2]],"ID":"outer"}]}}""");
        assertThat(ids()).containsExactly("outer");
    }

    @Test
    void forgetsTheValuesOfTheEntityBefore() {
        read("{\"d\":[{\"ID\":\"1\",\"Counter\":\"9\"},{\"ID\":\"2\"},{\"Counter\":null,\"ID\":\"3\"}]}");
        assertThat(rows).extracting(row -> row.get("Counter")).containsExactly(9L, null, null);
    }

    @Test
    void followsPropertiesThatChangeTheirOrder() {
        read(
                "{\"d\":[{\"ID\":\"1\",\"Counter\":\"9\"},{\"Counter\":8,\"ID\":\"2\"},{\"X\":1,\"ID\":\"3\",\"Counter\":7}]}");
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(rows).extracting(row -> row.get("Counter")).containsExactly(9L, 8L, 7L);
    }

    @Test
    void readsMorePropertiesThanItRemembersTheOrderOf() {
        var wide = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            wide.append("\"P").append(i).append("\":").append(i).append(',');
        }
        read("{\"d\":[{%s\"ID\":\"1\"},{%s\"ID\":\"2\"}]}".formatted(wide, wide));
        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void readsValuesOfEveryKind() {
        var row = row("""
                "ID":"00 é","Day":"\\/Date(1700006400000)\\/","Stamp":"/Date(1700000000000)/",
                "Moment":"/Date(1700000000000+0060)/","Clock":"PT08H30M05S","Quantity":"12.340","Reading":"1.5E1",
                "Counter":"9007199254740993","Flag":true,"Bytes":"AQID","Shape":"raw",
                "Place":{"__metadata":{"type":"T.Address"},"City":"Walldorf","Number":"5","Other":{}}""");
        assertThat(row)
                .containsEntry("ID", "00 é")
                .containsEntry("Day", LocalDate.of(2023, 11, 15))
                .containsEntry("Stamp", LocalDateTime.of(2023, 11, 14, 22, 13, 20))
                .containsEntry("Moment", Instant.ofEpochMilli(1_700_000_000_000L))
                .containsEntry("Clock", LocalTime.of(8, 30, 5))
                .containsEntry("Quantity", new BigDecimal("12.340"))
                .containsEntry("Reading", 15.0)
                .containsEntry("Counter", 9_007_199_254_740_993L)
                .containsEntry("Flag", true)
                .containsEntry("Shape", "raw")
                .containsEntry("Place", Map.of("City", "Walldorf", "Number", 5L));
        assertThat((byte[]) row.get("Bytes")).containsExactly(1, 2, 3);
    }

    @Test
    void takesNumbersAndTextsInEitherForm() {
        var row = row("""
                "ID":4711,"Quantity":-0.50,"Reading":2,"Counter":17,"Flag":"true","Shape":{"a":[1,"x"]}""");
        assertThat(row)
                .containsEntry("ID", "4711")
                .containsEntry("Quantity", new BigDecimal("-0.50"))
                .containsEntry("Reading", 2.0)
                .containsEntry("Counter", 17L)
                .containsEntry("Flag", true)
                .containsEntry("Shape", "{\"a\":[1,\"x\"]}");
    }

    @Test
    void keepsTheTimeOfADateThatHasOne() {
        assertThat(row("\"Day\":\"/Date(1700000000000)/\""))
                .containsEntry("Day", LocalDateTime.of(2023, 11, 14, 22, 13, 20));
    }

    @ParameterizedTest
    @CsvSource({
        "/Date(0)/,1970-01-01",
        "/Date(-86400000)/,1969-12-31",
        "/Date(253402214400000)/,9999-12-31",
        "/Date(-62135596800000)/,0001-01-01",
        "/Date(951782400000+0000)/,2000-02-29",
        "2024-02-29T00:00:00,2024-02-29"
    })
    void readsDates(String text, LocalDate date) {
        assertThat(row("\"Day\":\"%s\"".formatted(text))).containsEntry("Day", date);
    }

    @ParameterizedTest
    @CsvSource({
        "/Date(1500)/,1970-01-01T00:00:01.500Z",
        "/Date(-1-0330)/,1969-12-31T23:59:59.999Z",
        "2024-02-29T12:00:00Z,2024-02-29T12:00:00Z",
        "2024-02-29T12:00:00-01:00,2024-02-29T13:00:00Z",
        "2024-02-29T12:00:00,2024-02-29T12:00:00Z"
    })
    void readsMoments(String text, Instant moment) {
        assertThat(row("\"Moment\":\"%s\"".formatted(text))).containsEntry("Moment", moment);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,00:00", "PT23H59M59S,23:59:59", "PT5M,00:05", "P0DT1H,01:00"})
    void readsTimes(String text, LocalTime time) {
        assertThat(row("\"Clock\":\"%s\"".formatted(text))).containsEntry("Clock", time);
    }

    @Test
    void readsTheEndOfADay() {
        assertThat(row("\"Clock\":\"PT24H00M00S\"")).containsEntry("Clock", Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"d\":{\"__next\":\"Pages2?$skiptoken=2\"}}",
                "{\"d\":{\"__count\":\"0\"}}",
                "{\"d\":{\"__delta\":\"Things?!deltatoken='1'\"}}"
            })
    void takesLinksAndCountsWithoutRowsForAnEmptyPage(String page) {
        var noted = new NotedRows();
        var content = noted.read(page);
        assertThat(content.rows()).isZero();
        assertThat(noted.all).isEmpty();
    }

    @Test
    void takesAnEmptyTextAsNoValueUnlessItIsAText() {
        var row = row("\"ID\":\"\",\"Day\":\"\",\"Quantity\":\"\",\"Counter\":\"\",\"Place\":null");
        assertThat(row).containsEntry("ID", "").containsEntry("Day", null).containsEntry("Counter", null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"d\"",
                "{}",
                "{\"d\":null}",
                "{\"d\":5}",
                "{\"d\":{}}",
                "{\"d\":{\"FnName\":{\"ID\":\"1\"}}}",
                "{\"d\":{\"results\":{}}}",
                "{\"d\":{\"results\":[1]}}",
                "{\"d\":{\"results\":[[]]}}",
                "{\"d\":{\"results\":[],\"results\":[]}}",
                "{\"d\":[],\"d\":[]}",
                "{\"d\":[]}{}",
                "{\"d\":[]} x",
                "{\"d\":[],}",
                "{\"d\":{\"results\":[],\"__next\":{}}}",
                "{\"results\":[]}"
            })
    void refusesOtherShapes(String json) {
        assertMalformed(json);
    }

    @Test
    void reportsAnErrorThatCameWithSuccess() {
        assertThatThrownBy(() -> read("""
                        {"error":{"code":"SY/530","message":{"lang":"en","value":"Out of memory"},
                        "innererror":{"transactionid":"ABC"}}}"""))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("SY/530 'Out of memory' (transaction ID ABC)")
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(ODataProblem.SAP_FAILED);
    }

    @Test
    void refusesDeepNesting() {
        var deep = "{\"d\":[{\"X\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]}";
        assertProblem(ODataProblem.SAP_ANSWER_TOO_LARGE, deep);
    }

    @Test
    void refusesTextsAndNumbersWithoutEnd() {
        var small = new ODataSettings.Limits(1 << 20, 1 << 20, 10_000, ODataSettings.Limits.DEFAULT.answerWaitMax());
        var text = "{\"d\":[{\"ID\":\"" + "x".repeat(200_000) + "\"}]}";
        assertThatThrownBy(() -> read(text, small))
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(ODataProblem.SAP_ANSWER_TOO_LARGE);
        assertProblem(ODataProblem.SAP_ANSWER_TOO_LARGE, "{\"d\":[{\"ID\":" + "9".repeat(100_000) + "}]}");
        assertProblem(ODataProblem.SAP_ANSWER_TOO_LARGE, "{\"d\":[{\"" + "n".repeat(100_000) + "\":1}]}");
    }

    @Test
    void passesOnWhatTheSinkThrows() {
        var thrown = new StreamReadException("the sink's own");
        var body = new ByteArrayInputStream("{\"d\":[{\"ID\":\"1\"}]}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() ->
                        PageReader.read(PageReader.factory(ODataSettings.Limits.DEFAULT), body, Types.THING, row -> {
                            throw thrown;
                        }))
                .isSameAs(thrown);
    }

    private List<String> ids() {
        return rows.stream().map(row -> String.valueOf(row.get("ID"))).toList();
    }

    private Map<String, @Nullable Object> row(String properties) {
        read("{\"d\":[{%s}]}".formatted(properties));
        return rows.getLast();
    }

    private PageReader.Content read(String json) {
        return read(json, ODataSettings.Limits.DEFAULT);
    }

    private PageReader.Content read(String json, ODataSettings.Limits limits) {
        var body = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
        return PageReader.read(PageReader.factory(limits), body, Types.THING, row -> {
            var copy = new HashMap<String, @Nullable Object>();
            row.type().properties().forEach(property -> copy.put(property.name(), row.value(property.name())));
            rows.add(copy);
        });
    }

    private void assertMalformed(String json) {
        assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, json);
    }

    private void assertProblem(ODataProblem problem, String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(Failure.class)
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(problem);
    }
}
