package io.imaint.checks;

import static io.imaint.checks.GatewayAnswers.assertFault;
import static io.imaint.checks.GatewayAnswers.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.checks.GatewayLandscape.Answer;
import io.imaint.gateway.demo.DemoBundles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: changes reach SAP with its own token and cookies, which clients never see. Method: as in {@link GatewayChainsIT}. */
class GatewayChangesIT {
    private static final String SSO_TICKET = "login/create_sso2_ticket";
    private static final String ORDER = "{\"AUART\": \"PM01\", \"KTEXT\": \"%s\", \"WERKS\": \"1000\"}";

    @TempDir
    private static Path home = Path.of("");

    private static GatewayLandscape landscape;

    @BeforeAll
    static void start() {
        landscape = GatewayLandscape.start(home);
    }

    @AfterAll
    static void stop() {
        landscape.close();
    }

    @AfterEach
    void threeCookies() {
        landscape.parameter(SSO_TICKET, "2");
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "0, 2"})
    void changesCarrySapsTokenAndCookiesHoweverManyThereAre(String ticket, int cookies) {
        landscape.parameter(SSO_TICKET, ticket);
        assertThat(landscape.askSap("GET", "/").send().response().headers().allValues("set-cookie"))
                .hasSize(cookies);
        var created = landscape
                .withKey("POST", "/WorkOrderSet")
                .with("Accept", "application/json")
                .json(ORDER.formatted("By key"))
                .send();
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var order =
                "/WorkOrderSet('%s')".formatted(created.json().at("/d/AUFNR").asString());
        var token = landscape.token();
        for (var change : List.of("MERGE", "PATCH")) {
            var changed = landscape
                    .withToken(change, order, token)
                    .with("If-Match", "*")
                    .json("{\"KTEXT\": \"%s\"}".formatted(change))
                    .send();
            assertThat(changed.status()).as(change + changed.text()).isEqualTo(204);
            assertThat(changed.body()).isEmpty();
            var read = landscape.askSap("GET", order + "?$format=json").send();
            assertThat(read.json().at("/d/KTEXT").asString()).isEqualTo(change);
        }
    }

    @Test
    void theRecipeForThreeCookiesFailsWithTwoAndTheOneForTwoPasses() {
        recipe("ThreeCookies", "TwoCookies");
        recipe("TwoCookies", "ThreeCookies");
        landscape.publish("Recipes", "ThreeCookies", "TwoCookies");
        var key = landscape.register("recipes", "Recipes").required("key").asString();
        assertThat(order("/ThreeCookies", key).status()).isEqualTo(201);
        landscape.parameter(SSO_TICKET, "0");
        assertFault(
                order("/ThreeCookies", key),
                500,
                "Unresolved variable : callOutResponse.header.Set-Cookie.3",
                "entities.UnresolvedVariable");
        assertThat(order("/TwoCookies", key).status()).isEqualTo(201);
    }

    /** Deploys the proxy with one of the two policies, which holds for every change, as SAP documents the recipe. */
    private static void recipe(String name, String without) {
        landscape.deployVariant(
                DemoBundles.API_KEY_PROXY,
                name,
                "/" + name,
                text -> text.replaceAll(" AND callOutResponse.header.Set-Cookie.3 !?= null", "")
                        .replaceAll(
                                "<step>\\s*<policy_name>setCsrfTokenWith%s<[\\s\\S]*?</step>".formatted(without), ""));
    }

    private static Answer order(String path, String key) {
        return landscape
                .ask("POST", path + "/WorkOrderSet")
                .with("x-api-key", key)
                .json(ORDER.formatted("By recipe"))
                .send();
    }

    @Test
    void withoutTheRecipeSapRefusesTheChangeAndItsAnswerComesThrough() {
        landscape.deployVariant(
                DemoBundles.API_KEY_PROXY,
                "NoRecipe",
                "/NoRecipe",
                text -> text.replaceAll("<step>\\s*<policy_name>(scCSRF|setCsrf)[\\s\\S]*?</step>", ""));
        landscape.publish("NoRecipes", "NoRecipe");
        var refused = order(
                "/NoRecipe",
                landscape.register("none", "NoRecipes").required("key").asString());
        var direct = landscape
                .askSap("POST", "/WorkOrderSet")
                .json(ORDER.formatted("Refused"))
                .send();
        assertThat(direct.status()).isEqualTo(403);
        assertThat(direct.text()).isEqualTo("CSRF token validation failed");
        assertSame(refused, direct);
    }

    @Test
    void aBatchIsAnsweredPartByPart() {
        var reads = """
                --b
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET PlantSet('1000')?$format=json HTTP/1.1


                --b
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                GET WorkOrderSet('none')?$format=json HTTP/1.1


                --b--
                """;
        var answer = batch(reads);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.header("Content-Type")).startsWith("multipart/mixed; boundary=");
        var plant = landscape.askSap("GET", "/PlantSet('1000')?$format=json").send();
        var none = landscape.askSap("GET", "/WorkOrderSet('none')?$format=json").send();
        assertThat(answer.text()).contains("HTTP/1.1 200 OK", plant.text(), "HTTP/1.1 404 Not Found");
        assertThat(answer.text()).contains(none.json().at("/error/code").asString());

        var changes = """
                --b
                Content-Type: multipart/mixed; boundary=c

                --c
                Content-Type: application/http
                Content-Transfer-Encoding: binary

                POST WorkOrderSet HTTP/1.1
                Content-Type: application/json
                Accept: application/json

                {"AUART": "PM01", "KTEXT": "By batch", "WERKS": "1000"}
                --c--

                --b--
                """;
        var changed = batch(changes);
        assertThat(changed.text()).contains("HTTP/1.1 201 Created", "\"KTEXT\":\"By batch\"");
        var found = landscape
                .askSap("GET", "/WorkOrderSet/$count?$filter=KTEXT%20eq%20'By%20batch'")
                .send();
        assertThat(found.text()).isEqualTo("1");
    }

    private static Answer batch(String parts) {
        return landscape
                .withKey("POST", "/$batch")
                .body("multipart/mixed; boundary=b", parts.replace("\n", "\r\n").getBytes(UTF_8))
                .send();
    }
}
