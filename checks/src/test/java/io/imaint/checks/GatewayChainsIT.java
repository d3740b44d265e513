package io.imaint.checks;

import static io.imaint.checks.GatewayAnswers.assertAnswer;
import static io.imaint.checks.GatewayAnswers.assertFault;
import static io.imaint.checks.GatewayAnswers.assertRefusedToken;
import static io.imaint.checks.GatewayAnswers.assertSame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.checks.GatewayLandscape.Asked;
import io.imaint.checks.GatewayLandscape.Keys;
import io.imaint.gateway.demo.DemoBundles;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: clients meet in our gateway what they know of SAP API Management, and in its answers exactly what SAP says. Method: the
 * delivered proxies in processes of their own, whole answers compared, and SAP asked directly beside them.
 */
class GatewayChainsIT {

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/$metadata",
                "/PlantSet?$format=json",
                "/PlantSet('1000')",
                "/PlantSet('1000')/NAME1/$value",
                "/WorkOrderSet/$count",
                "/WorkOrderSet?$filter=WERKS%20eq%20'1000'%20and%20substringof('pump',KTEXT)&$orderby=AUFNR%20desc&$top=7&$format=json",
                "/WorkOrderSet?$expand=Operations,Notification/Items&$top=5&$skip=3&$inlinecount=allpages&$format=json",
                "/WorkOrderSet?$select=AUFNR,KTEXT&$top=200&$format=json",
                "/NotificationSet?$expand=Items/Causes&$top=3",
                "/EquipmentSet?$filter=EQKTX%20eq%20'%C3%84%20%26%20B%2BC'&$format=json",
                "/WorkOrderSet('none')?$format=json",
                "/NoSuchSet",
                "/WorkOrderSet?$filter=this%20is%20none&$format=json"
            })
    void bothChainsAnswerWhatSapAnswers(String path) {
        var direct = landscape.askSap("GET", path).send();
        assertSame(landscape.withKey("GET", path).send(), direct);
        assertSame(landscape.withToken("GET", path, landscape.token()).send(), direct);
    }

    @Test
    void aHeadRequestIsAnsweredWithoutABody() {
        var direct = landscape.askSap("HEAD", "/PlantSet").send();
        assertSame(landscape.withKey("HEAD", "/PlantSet").send(), direct);
        assertThat(direct.body()).isEmpty();
    }

    @Test
    void aKeyIsRightWrongMissingOrForSomethingElse() {
        assertThat(landscape.withKey("GET", "/PlantSet").send().status()).isEqualTo(200);
        var path = GatewayLandscape.API_KEY + "/PlantSet";
        assertFault(
                landscape.ask("GET", path).with("x-api-key", "wrong").send(),
                401,
                "Invalid ApiKey",
                "oauth.v2.InvalidApiKey");
        assertFault(
                landscape.ask("GET", path).send(),
                401,
                "Failed to resolve API Key variable request.header.x-api-key",
                "steps.oauth.v2.FailedToResolveAPIKey");
        landscape.publish("TokensOnly", DemoBundles.TOKEN_PROXY);
        var other = landscape.register("other", "TokensOnly");
        var key = other.required("key").asString();
        assertFault(
                landscape.ask("GET", path).with("x-api-key", key).send(),
                401,
                "Invalid ApiKey for given resource",
                "oauth.v2.InvalidApiKeyForGivenResource");
        var id = other.at("/application/id").asString();
        landscape.managed(landscape.manage("POST", "/applications/%s/revoke".formatted(id)));
        assertFault(
                landscape.ask("GET", path).with("x-api-key", key).send(),
                401,
                "App not Approved",
                "keymanagement.service.invalid_client-app_not_approved");
    }

    @Test
    void theTokenEndpointAnswersAsSapDoes() {
        var keys = landscape.demo();
        var answer = landscape.token("/token", keys);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var said = answer.text()
                .replaceAll("(\"access_token\" : \")[A-Za-z0-9]{28}\"", "$1TOKEN\"")
                .replaceAll("(\"issued_at\" : \")[0-9]{13}\"", "$1NOW\"")
                .replaceAll("(\"application_name\" : \")[0-9a-f-]{36}\"", "$1APP\"");
        assertThat(said).isEqualTo("""
                {
                  "refresh_token_expires_in" : "0",
                  "api_product_list" : "[iCWPIntegrationSuite]",
                  "api_product_list_json" : [ "iCWPIntegrationSuite" ],
                  "organization_name" : "default",
                  "developer.email" : "demo@example.com",
                  "token_type" : "BearerToken",
                  "issued_at" : "NOW",
                  "client_id" : "%s",
                  "access_token" : "TOKEN",
                  "application_name" : "APP",
                  "scope" : "",
                  "expires_in" : "3599",
                  "refresh_count" : "0",
                  "status" : "approved"
                }""".formatted(keys.key()));
        assertAnswer(
                landscape.token("/token", new Keys(keys.key(), "wrong")),
                401,
                "{\"ErrorCode\" : \"invalid_client\", \"Error\" :\"Client credentials are invalid\"}");
        assertAnswer(
                landscape.token("/token", new Keys("nobody", keys.secret())),
                401,
                "{\"ErrorCode\" : \"invalid_client\", \"Error\" :\"ClientId is Invalid\"}");
        assertAnswer(
                grant("scope=x").basic(keys.key(), keys.secret()).send(),
                400,
                "{\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Required param : grant_type\"}");
        assertAnswer(
                grant("grant_type=client_credentials").send(),
                400,
                "{\"ErrorCode\" : \"invalid_request\", \"Error\" :\"The request is missing a required parameter : client_id\"}");
    }

    private static Asked grant(String form) {
        return landscape.ask("POST", "/token").body("application/x-www-form-urlencoded", form.getBytes(UTF_8));
    }

    @Test
    void aTokenIsValidMissingUnknownExpiredOrRevoked() {
        assertThat(landscape
                        .withToken("GET", "/PlantSet", landscape.token())
                        .send()
                        .status())
                .isEqualTo(200);
        assertRefusedToken(
                landscape.ask("GET", GatewayLandscape.OAUTH + "/PlantSet").send(),
                "Invalid access token",
                "oauth.v2.InvalidAccessToken");
        assertRefusedToken(
                landscape.withToken("GET", "/PlantSet", "unknown").send(),
                "Invalid Access Token",
                "keymanagement.service.invalid_access_token");

        landscape.deployVariant(
                DemoBundles.TOKEN_PROXY,
                "ShortTokens",
                "/short/token",
                text -> text.replace("<Tokens/>", "<ExpiresIn>1000</ExpiresIn><Tokens/>"));
        var brief = landscape
                .token("/short/token", landscape.demo())
                .json()
                .required("access_token")
                .asString();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        landscape.withToken("GET", "/PlantSet", brief).send().status() == 401);
        assertRefusedToken(
                landscape.withToken("GET", "/PlantSet", brief).send(),
                "Access Token expired",
                "keymanagement.service.access_token_expired");

        landscape.deployVariant(
                DemoBundles.TOKEN_PROXY,
                "RevokeTokens",
                "/revoke",
                text -> text.replace("<Operation>GenerateAccessToken", "<Operation>InvalidateToken")
                        .replace(
                                "<Tokens/>",
                                "<Tokens><Token type='accesstoken'>request.header.token</Token></Tokens>"));
        var revoked = landscape.token();
        assertThat(landscape.withToken("GET", "/PlantSet", revoked).send().status())
                .isEqualTo(200);
        assertThat(landscape
                        .ask("POST", "/revoke")
                        .with("token", revoked)
                        .send()
                        .status())
                .isEqualTo(200);
        assertRefusedToken(
                landscape.withToken("GET", "/PlantSet", revoked).send(),
                "Access Token not approved",
                "keymanagement.service.access_token_not_approved");
    }

    @Test
    void anAddressPassesOrIsBlockedWhateverItSaysOfItself() {
        var blocked = landscape
                .withKey("GET", "/PlantSet")
                .with("X-Forwarded-For", "127.0.0.1")
                .with("True-Client-IP", "127.0.0.1")
                .from("127.0.0.2");
        assertFault(
                blocked.send(), 403, "Access Denied for client ip : 127.0.0.2", "steps.accesscontrol.IPDeniedAccess");
        var allowed = landscape.withKey("GET", "/PlantSet").with("X-Forwarded-For", "203.0.113.9");
        assertThat(allowed.from("127.0.0.1").send().status()).isEqualTo(200);
    }

    @Test
    void aPathOfNoProxyIsUnknown() {
        assertFault(
                landscape.ask("GET", "/no/such/proxy?x=1").send(),
                404,
                "Unable to identify proxy for host: default and url: \\/no\\/such\\/proxy",
                "messaging.adaptors.http.flow.ApplicationNotFound");
    }

    @Test
    void whatTheClientAcceptsIsReplacedSoThatMetadataComesCompressed() {
        var direct = landscape
                .askSap("GET", "/$metadata")
                .with("Accept-Encoding", "gzip,deflate")
                .send();
        assertThat(direct.header("Content-Encoding")).isEqualTo("gzip");
        assertSame(
                landscape
                        .withKey("GET", "/$metadata")
                        .with("Accept-Encoding", "br")
                        .send(),
                direct);
        assertSame(
                landscape
                        .withToken("GET", "/$metadata", landscape.token())
                        .with("Accept-Encoding", "br")
                        .send(),
                direct);
    }
}
