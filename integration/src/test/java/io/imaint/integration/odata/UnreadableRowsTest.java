package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadableRowsTest {
    private final NotedRows noted = new NotedRows();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Day\":\"/Date()/\"",
                "\"Day\":\"/Date(1\"",
                "\"Day\":\"/Dat\"",
                "\"Day\":\"/Date(1+)/\"",
                "\"Day\":\"/Date(1+1x)/\"",
                "\"Day\":\"/Date(9999999999999999999)/\"",
                "\"Day\":\"tomorrow\"",
                "\"Day\":true",
                "\"Day\":{}",
                "\"Day\":{\"a\":[{\"ID\":\"7\"}],\"ID\":\"8\"}",
                "\"Moment\":\"x\"",
                "\"Clock\":\"PT25H\"",
                "\"Clock\":\"PT1S1H\"",
                "\"Clock\":\"PT\"",
                "\"Clock\":\"-PT1H\"",
                "\"Quantity\":\"1e999999999\"",
                "\"Quantity\":\"-\"",
                "\"Quantity\":\"1.2.3\"",
                "\"Reading\":\"0x1p3\"",
                "\"Counter\":\"9223372036854775808\"",
                "\"Counter\":9223372036854775808",
                "\"Counter\":1.5",
                "\"Flag\":\"maybe\"",
                "\"Bytes\":\"***\"",
                "\"Bytes\":\"AQ\\\"ID\"",
                "\"Bytes\":12",
                "\"Place\":\"x\"",
                "\"Place\":[{\"City\":\"x\"}]",
                "\"Place\":{\"City\":\"x\",\"Number\":\"y\",\"More\":[1]}",
                "\"Place\":{\"City\":{\"a\":1},\"Number\":1}"
            })
    void aValueOfAnotherTypeSpoilsItsRowAndNoOther(String value) {
        var content = noted.read("""
                {"d":{"results":[{"ID":"0"},{%1$s,"ID":"1","Counter":"5"},{"ID":"2","X":{"y":[]},%1$s,"Quantity":"1"},
                {"Counter":"7","ID":"3"}],"__next":"n"}}""".formatted(value));
        assertThat(noted.all).containsExactly("row 0", "unreadable {ID=1}", "unreadable {ID=2}", "row 3");
        var property = value.substring(1, value.indexOf('"', 1));
        assertThat(noted.unreadable).extracting(Row.Unreadable::property).containsOnly(property);
        assertThat(content.rows()).isEqualTo(2);
        assertThat(content.unreadable()).isEqualTo(2);
        assertThat(content.next()).isEqualTo("n");
    }

    @Test
    void reportsTheFirstWrongValueOfARow() {
        noted.read("{\"d\":[{\"Counter\":\"a\",\"Day\":\"b\",\"ID\":\"1\"}]}");
        assertThat(noted.unreadable).singleElement().satisfies(row -> {
            assertThat(row.property()).isEqualTo("Counter");
            assertThat(row.value()).isEqualTo("a");
            assertThat(row.key()).isEqualTo(Map.of("ID", "1"));
            assertThat(row.text()).contains("Counter", "'a'", "INT64", "{ID=1}");
        });
    }

    @Test
    void reportsAWrongKey() {
        noted.read("{\"d\":[{\"ID\":[\"1\"],\"Counter\":\"5\"},{\"ID\":\"2\"}]}");
        assertThat(noted.unreadable).singleElement().satisfies(row -> {
            assertThat(row.property()).isEqualTo("ID");
            assertThat(row.key()).isEmpty();
        });
        assertThat(noted.ids()).containsExactly("2");
    }

    @Test
    void reportsASingleEntityThatCannotBeRead() {
        noted.read("{\"d\":{\"__metadata\":{},\"Place\":{\"Number\":\"x\"},\"ID\":\"1\"}}");
        assertThat(noted.all).containsExactly("unreadable {ID=1}");
    }

    @Test
    void cutsTheValueAndItsControlCharacters() {
        noted.read("{\"d\":[{\"ID\":\"1\",\"Counter\":\"x\\u0000\\n%s\"}]}".formatted("y".repeat(10_000)));
        assertThat(noted.unreadable.getFirst().value())
                .startsWith("x yyy")
                .hasSizeLessThanOrEqualTo(Row.Unreadable.VALUE_LENGTH_MAX + 1);
    }

    @Test
    void forgetsTheWrongValueBeforeTheNextRow() {
        noted.read("{\"d\":[{\"Counter\":\"x\",\"ID\":\"1\"},{\"ID\":\"2\",\"Counter\":\"5\"}]}");
        assertThat(noted.all).containsExactly("unreadable {ID=1}", "row 2");
    }

    @Test
    void aSinkOfRowsOnlyFailsAtAnUnreadableRow() {
        assertThatThrownBy(() -> NotedRows.into(row -> {}, Types.THING, "{\"d\":[{\"ID\":\"1\",\"Day\":\"x\"}]}"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_ANSWER_MALFORMED))
                .hasMessageContaining("Day");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"d\":[{\"Day\":{\"a\":[1,}]}", "{\"d\":[{\"Day\":{\"a\":1", "{\"d\":[{\"Place\":{\"City\":[[["
            })
    void jsonThatEndsWithinAWrongValueIsMalformed(String json) {
        assertThatThrownBy(() -> noted.read(json))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_ANSWER_MALFORMED));
    }
}
