package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.registry.Application.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GenerateAccessTokenTest {
    private final OAuthRig rig = new OAuthRig();

    private OAuthRig credentials() {
        return rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=client_credentials");
    }

    private Message tokens(String elements) throws Exception {
        return rig.basic(Subscribers.KEY, Subscribers.SECRET)
                .form("grant_type=password&username=jo&password=x")
                .answer(OAuthRig.endpoint(elements));
    }

    private Message refreshed(String token, String elements) throws Exception {
        return rig.form("grant_type=refresh_token&refresh_token=" + token).answer(OAuthRig.endpoint(elements));
    }

    @Test
    @Covers({"OAuthV2/Operation", "OAuthV2/GenerateResponse@enabled", "OAuthV2/SupportedGrantTypes/GrantType"})
    void answersClientCredentialsByteForByteAsSapDoes() throws Exception {
        rig.subscribers.scopes = List.of();
        var answer = credentials().answer(OAuthRig.endpoint(""));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().line("content-type")).isEqualTo("application/json");
        assertThat(answer.content()).isEqualTo("""
                {
                  "refresh_token_expires_in" : "0",
                  "api_product_list" : "[Orders]",
                  "api_product_list_json" : [ "Orders" ],
                  "organization_name" : "default",
                  "developer.email" : "dev@example.com",
                  "token_type" : "BearerToken",
                  "issued_at" : "1796032800000",
                  "client_id" : "%s",
                  "access_token" : "%s",
                  "application_name" : "06947a86-919e-4ca3-ac72-036723b18231",
                  "scope" : "",
                  "expires_in" : "3599",
                  "refresh_count" : "0",
                  "status" : "approved"
                }""".formatted(Subscribers.KEY, OAuthRig.field(answer, "access_token")));
        assertThat(OAuthRig.field(answer, "access_token")).matches("[A-Za-z0-9]{28}");
    }

    @Test
    void takesCredentialsFromTheFormToo() throws Exception {
        rig.form("grant_type=client_credentials&client_id=%s&client_secret=%s"
                .formatted(Subscribers.KEY, Subscribers.SECRET));
        assertThat(OAuthRig.field(rig.answer(OAuthRig.endpoint("")), "client_id"))
                .isEqualTo(Subscribers.KEY);
    }

    @Test
    @Covers({"OAuthV2/GrantType", "OAuthV2/ClientId", "OAuthV2/Scope"})
    void readsParametersFromWhereItIsTold() throws Exception {
        rig.form("client_secret=" + Subscribers.SECRET)
                .query("grant_type=client_credentials&id=" + Subscribers.KEY + "&s=READ");
        var answer = rig.answer(OAuthRig.endpoint("<GrantType>request.queryparam.grant_type</GrantType>"
                + "<ClientId>request.queryparam.id</ClientId><Scope>request.queryparam.s</Scope>"));
        assertThat(OAuthRig.field(answer, "scope")).isEqualTo("READ");
    }

    @Test
    void keepsTheHashOfATokenOnly() throws Exception {
        var answer = credentials().answer(OAuthRig.endpoint(""));
        var token = OAuthRig.field(answer, "access_token");
        assertThat(rig.rig.tokens.keySet())
                .singleElement()
                .asString()
                .startsWith("ACCESS ")
                .doesNotContain(token);
        assertThat(rig.rig.tokens.values().toString()).doesNotContain(token).doesNotContain(Subscribers.KEY);
    }

    @Test
    @Covers("OAuthV2!InvalidClientIdentifier")
    void refusesAnUnknownClient() {
        rig.basic("nobody", "x").form("grant_type=client_credentials");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("401 {\"ErrorCode\" : \"invalid_client\", \"Error\" :\"ClientId is Invalid\"}");
        var fault = rig.fault("<Operation>GenerateAccessToken</Operation><SupportedGrantTypes>"
                + "<GrantType>client_credentials</GrantType></SupportedGrantTypes>");
        assertThat(fault.answer()).isNull();
        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.code()).isEqualTo("oauth.v2.InvalidClientIdentifier");
        assertThat(fault.text()).isEqualTo("Invalid client identifier {0}");
    }

    @Test
    void refusesAWrongSecret() {
        rig.basic(Subscribers.KEY, "wrong").form("grant_type=client_credentials");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("401 {\"ErrorCode\" : \"invalid_client\", \"Error\" :\"Client credentials are invalid\"}");
        assertThat(rig.rig.tokens).isEmpty();
    }

    @Test
    void refusesARevokedApplication() {
        rig.subscribers.application = Status.REVOKED;
        credentials();
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo(
                        "401 {\"ErrorCode\" : \"invalid_client-app_not_approved\", \"Error\" :\"App not Approved\"}");
    }

    @Test
    @Covers("OAuthV2!invalid_request")
    void saysWhichParameterIsMissing() {
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("x=1");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Required param : grant_type\"}");
        rig.rig.request.headers().remove("Authorization");
        rig.form("grant_type=client_credentials");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo(
                        "400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"The request is missing a required parameter : client_id\"}");
    }

    @Test
    @Covers("OAuthV2!UnSupportedGrantType")
    void refusesAGrantThatThePolicyDoesNotSupport() {
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=magic%22");
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo(
                        "400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Unsupported grant type : magic\\\"\"}");
        credentials();
        assertThat(rig.fault("<Operation>GenerateAccessToken</Operation>").name())
                .isEqualTo("UnSupportedGrantType");
    }

    @Test
    void saysInVariablesWhyItFailed() throws Exception {
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("x=1");
        var context = rig.rig.context();
        var policy = rig.rig.compile(OAuthV2.TYPE, OAuthRig.xml(OAuthRig.endpoint("")));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> policy.execute(context)))
                .isNotNull();
        assertThat(context.text("oauthV2.P.fault.name")).isEqualTo("invalid_request");
        assertThat(context.text("oauthV2.P.fault.cause")).isEqualTo("Required param : grant_type");
    }

    @Test
    @Covers("OAuthV2/GenerateErrorResponse@enabled")
    void leavesAnErrorAsResponseForAFlowThatGoesOn() throws Exception {
        rig.basic(Subscribers.KEY, "wrong").form("grant_type=client_credentials");
        var context = rig.rig.context();
        var policy = rig.rig.compile(
                OAuthV2.TYPE,
                OAuthRig.xml("<Operation>GenerateAccessToken</Operation><GenerateErrorResponse enabled='true'/>"
                        + "<SupportedGrantTypes><GrantType>client_credentials</GrantType></SupportedGrantTypes>"));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> policy.execute(context)))
                .isNotNull();
        assertThat(Objects.requireNonNull(context.response()).status()).isEqualTo(401);
    }

    @Test
    @Covers({"OAuthV2/ExpiresIn", "OAuthV2/ExpiresIn@ref"})
    void tokensHoldAsLongAsThePolicySays() throws Exception {
        credentials();
        assertThat(OAuthRig.field(
                        rig.answer(OAuthRig.endpoint("<ExpiresIn ref='none'>1800000</ExpiresIn>")), "expires_in"))
                .isEqualTo("1799");
        assertThat(OAuthRig.field(rig.answer(OAuthRig.endpoint("<ExpiresIn>-1</ExpiresIn>")), "expires_in"))
                .isEqualTo("0");
        rig.rig.request.headers().set("ttl", "oops");
        assertThat(rig.fault(OAuthRig.endpoint("<ExpiresIn ref='request.header.ttl'/>"))
                        .name())
                .isEqualTo("InvalidValueForExpiresIn");
    }

    @Test
    @Covers({
        "OAuthV2/Attributes/Attribute@name",
        "OAuthV2/Attributes/Attribute@ref",
        "OAuthV2/Attributes/Attribute@display"
    })
    void givesAttributesToATokenAndShowsThoseThatMayBeSeen() throws Exception {
        rig.rig.request.headers().set("plant", "1000");
        var answer = credentials()
                .answer(OAuthRig.endpoint("<Attributes><Attribute name='plant' ref='request.header.plant'/>"
                        + "<Attribute name='hidden' display='false'>secret</Attribute></Attributes>"));
        assertThat(answer.content()).contains("\"plant\" : \"1000\"").doesNotContain("hidden");
        assertThat(rig.rig.tokens.values().iterator().next().attributes()).containsEntry("hidden", "secret");
    }

    @Test
    void refusesAScopeThatNoProductHas() {
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=client_credentials&scope=READ%20ADMIN");
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Scope");
    }

    @Test
    @Covers({"OAuthV2/UserName", "OAuthV2/PassWord", "OAuthV2/RefreshTokenExpiresIn", "OAuthV2/AppEndUser"})
    void givesARefreshTokenForAUsersPassword() throws Exception {
        var answer = tokens("<RefreshTokenExpiresIn>240000</RefreshTokenExpiresIn>");
        assertThat(OAuthRig.field(answer, "refresh_token")).matches("[A-Za-z0-9]{32}");
        assertThat(OAuthRig.field(answer, "refresh_token_expires_in")).isEqualTo("239");
        assertThat(OAuthRig.field(answer, "scope")).isEqualTo("READ WRITE");
        assertThat(answer.content().indexOf("refresh_token_status"))
                .isLessThan(answer.content().indexOf("api_product_list"));
        assertThat(rig.rig.tokens.values()).allMatch(token -> token.user().equals("jo"));
        rig.form("grant_type=password&username=jo");
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Required param : password");
        rig.rig.request.headers().set("u", "kim");
        rig.form("grant_type=password");
        var elements = "<UserName>request.header.u</UserName><PassWord>request.header.u</PassWord>"
                + "<AppEndUser>request.header.u</AppEndUser>";
        assertThat(rig.answer(OAuthRig.endpoint(elements)).status()).isEqualTo(200);
        assertThat(rig.rig.tokens.values()).anyMatch(token -> token.user().equals("kim"));
    }

    @Test
    @Covers("OAuthV2/RefreshToken")
    void refreshesATokenOnce() throws Exception {
        var first = tokens("");
        var refresh = OAuthRig.field(first, "refresh_token");
        var second = refreshed(refresh, "");
        assertThat(OAuthRig.field(second, "refresh_count")).isEqualTo("1");
        assertThat(OAuthRig.field(second, "access_token")).isNotEqualTo(OAuthRig.field(first, "access_token"));
        assertThat(OAuthRig.field(second, "refresh_token")).isNotEqualTo(refresh);
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("401 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Invalid Refresh Token\"}");
        rig.form("token=" + OAuthRig.field(second, "refresh_token"));
        var third = rig.answer("<Operation>RefreshAccessToken</Operation><GenerateResponse/>"
                + "<RefreshToken>request.formparam.token</RefreshToken>");
        assertThat(OAuthRig.field(third, "refresh_count")).isEqualTo("2");
    }

    @Test
    @Covers("OAuthV2/ReuseRefreshToken")
    void keepsARefreshTokenThatIsReused() throws Exception {
        var refresh = OAuthRig.field(tokens(""), "refresh_token");
        for (int count = 1; count <= 2; count++) {
            var answer = refreshed(refresh, "<ReuseRefreshToken>true</ReuseRefreshToken>");
            assertThat(OAuthRig.field(answer, "refresh_token")).isEqualTo(refresh);
            assertThat(OAuthRig.field(answer, "refresh_count")).isEqualTo("" + count);
        }
    }

    @Test
    @Covers("OAuthV2!refresh_token_expired")
    void refusesARefreshTokenThatHasExpired() throws Exception {
        var refresh = OAuthRig.field(tokens("<RefreshTokenExpiresIn>240000</RefreshTokenExpiresIn>"), "refresh_token");
        rig.rig.now = rig.rig.now.plus(Duration.ofMinutes(4));
        rig.form("grant_type=refresh_token&refresh_token=" + refresh);
        assertThat(rig.refusal(OAuthRig.endpoint("")))
                .isEqualTo("400 {\"ErrorCode\" : \"invalid_request\", \"Error\" :\"Refresh Token expired\"}");
    }

    @Test
    void refusesARefreshTokenOfAnotherClientAndLeavesIt() throws Exception {
        var refresh = OAuthRig.field(tokens(""), "refresh_token");
        rig.basic("otherKey", "otherSecret").form("grant_type=refresh_token&refresh_token=" + refresh);
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Refresh Token");
        rig.basic(Subscribers.KEY, Subscribers.SECRET);
        assertThat(refreshed(refresh, "").status()).isEqualTo(200);
    }

    @Test
    void aRefreshedTokenHasNoMoreScopesThanTheOldOne() throws Exception {
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=password&username=u&password=p&scope=READ");
        var refresh = OAuthRig.field(rig.answer(OAuthRig.endpoint("")), "refresh_token");
        rig.form("grant_type=refresh_token&scope=WRITE&refresh_token=" + refresh);
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Scope");
        assertThat(OAuthRig.field(refreshed(refresh, ""), "scope")).isEqualTo("READ");
    }

    @Test
    @Covers({"OAuthV2/ExternalAuthorization", "OAuthV2/ExternalAccessToken", "OAuthV2/StoreToken"})
    void keepsATokenOfAnotherServerForAClientThatThisOneChecked() throws Exception {
        var elements = "<ExternalAuthorization>true</ExternalAuthorization>"
                + "<ExternalAccessToken>external_access_token</ExternalAccessToken><StoreToken>true</StoreToken>";
        rig.form("grant_type=client_credentials&client_id=" + Subscribers.KEY);
        assertThat(rig.refusal(OAuthRig.endpoint(elements))).contains("client_secret");
        var context = rig.rig.context();
        context.set("oauth_external_authorization_status", "true");
        context.set("external_access_token", "TOKEN-1");
        rig.rig.compile(OAuthV2.TYPE, OAuthRig.xml(OAuthRig.endpoint(elements))).execute(context);
        assertThat(OAuthRig.field(Objects.requireNonNull(context.response()), "access_token"))
                .isEqualTo("TOKEN-1");
        assertThat(rig.rig.tokens).hasSize(1);
    }

    @Test
    @Covers("OAuthV2!FailedToResolveToken")
    void failsWhereTheTokenOfAnotherServerIsMissing() {
        credentials();
        assertThat(rig.fault(OAuthRig.endpoint("<ExternalAccessToken>none</ExternalAccessToken>"))
                        .name())
                .isEqualTo("FailedToResolveToken");
    }

    @Test
    void nobodyTakesOverTheTokenOfAnotherClient() throws Exception {
        var token = OAuthRig.field(credentials().answer(OAuthRig.endpoint("")), "access_token");
        rig.basic("otherKey", "otherSecret").rig.request.headers().set("x-token", token);
        assertThat(rig.refusal(OAuthRig.endpoint("<StoreToken>true</StoreToken>"
                        + "<ExternalAccessToken>request.header.x-token</ExternalAccessToken>")))
                .contains("Invalid external token");
    }

    @Test
    @Covers("OAuthV2/RFCCompliantRequestResponse")
    void answersInTheFormOfTheStandardWhereThePolicyWantsIt() throws Exception {
        rig.subscribers.scopes = List.of("READ");
        var elements = "<RFCCompliantRequestResponse>true</RFCCompliantRequestResponse>";
        var answer = credentials().answer(OAuthRig.endpoint(elements));
        assertThat(answer.content())
                .matches(
                        "\\{\"access_token\":\"[A-Za-z0-9]{28}\",\"token_type\":\"Bearer\",\"expires_in\":3599,\"scope\":\"READ\"}");
        rig.form("grant_type=refresh_token&refresh_token=x");
        assertThat(rig.refusal(OAuthRig.endpoint(elements)))
                .isEqualTo("401 {\"error\":\"invalid_grant\",\"error_description\":\"Invalid Refresh Token\"}");
    }

    @Test
    void setsTheVariablesOfTheToken() throws Exception {
        var context = credentials().run(OAuthRig.endpoint(""));
        assertThat(context.text("oauthv2accesstoken.P.expires_in")).isEqualTo("3599");
        assertThat(context.text("oauthv2accesstoken.P.status")).isEqualTo("approved");
        assertThat(context.text("oauthv2accesstoken.P.grant_type")).isEqualTo("client_credentials");
    }

    @Test
    void reportsWhatSapRefusesToDeploy() {
        assertThat(rig.rig.findings(
                        OAuthV2.TYPE,
                        OAuthRig.xml("<ExpiresIn>soon</ExpiresIn><Operation>Dance</Operation>"
                                + "<SupportedGrantTypes><GrantType>magic</GrantType></SupportedGrantTypes>")))
                .filteredOn(finding -> !finding.deployable())
                .hasSize(3);
        assertThat(rig.rig.findings(
                        OAuthV2.TYPE,
                        OAuthRig.xml("<ExpiresIn>1000</ExpiresIn><Operation>GenerateAccessToken</Operation>")))
                .singleElement()
                .matches(finding -> finding.deployable());
    }
}
