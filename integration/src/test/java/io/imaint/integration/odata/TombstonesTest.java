package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TombstonesTest {
    private static final EntityType EQUIPMENT = new EntityType(
            "Equipment",
            List.of(
                    EdmProperty.of("EQUNR", EdmKind.STRING),
                    Types.day("DATBI"),
                    EdmProperty.of("TEXT", EdmKind.STRING)),
            List.of("EQUNR", "DATBI"));

    private final NotedRows noted = new NotedRows();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"ID\":\"1\",\"ODQ_CHANGEMODE\":\"D\",\"ODQ_ENTITYCNTR\":\"-1\"}",
                "{\"ODQ_CHANGEMODE\":\"D\",\"ODQ_ENTITYCNTR\":-1,\"ID\":\"1\"}",
                "{\"__metadata\":{\"type\":\"T\"},\"ODQ_CHANGEMODE\":\"D\",\"Counter\":\"5\",\"ID\":\"1\"}",
                "{\"@odata.context\":\"$metadata#Things/$deletedEntity\",\"id\":\"https://h/s/Things('1')\"}",
                "{\"id\":\"Things(ID='1')\",\"odata.context\":\"$metadata#Things/$deletedEntity\",\"reason\":\"deleted\"}"
            })
    void knowsATombstoneByItsMarkWhereverItStands(String tombstone) {
        var content = noted.read("{\"d\":{\"results\":[{\"ID\":\"0\"},%s,{\"ID\":\"2\"}]}}".formatted(tombstone));
        assertThat(noted.deleted).containsExactly("1");
        assertThat(noted.ids()).containsExactly("0", "2");
        assertThat(content.rows()).isEqualTo(2);
        assertThat(content.deleted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"C\"", "\"U\"", "\"\"", "null", "{\"D\":1}", "[\"D\"]", "4"})
    void takesEveryOtherModeForARow(String mode) {
        noted.read("{\"d\":[{\"ID\":\"1\",\"ODQ_CHANGEMODE\":%s}]}".formatted(mode));
        assertThat(noted.ids()).containsExactly("1");
        assertThat(noted.deleted).isEmpty();
    }

    @Test
    void knowsATombstoneByADeclaredMode() {
        var type = new EntityType(
                "Fact",
                List.of(EdmProperty.of("ODQ_CHANGEMODE", EdmKind.STRING), EdmProperty.of("ID", EdmKind.STRING)),
                List.of("ID"));
        noted.read(type, "{\"d\":[{\"ID\":\"1\",\"ODQ_CHANGEMODE\":\"D\"},{\"ODQ_CHANGEMODE\":\"C\",\"ID\":\"2\"}]}");
        assertThat(noted.deleted).containsExactly("1");
        assertThat(noted.ids()).containsExactly("2");
    }

    @Test
    void keepsTheOrderOfRepeatedKeys() {
        noted.read("""
                {"d":[{"ID":"1","ODQ_CHANGEMODE":"U"},{"ID":"1","ODQ_CHANGEMODE":"D"},{"ID":"1","ODQ_CHANGEMODE":"C"}]}""");
        assertThat(noted.all).containsExactly("row 1", "deleted 1", "row 1");
    }

    @Test
    void deletesByTheKeyThoughAnotherValueIsWrong() {
        noted.read("{\"d\":[{\"Counter\":\"x\",\"ID\":\"1\",\"ODQ_CHANGEMODE\":\"D\"}]}");
        assertThat(noted.all).containsExactly("deleted 1");
    }

    @Test
    void reportsATombstoneWithoutAKey() {
        noted.read("""
                {"d":[{"ODQ_CHANGEMODE":"D"},{"@odata.context":"#T/$deletedEntity","id":"Things(X='1')"},{"ID":"2"}]}""");
        assertThat(noted.ids()).containsExactly("2");
        assertThat(noted.unreadable).extracting(Row.Unreadable::property).containsOnly("id");
        assertThat(noted.unreadable).extracting(Row.Unreadable::value).containsExactly("null", "Things(X='1')");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Eqs(EQUNR='10',DATBI=datetime'9999-12-31T00:00:00')|10 9999-12-31",
                "https://h:1/s/Eqs(DATBI=datetime%272025-01-31T00%3A00%3A00%27,EQUNR=%27a%27%27,b%27)|a',b 2025-01-31"
            })
    void readsTheKeyOfATombstoneFromItsAddress(String id, String key) {
        noted.read(
                EQUIPMENT,
                "{\"d\":[{\"@odata.context\":\"#Eqs/$deletedEntity\",\"id\":\"%s\"}]}".formatted(id),
                row -> row.value("EQUNR") + " " + row.value("DATBI"));
        assertThat(noted.deleted).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Eqs", "Eqs(", "Eqs()", "Eqs('10')", "Eqs(EQUNR='10')", "Eqs(EQUNR='1',DATBI=x)", "Eqs(%zz)"
            })
    void takesNoKeyFromAnotherAddress(String id) {
        assertThat(EntityKey.of(EQUIPMENT, id)).isEmpty();
    }

    @Test
    void aSinkOfRowsOnlyFailsAtATombstone() {
        assertThatThrownBy(() ->
                        NotedRows.into(row -> {}, Types.THING, "{\"d\":[{\"ID\":\"1\",\"ODQ_CHANGEMODE\":\"D\"}]}"))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_ANSWER_MALFORMED));
    }
}
