package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ApiClient.Answer;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import java.math.BigDecimal;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about confirmations over HTTP: what is accepted and what is refused. */
@NullMarked
class ConfirmationCommandsIT {
    private static final String ORDERS = "/api/work-orders";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(WorkOrderService.MODULE);

    private ApiClient anna;

    @BeforeEach
    void signIn() {
        anna = plant.as(new Caller("anna", permission -> true, PlantScope.of("1000")));
    }

    private Answer post(String path, String body) {
        return anna.send("POST", path, body);
    }

    private Answer post(String path) {
        return anna.send("POST", path, null);
    }

    private OutboxItem item(String id) {
        return plant.store().documents(OutboxItem.TYPE).find(id).orElseThrow().value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"actualWork\": -1}                                    | /actualWork is -1 but must be more than 0",
                "{\"actualWork\": 0}                                     | /actualWork is 0 but must be more than 0",
                "{\"actualWork\": 0.25}                                  | /actualWork has more than 1 digits",
                "{}                                                      | /actualWork is required unless",
                "{\"actualWork\": 1, \"unit\": \"KG\"}                   | /workUnit is 'KG', which is no unit of time",
                "{\"actualWork\": 1, \"postingDate\": \"2099-03-06\"}    | /postingDate is 2099-03-06, which is in the future",
                "{\"actualWork\": 1, \"actualStart\": \"2026-03-04\", \"actualFinish\": \"2026-03-03\"} | /actualFinish is before the actual start",
                "{\"actualWork\": 1, \"personnelNumber\": \"2\"}         | /personnelNumber is '00000002', which is no person",
                "{\"actualWork\": 1, \"workCenter\": \"NONE\"}           | /workCenter is 'NONE', which is no work center"
            })
    void aConfirmationThatMakesNoSenseIsRefused(String body, String reason) {
        var answer = post(ORDERS + "/4000001/operations/0010/confirmations", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(reasons(answer)).singleElement().asString().startsWith(reason);
    }

    @Test
    void workIsConfirmedInTheNamesOfTheContractAndOfTheReads() {
        var path = ORDERS + "/4000001/operations/10/confirmations";
        var answer = post(path, "{\"actualWork\": 1.5, \"unit\": \"H\", \"final\": true}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var expected = new Document()
                .put("actualWork", new BigDecimal("1.5"))
                .put("workUnit", "H")
                .put("finalConfirmation", true)
                .put("operation", "0010")
                .put("orderNumber", "000004000001");
        assertThat(item(answer.json().required("id").asString()).request().values())
                .isEqualTo(expected);
        var other = post(path, "{\"actualWork\": 1.5, \"workUnit\": \"H\", \"finalConfirmation\": true}");
        assertThat(item(other.json().required("id").asString()).request().values())
                .isEqualTo(expected);
        assertThat(item(other.json().required("id").asString()).object()).isEqualTo("WorkOrders/000004000001");
    }

    @Test
    void anOperationThatTheOrderLacksAndAnOrderThatIsNotReleasedTakeNoConfirmation() {
        assertThat(post(ORDERS + "/4000001/operations/0990/confirmations", "{\"actualWork\": 1}")
                        .status())
                .isEqualTo(404);
        var path = ORDERS + "/4000002/operations/0010/confirmations";
        assertThat(reasons(post(path, "{\"actualWork\": 1}")))
                .singleElement()
                .asString()
                .contains("has the status CRTD");
        assertThat(post(ORDERS + "/4000002/release").status()).isEqualTo(202);
        assertThat(post(path, "{\"actualWork\": 1}").status()).isEqualTo(202);
        assertThat(post(ORDERS + "/4000002/technically-complete").status()).isEqualTo(202);
        assertThat(reasons(post(path, "{\"actualWork\": 1}")))
                .singleElement()
                .asString()
                .contains("has the status TECO");
    }

    @Test
    void aConfirmationIsCancelledOnce() {
        var path = "/api/confirmations/7/1/cancel";
        assertThat(post(path).status()).isEqualTo(202);
        assertThat(reasons(post(path))).singleElement().asString().contains("asked for already");
        assertThat(post("/api/confirmations/7/9/cancel").status()).isEqualTo(404);
    }
}
