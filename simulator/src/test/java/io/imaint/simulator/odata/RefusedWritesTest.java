package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.Actor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: what cannot be created or changed is refused with what is wrong and where, and has changed nothing. Method: a
 * service over a generated plant with the real business rules, asked directly.
 */
class RefusedWritesTest {
    private final DirectCaller caller = new DirectCaller(PlantSource.open(1, 60, Optional.empty()));

    @Test
    void refusesInTheWordsOfTheRules() {
        var reply = caller.post("/NotificationSet", "{\"QMART\":\"ZZ\"}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("IM/001");
        assertThat(reply.json()
                        .at("/error/innererror/errordetails/0/propertyref")
                        .asString())
                .isEqualTo("QMART");
        var locked = new DirectCaller(PlantSource.open(1, 60, Optional.empty()))
                .as(new Actor("A", transaction -> true, true));
        var order = locked.d("/WorkOrderSet?$top=1").at("/results/0/AUFNR").asString();
        var refused = locked.ask("MERGE", "/WorkOrderSet('%s')".formatted(order), "{\"KTEXT\":\"x\"}", "If-Match", "*");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("IW/136");
        var unauthorized =
                caller.as(new Actor("B", transaction -> false, false)).post("/NotificationSet", "{\"QMART\":\"M1\"}");
        assertThat(unauthorized.status()).isEqualTo(403);
        assertThat(unauthorized.code()).isEqualTo("S#/077");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"NOPE\":\"1\"} | NOPE",
                "{\"QMTXT\":5} | QMTXT",
                "{\"QMTXT\":null} | QMTXT",
                "{\"QMTXT\":\"12345678901234567890123456789012345678901\"} | QMTXT",
                "{\"QMTXT\":[]} | QMTXT",
                "{\"STATUSES\":\"OSNO\"} | STATUSES",
                "{\"QMDAT\":\"yesterday\"} | QMDAT",
                "{\"QMDAT\":\"/Date(999999999999999)/\"} | QMDAT",
                "{\"QMDAT\":5} | QMDAT",
                "{\"MZEIT\":\"PT25H\"} | MZEIT",
                "{\"EXTID\":\"1-1-1-1-1\"} | EXTID",
                "{\"Items\":5} | Items",
                "{\"Items\":[5]} | Items",
                "{\"Order\":{\"AUART\":\"PM01\"}} | ",
                "{\"Items\":[{\"FENUM\":\"12345\"}]} | FENUM",
                "{\"Items\":[{\"FENUM\":\"abc\"}]} | FENUM",
                "[] | ",
                "5 | ",
                "{ | ",
                "{\"QMART\":\"M1\"} x | ",
                "{\"QMART\":\"M1\",\"QMART\":\"M2\"} | ",
                "nonsense | ",
            })
    void refusesBodiesThatMakeNoSense(String body, String property) {
        long before = caller.state.sequence();
        var reply = caller.post("/NotificationSet", body);
        assertThat(reply.status()).as(reply.text()).isIn(400, 501);
        if (property != null) {
            assertThat(reply.json()
                            .at("/error/innererror/errordetails/0/target")
                            .asString())
                    .isEqualTo(property);
        }
        assertThat(caller.state.sequence()).isEqualTo(before);
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        var path = "/EquipmentSet('%s')"
                .formatted(
                        caller.d("/EquipmentSet?$top=1").at("/results/0/EQUNR").asString());
        for (var weight : List.of("\"1.2345\"", "12345678901", "1e99", "1e999999999", "\"x\"", "\"1e-500\"", "true")) {
            assertThat(caller.ask("MERGE", path, "{\"BRGEW\":" + weight + "}", "If-Match", "*")
                            .status())
                    .as(weight)
                    .isEqualTo(400);
        }
        for (var weight : List.of("\"1.5\"", "2.500", "0", "null", "\"1.50000\"", "9999999999.999")) {
            var reply = caller.ask("MERGE", path, "{\"BRGEW\":" + weight + "}", "If-Match", "*");
            assertThat(reply.status()).as(weight + reply.text()).isEqualTo(204);
        }
        assertThat(caller.d(path).get("BRGEW").asString()).isEqualTo("9999999999.999");
    }

    @Test
    void refusesTheWrongTypeOfContent() {
        assertThat(caller.post("/NotificationSet", "<a/>", "Content-Type", "application/atom+xml")
                        .status())
                .isEqualTo(415);
        assertThat(caller.post("/NotificationSet?$format=json", "{}").status()).isEqualTo(400);
        assertThat(caller.post("/PlantSet", "{}").status()).isEqualTo(501);
        assertThat(caller.ask("MERGE", "/PlantSet('1000')", "{}", "If-Match", "*")
                        .status())
                .isEqualTo(501);
        var deep = "{\"Items\":[".repeat(30) + "]}".repeat(30);
        assertThat(caller.post("/NotificationSet", deep).status()).isEqualTo(400);
    }
}
