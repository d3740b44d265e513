package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.registry.Hashes;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthV2InfoTest {
    private final OAuthRig rig = new OAuthRig();
    private String access = "";
    private String refresh = "";

    @BeforeEach
    void getTokens() throws Exception {
        var answer = rig.basic(Subscribers.KEY, Subscribers.SECRET)
                .form("grant_type=password&username=jo&password=p&scope=READ")
                .answer(OAuthRig.endpoint("<Attributes><Attribute name='plant'>1000</Attribute></Attributes>"));
        access = OAuthRig.field(answer, "access_token");
        refresh = OAuthRig.field(answer, "refresh_token");
    }

    private FlowContext run(PolicyType type, String xml, String value) throws Exception {
        rig.rig.request.headers().set("t", value);
        return rig.rig.run(type, xml);
    }

    private FlowContext get(String element, String value) throws Exception {
        return run(
                GetOAuthV2Info.TYPE,
                "<GetOAuthV2Info><%s ref='request.header.t'/></GetOAuthV2Info>".formatted(element),
                value);
    }

    private String faultOf(String element, String value) {
        return catchThrowableOfType(Fault.class, () -> get(element, value)).code();
    }

    private FlowContext set(String attributes, String value) throws Exception {
        return run(
                SetOAuthV2Info.TYPE,
                "<SetOAuthV2Info><AccessToken ref='request.header.t'/><Attributes>%s</Attributes></SetOAuthV2Info>"
                        .formatted(attributes),
                value);
    }

    @Test
    @Covers("GetOAuthV2Info/AccessToken@ref")
    void tellsOfAnAccessToken() throws Exception {
        var context = get("AccessToken", access);
        assertThat(context.text("oauthv2accesstoken.P.access_token")).isEqualTo(access);
        assertThat(context.text("oauthv2accesstoken.P.client_id")).isEqualTo(Hashes.of(Subscribers.KEY));
        assertThat(context.text("oauthv2accesstoken.P.scope")).isEqualTo("READ");
        assertThat(context.text("oauthv2accesstoken.P.accesstoken.plant")).isEqualTo("1000");
        assertThat(context.text("oauthv2accesstoken.P.developer.app.name")).isEqualTo("iCWP");
        assertThat(context.text("oauthv2accesstoken.P.expires_in")).isEqualTo("3599");
        assertThat(context.text("oauthv2accesstoken.P.refresh_token")).isNull();
    }

    @Test
    @Covers({
        "GetOAuthV2Info!invalid_access_token",
        "GetOAuthV2Info!expired_access_token",
        "GetOAuthV2Info/IgnoreAccessTokenStatus"
    })
    void failsWithAnAccessTokenThatIsNotValid() throws Exception {
        assertThat(faultOf("AccessToken", "guess")).isEqualTo("keymanagement.service.invalid_access_token");
        rig.rig.now = rig.rig.now.plus(Duration.ofHours(1));
        assertThat(faultOf("AccessToken", access)).isEqualTo("keymanagement.service.expired_access_token");
        var context = run(
                GetOAuthV2Info.TYPE,
                "<GetOAuthV2Info><AccessToken ref='request.header.t'/><IgnoreAccessTokenStatus>true</IgnoreAccessTokenStatus></GetOAuthV2Info>",
                access);
        assertThat(context.text("oauthv2accesstoken.P.expires_in")).isEqualTo("0");
    }

    @Test
    @Covers({
        "GetOAuthV2Info/RefreshToken@ref",
        "GetOAuthV2Info!invalid_refresh_token",
        "GetOAuthV2Info!refresh_token_expired"
    })
    void tellsOfARefreshToken() throws Exception {
        var context = get("RefreshToken", refresh);
        assertThat(context.text("oauthv2refreshtoken.P.refresh_token")).isEqualTo(refresh);
        assertThat(context.text("oauthv2refreshtoken.P.refresh_token_status")).isEqualTo("approved");
        assertThat(context.text("oauthv2refreshtoken.P.refresh_count")).isEqualTo("0");
        assertThat(context.text("oauthv2refreshtoken.P.developer.email")).isEqualTo("dev@example.com");
        assertThat(faultOf("RefreshToken", access)).isEqualTo("keymanagement.service.invalid_refresh_token");
        rig.rig.now = rig.rig.now.plus(Duration.ofDays(30));
        assertThat(faultOf("RefreshToken", refresh)).isEqualTo("keymanagement.service.refresh_token_expired");
    }

    @Test
    @Covers({
        "GetOAuthV2Info/AuthorizationCode@ref",
        "GetOAuthV2Info!invalid_request-authorization_code_invalid",
        "GetOAuthV2Info!authorization_code_expired"
    })
    void tellsOfAnAuthorizationCode() throws Exception {
        var code = rig.query("response_type=code&state=s1&scope=READ&client_id=" + Subscribers.KEY)
                .run("<Operation>GenerateAuthorizationCode</Operation>")
                .text("oauthv2authcode.P.code");
        assertThat(code).isNotNull();
        var context = get("AuthorizationCode", code);
        assertThat(context.text("oauthv2authcode.P.state")).isEqualTo("s1");
        assertThat(context.text("oauthv2authcode.P.scope")).isEqualTo("READ");
        assertThat(context.text("oauthv2authcode.P.status")).isEqualTo("approved");
        assertThat(faultOf("AuthorizationCode", "guess"))
                .isEqualTo("keymanagement.service.invalid_request-authorization_code_invalid");
        rig.rig.now = rig.rig.now.plus(Duration.ofMinutes(10));
        assertThat(faultOf("AuthorizationCode", code)).isEqualTo("keymanagement.service.authorization_code_expired");
    }

    @Test
    @Covers({"GetOAuthV2Info/ClientId@ref", "GetOAuthV2Info!invalid_client-invalid_client_id"})
    void tellsOfAClient() throws Exception {
        var context = get("ClientId", Subscribers.KEY);
        assertThat(context.text("oauthv2client.P.client_id")).isEqualTo(Subscribers.KEY);
        assertThat(context.text("oauthv2client.P.developer.app.name")).isEqualTo("iCWP");
        assertThat(context.text("oauthv2client.P.redirection_uris")).isEqualTo(Subscribers.CALLBACK);
        assertThat(context.text("oauthv2client.P.plant")).isEqualTo("1000");
        assertThat(faultOf("ClientId", "nobody")).isEqualTo("keymanagement.service.invalid_client-invalid_client_id");
    }

    @Test
    @Covers({
        "SetOAuthV2Info/AccessToken@ref",
        "SetOAuthV2Info/Attributes/Attribute@name",
        "SetOAuthV2Info/Attributes/Attribute@ref",
        "SetOAuthV2Info/Attributes/Attribute@display"
    })
    void changesAttributesOfAToken() throws Exception {
        rig.rig.request.headers().set("department", "marketing");
        var context = set(
                "<Attribute name='department.id' ref='request.header.department' display='true'/>"
                        + "<Attribute name='plant'>2000</Attribute>",
                access);
        assertThat(context.text("oauthv2accesstoken.P.department.id")).isEqualTo("marketing");
        assertThat(context.text("oauthv2accesstoken.P.status")).isEqualTo("approved");
        assertThat(get("AccessToken", access).text("oauthv2accesstoken.P.accesstoken.plant"))
                .isEqualTo("2000");
    }

    @Test
    void changesNoFieldOfAToken() throws Exception {
        set("<Attribute name='scope'>READ, WRITE</Attribute>", access);
        assertThat(get("AccessToken", access).text("oauthv2accesstoken.P.scope"))
                .isEqualTo("READ");
        assertThat(
                        rig.rig.findings(
                                SetOAuthV2Info.TYPE,
                                "<SetOAuthV2Info><AccessToken ref='t'/><Attributes><Attribute name='scope'>ADMIN</Attribute></Attributes></SetOAuthV2Info>"))
                .extracting("reason")
                .containsExactly("'scope' is a field of the token, which can't be changed");
    }

    @Test
    @Covers({"SetOAuthV2Info!invalid_access_token", "SetOAuthV2Info!expired_access_token"})
    void changesNothingOfATokenThatIsNotValid() {
        var attribute = "<Attribute name='a'>b</Attribute>";
        assertThat(catchThrowableOfType(Fault.class, () -> set(attribute, "guess"))
                        .name())
                .isEqualTo("invalid_access_token");
        rig.rig.now = rig.rig.now.plus(Duration.ofHours(1));
        assertThat(catchThrowableOfType(Fault.class, () -> set(attribute, access))
                        .name())
                .isEqualTo("expired_access_token");
    }

    @Test
    void limitsWhatIsKeptWithAToken() {
        rig.rig.request.headers().set("long", "x".repeat(OAuthElements.Attribute.MAX + 1));
        assertThat(catchThrowableOfType(
                                Fault.class, () -> set("<Attribute name='a' ref='request.header.long'/>", access))
                        .text())
                .isEqualTo("Attribute a has more than 2048 characters");
        var many = new StringBuilder();
        for (int i = 0; i < SetOAuthV2Info.ATTRIBUTES_MAX; i++) {
            many.append("<Attribute name='a%d'>x</Attribute>".formatted(i));
        }
        assertThat(catchThrowableOfType(Fault.class, () -> set(many.toString(), access))
                        .text())
                .isEqualTo("A token has more than 18 attributes");
    }

    @Test
    void reportsAPolicyThatAsksForNothing() {
        assertThat(rig.rig.findings(GetOAuthV2Info.TYPE, "<GetOAuthV2Info/>"))
                .singleElement()
                .matches(finding -> !finding.deployable());
        assertThat(rig.rig.findings(SetOAuthV2Info.TYPE, "<SetOAuthV2Info/>"))
                .singleElement()
                .matches(finding -> !finding.deployable());
    }
}
