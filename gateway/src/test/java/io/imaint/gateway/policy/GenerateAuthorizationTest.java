package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GenerateAuthorizationTest {
    private static final String CODE =
            "<Operation>GenerateAuthorizationCode</Operation><GenerateResponse enabled='true'/>"
                    + "<ClientId>request.queryparam.client_id</ClientId><RedirectUri>request.queryparam.redirect_uri</RedirectUri>"
                    + "<ResponseType>request.queryparam.response_type</ResponseType><Scope>request.queryparam.scope</Scope>"
                    + "<State>request.queryparam.state</State>";
    private static final String IMPLICIT =
            "<Operation>GenerateAccessTokenImplicitGrant</Operation><GenerateResponse enabled='true'/>";
    private static final String REDIRECT = "redirect_uri=https://app.example.com/callback";

    private final OAuthRig rig = new OAuthRig();

    private String location(String elements, String query) throws Exception {
        var answer = rig.query(query).answer(elements);
        assertThat(answer.status()).isEqualTo(302);
        return Objects.requireNonNull(answer.headers().line("location"));
    }

    private String code() throws Exception {
        return location(CODE, "response_type=code&scope=READ&client_id=" + Subscribers.KEY + "&" + REDIRECT)
                .replaceAll(".*code=([A-Za-z0-9]+).*", "$1");
    }

    private OAuthRig exchange(String code, String more) {
        rig.rig.request.query("");
        return rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=authorization_code&code=" + code + more);
    }

    @Test
    @Covers({"OAuthV2/RedirectUri", "OAuthV2/ResponseType", "OAuthV2/State"})
    void sendsTheBrowserBackWithACode() throws Exception {
        assertThat(location(
                        CODE,
                        "response_type=code&state=a%26b&scope=READ&client_id=" + Subscribers.KEY + "&" + REDIRECT))
                .matches("https://app\\.example\\.com/callback\\?code=[A-Za-z0-9]{32}&state=a%26b&scope=READ");
    }

    @Test
    @Covers("OAuthV2/Code")
    void exchangesACodeOnce() throws Exception {
        var code = code();
        var answer = exchange(code, "&" + REDIRECT).answer(OAuthRig.endpoint(""));
        assertThat(OAuthRig.field(answer, "scope")).isEqualTo("READ");
        assertThat(OAuthRig.field(answer, "refresh_token")).isNotEmpty();
        assertThat(answer.content()).doesNotContain("\"state\"");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Invalid Authorization Code\"}");
        var again = code();
        rig.rig.request.headers().set("x-code", again);
        exchange("", "&" + REDIRECT);
        assertThat(rig.answer(OAuthRig.endpoint("<Code>request.header.x-code</Code>"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesACodeWithAnotherRedirection() throws Exception {
        var code = code();
        exchange(code, "");
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Required param : redirect_uri");
        exchange(code, "&redirect_uri=https://evil.example.com");
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid redirect_uri : https://evil.example.com");
    }

    @Test
    void refusesACodeOfAnotherClientOrAfterItsTime() throws Exception {
        var code = code();
        exchange(code, "&" + REDIRECT).basic("otherKey", "otherSecret");
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Authorization Code");
        rig.rig.now = rig.rig.now.plus(Duration.ofMinutes(10));
        exchange(code, "&" + REDIRECT);
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Authorization Code");
    }

    @Test
    void sendsNobodyToAnAddressThatIsNotRegistered() {
        rig.query("response_type=code&redirect_uri=https://evil.example.com&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(CODE))
                .isEqualTo(
                        "400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Invalid redirection uri https://evil.example.com\"}");
        rig.subscribers.callback = "";
        assertThat(rig.refusal(CODE)).contains("Invalid redirection uri");
        rig.query("response_type=code&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(CODE)).contains("Redirection URI is required");
    }

    @Test
    void saysWhatIsWrongWithTheRequest() {
        rig.query(REDIRECT + "&response_type=code");
        assertThat(rig.refusal(CODE)).contains("The request is missing a required parameter : client_id");
        rig.query(REDIRECT + "&response_type=code&client_id=x");
        assertThat(rig.refusal(CODE))
                .isEqualTo(
                        "401 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Invalid client id : x. ClientId is Invalid\"}");
        rig.query(REDIRECT + "&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(CODE)).contains("The request is missing a required parameter : response_type");
        rig.query(REDIRECT + "&response_type=token&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(CODE)).contains("Response type must be code");
    }

    @Test
    void givesATokenInTheFragmentInTheImplicitGrant() throws Exception {
        assertThat(location(IMPLICIT, "response_type=token&state=1&client_id=" + Subscribers.KEY))
                .matches("https://app\\.example\\.com/callback#expires_in=3599&access_token=[A-Za-z0-9]{28}&state=1");
        rig.query("response_type=code&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(IMPLICIT)).contains("Response type must be token");
        rig.query("response_type=token&client_id=x");
        assertThat(rig.refusal(IMPLICIT)).contains("\"invalid_client\", \"Error\" :\"ClientId is Invalid\"");
    }

    @Test
    @Covers("OAuthV2/ExternalAuthorizationCode")
    void takesACodeOfAnotherServer() throws Exception {
        rig.rig.request.headers().set("c", "CODE-1");
        var elements = CODE
                + "<StoreToken>true</StoreToken><ExternalAuthorizationCode>request.header.c</ExternalAuthorizationCode>";
        assertThat(location(elements, "response_type=code&client_id=" + Subscribers.KEY))
                .contains("?code=CODE-1");
        assertThat(exchange("CODE-1", "").answer(OAuthRig.endpoint("")).status())
                .isEqualTo(200);
    }
}
