package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.Hashes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyAccessTokenTest {
    private static final String VERIFY = "<Operation>VerifyAccessToken</Operation>";

    private final OAuthRig rig = new OAuthRig();
    private String token = "";
    private String refresh = "";

    @BeforeEach
    void getToken() throws Exception {
        var answer = rig.basic(Subscribers.KEY, Subscribers.SECRET)
                .form("grant_type=password&username=jo&password=p&scope=READ")
                .answer(OAuthRig.endpoint("<Attributes><Attribute name='plant'>1000</Attribute></Attributes>"));
        token = OAuthRig.field(answer, "access_token");
        refresh = OAuthRig.field(answer, "refresh_token");
        bearer(token);
    }

    private void bearer(String shown) {
        rig.rig.request.headers().set("Authorization", "Bearer " + shown);
    }

    private void assertRefused(String code, String text) {
        Fault fault = rig.fault(VERIFY);
        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.text()).isEqualTo(text);
        assertThat(fault.headers())
                .containsEntry(
                        "WWW-Authenticate",
                        "Bearer realm=\"null\",error=\"invalid_token\",error_description=\"%s: %s\""
                                .formatted(code, text));
    }

    @Test
    void passesAValidTokenAndSaysWhose() throws Exception {
        FlowContext context = rig.run(VERIFY);
        assertThat(context.text("client_id")).isEqualTo(Hashes.of(Subscribers.KEY));
        assertThat(context.text("access_token")).isEqualTo(token);
        assertThat(context.text("scope")).isEqualTo("READ");
        assertThat(context.text("status")).isEqualTo("approved");
        assertThat(context.text("grant_type")).isEqualTo("password");
        assertThat(context.text("expires_in")).isEqualTo("3599");
        assertThat(context.text("apiproduct.name")).isEqualTo("Orders");
        assertThat(context.text("apiproduct.region")).isEqualTo("north");
        assertThat(context.text("developer.app.name")).isEqualTo("iCWP");
        assertThat(context.text("app.id")).isEqualTo(Subscribers.APPLICATION);
        assertThat(context.text("accesstoken.plant")).isEqualTo("1000");
        assertThat(context.text("app_enduser")).isEqualTo("jo");
    }

    @Test
    @Covers("OAuthV2!InvalidAccessToken")
    void refusesACallWithoutToken() {
        rig.rig.request.headers().remove("Authorization");
        assertRefused("oauth.v2.InvalidAccessToken", "Invalid access token");
        rig.basic(Subscribers.KEY, Subscribers.SECRET);
        assertRefused("oauth.v2.InvalidAccessToken", "Invalid access token");
        bearer("");
        assertRefused("oauth.v2.InvalidAccessToken", "Invalid access token");
    }

    @Test
    @Covers("OAuthV2!invalid_access_token")
    void refusesAnUnknownToken() {
        bearer("guess");
        assertRefused("keymanagement.service.invalid_access_token", "Invalid Access Token");
        bearer("x".repeat(5000));
        assertRefused("keymanagement.service.invalid_access_token", "Invalid Access Token");
        bearer(refresh);
        assertRefused("keymanagement.service.invalid_access_token", "Invalid Access Token");
    }

    @Test
    @Covers("OAuthV2!access_token_expired")
    void refusesATokenThatHasExpired() {
        rig.rig.now = rig.rig.now.plus(Duration.ofHours(1));
        assertRefused("keymanagement.service.access_token_expired", "Access Token expired");
    }

    @Test
    @Covers("OAuthV2!InvalidAPICallAsNoApiProductMatchFound")
    void refusesAProxyThatTheProductsOfTheTokenDoNotCover() {
        rig.subscribers.proxies = List.of("Another");
        assertRefused(
                "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound",
                "Invalid API call as no apiproduct match found");
    }

    @Test
    void refusesATokenOfARevokedApplication() {
        rig.subscribers.application = Status.REVOKED;
        assertRefused("keymanagement.service.invalid_client-app_not_approved", "App not Approved");
    }

    @Test
    @Covers({"OAuthV2/Scope", "OAuthV2!InsufficientScope"})
    void refusesATokenWithoutAllScopes() throws Exception {
        assertThat(rig.run(VERIFY + "<Scope>READ</Scope>").text("scope")).isEqualTo("READ");
        var fault = rig.fault(VERIFY + "<Scope>READ WRITE</Scope>");
        assertThat(fault.status()).isEqualTo(403);
        assertThat(fault.code()).isEqualTo("steps.oauth.v2.InsufficientScope");
        assertThat(fault.text()).isEqualTo("Required scope(s): [READ, WRITE]");
    }

    @Test
    @Covers({"OAuthV2/AccessToken", "OAuthV2!FailedToResolveAccessToken"})
    void findsTheTokenWhereItIsTold() throws Exception {
        rig.rig.request.headers().remove("Authorization");
        var elements = VERIFY + "<AccessToken>request.queryparam.access_token</AccessToken>";
        var fault = rig.fault(elements);
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("steps.oauth.v2.FailedToResolveAccessToken");
        assertThat(rig.query("access_token=" + token).run(elements).text("grant_type"))
                .isEqualTo("password");
    }

    @Test
    @Covers("OAuthV2/AccessTokenPrefix")
    void takesAnotherPrefixThanBearer() throws Exception {
        rig.rig.request.headers().set("Authorization", "Token " + token);
        assertThat(rig.run(VERIFY + "<AccessTokenPrefix>Token</AccessTokenPrefix>")
                        .text("access_token"))
                .isEqualTo(token);
    }

    @Test
    void namesTheServiceOfAFaultInItsVariable() throws Exception {
        bearer("guess");
        var context = rig.rig.context();
        var policy = rig.rig.compile(OAuthV2.TYPE, OAuthRig.xml(VERIFY));
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> policy.execute(context)))
                .isNotNull();
        assertThat(context.text("oauthV2.P.fault.name")).isEqualTo("keymanagement.service.invalid_access_token");
        assertThat(context.text("oauthV2.P.fault.cause")).isEqualTo("Invalid Access Token");
    }

    private static String change(String operation, String type, String variable, boolean cascade) {
        return "<OAuthV2><Operation>%s</Operation><Tokens><Token type='%s' cascade='%s'>%s</Token></Tokens></OAuthV2>"
                .formatted(operation, type, cascade, variable);
    }

    @Test
    @Covers({"OAuthV2/Tokens/Token", "OAuthV2/Tokens/Token@type", "OAuthV2/Tokens/Token@cascade"})
    void revokesATokenWithItsRefreshTokenAndApprovesItAgain() throws Exception {
        rig.query("t=" + token);
        rig.rig.run(OAuthV2.TYPE, change("InvalidateToken", "accesstoken", "request.queryparam.t", true));
        assertRefused("keymanagement.service.access_token_not_approved", "Access Token not approved");
        rig.rig.run(OAuthV2.TYPE, change("ValidateToken", "accesstoken", "request.queryparam.t", false));
        assertThat(rig.run(VERIFY).text("status")).isEqualTo("approved");
        rig.basic(Subscribers.KEY, Subscribers.SECRET).form("grant_type=refresh_token&refresh_token=" + refresh);
        assertThat(rig.refusal(OAuthRig.endpoint(""))).contains("Invalid Refresh Token");
        rig.query("t=" + refresh);
        rig.rig.run(OAuthV2.TYPE, change("ValidateToken", "refreshtoken", "request.queryparam.t", false));
        assertThat(rig.answer(OAuthRig.endpoint("")).status()).isEqualTo(200);
    }

    @Test
    void changesNothingForAnUnknownToken() {
        rig.query("t=guess");
        var unknown = org.assertj.core.api.Assertions.catchThrowableOfType(
                Fault.class,
                () -> rig.rig.run(
                        OAuthV2.TYPE, change("InvalidateToken", "accesstoken", "request.queryparam.t", false)));
        assertThat(unknown.name()).isEqualTo("invalid_access_token");
        var missing = org.assertj.core.api.Assertions.catchThrowableOfType(
                Fault.class, () -> rig.rig.run(OAuthV2.TYPE, change("InvalidateToken", "accesstoken", "none", false)));
        assertThat(missing.name()).isEqualTo("FailedToResolveToken");
    }
}
