package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.Application.Status;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifyAPIKeyTest {
    private static final String XML = """
            <VerifyAPIKey async="true" continueOnError="false" enabled="true" xmlns="http://www.sap.com/apimgmt">
                <APIKey ref="request.header.x-api-key"/>
            </VerifyAPIKey>""";

    private final PolicyRig rig = new PolicyRig();
    private final Subscribers subscribers = new Subscribers();

    private FlowContext run() throws Fault, UnknownHostException {
        rig.contents = subscribers.contents();
        return rig.run(VerifyAPIKey.TYPE, XML);
    }

    private FlowContext runWith(String key) throws Fault, UnknownHostException {
        rig.request.headers().set("x-api-key", key);
        return run();
    }

    private void assertRefused(String key, String code, String text) {
        var fault = catchThrowableOfType(Fault.class, () -> runWith(key));
        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.text()).isEqualTo(text);
    }

    @Test
    @Covers("VerifyAPIKey/APIKey@ref")
    void passesAKeyOfAProductThatCoversTheProxy() throws Exception {
        var context = runWith(Subscribers.KEY);
        assertThat(context.text("verifyapikey.P.client_id")).isEqualTo(Subscribers.KEY);
        assertThat(context.text("verifyapikey.P.apiproduct.name")).isEqualTo("Orders");
        assertThat(context.text("verifyapikey.P.apiproduct.developer.quota.limit"))
                .isEqualTo("1000");
        assertThat(context.text("verifyapikey.P.apiproduct.developer.quota.timeunit"))
                .isEqualTo("hour");
        assertThat(context.text("verifyapikey.P.app.name")).isEqualTo("iCWP");
        assertThat(context.text("verifyapikey.P.app.plant")).isEqualTo("1000");
        assertThat(context.text("verifyapikey.P.app.apiproducts")).isEqualTo("[Orders]");
        assertThat(context.text("verifyapikey.P.developer.app.id")).isEqualTo(Subscribers.APPLICATION);
        assertThat(context.text("verifyapikey.P.failed")).isEqualTo("false");
        assertThat(context.text("verifyapikey.P.client_secret")).isNull();
    }

    @Test
    void saysToAnalyticsWhoCalls() throws Exception {
        var context = runWith(Subscribers.KEY);
        assertThat(context.text("apigee.apiproduct.name")).isEqualTo("Orders");
        assertThat(context.text("developer.app.name")).isEqualTo("iCWP");
        assertThat(context.text("client_id")).isEqualTo(Subscribers.KEY);
        assertThat(context.text("developer.id")).isEqualTo("dev@example.com");
    }

    @Test
    @Covers("VerifyAPIKey!FailedToResolveAPIKey")
    void refusesACallWithoutKey() {
        var fault = catchThrowableOfType(Fault.class, this::run);
        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.code()).isEqualTo("steps.oauth.v2.FailedToResolveAPIKey");
        assertThat(fault.text()).isEqualTo("Failed to resolve API Key variable request.header.x-api-key");
    }

    @Test
    @Covers("VerifyAPIKey!InvalidApiKey")
    void refusesAnUnknownKey() {
        assertRefused("guess", "oauth.v2.InvalidApiKey", "Invalid ApiKey");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertRefused("k".repeat(VerifyAPIKey.KEY_MAX + 1), "oauth.v2.InvalidApiKey", "Invalid ApiKey");
    }

    @Test
    @Covers("VerifyAPIKey!invalid_client-app_not_approved")
    void refusesAKeyOfARevokedApplication() {
        subscribers.application = Status.REVOKED;
        assertRefused(Subscribers.KEY, "keymanagement.service.invalid_client-app_not_approved", "App not Approved");
    }

    @Test
    @Covers("VerifyAPIKey!ApiKeyNotApproved")
    void refusesARevokedKey() {
        subscribers.key = Status.REVOKED;
        assertRefused(Subscribers.KEY, "oauth.v2.ApiKeyNotApproved", "Invalid ApiKey");
    }

    @Test
    @Covers("VerifyAPIKey!consumer_key_expired")
    void refusesAKeyThatHasExpired() {
        subscribers.keyExpiry = Optional.of(Instant.parse("2026-11-30T10:00:00Z"));
        assertRefused(Subscribers.KEY, "keymanagement.service.consumer_key_expired", "Consumer key is expired");
    }

    @Test
    @Covers("VerifyAPIKey!InvalidApiKeyForGivenResource")
    void refusesAKeyWhoseProductsDoNotCoverTheProxy() {
        subscribers.proxies = List.of("Another");
        assertRefused(Subscribers.KEY, "oauth.v2.InvalidApiKeyForGivenResource", "Invalid ApiKey for given resource");
    }

    @Test
    void refusesAPathThatTheProductLeavesOut() throws Exception {
        subscribers.paths = Map.of("Demo", List.of("/orders"));
        assertThat(runWith(Subscribers.KEY).text("client_id")).isEqualTo(Subscribers.KEY);
        subscribers.paths = Map.of("Demo", List.of("/orders/"));
        assertRefused(Subscribers.KEY, "oauth.v2.InvalidApiKeyForGivenResource", "Invalid ApiKey for given resource");
    }

    @Test
    void refusesASubscriptionThatIsNotApprovedYet() {
        subscribers.subscription = Status.PENDING;
        assertRefused(Subscribers.KEY, "oauth.v2.InvalidApiKeyForGivenResource", "Invalid ApiKey for given resource");
    }

    @Test
    void marksAFailureByItsOwnVariable() throws Exception {
        rig.contents = subscribers.contents();
        var context = rig.context();
        var policy = rig.compile(VerifyAPIKey.TYPE, XML);
        assertThat(catchThrowableOfType(Fault.class, () -> policy.execute(context)))
                .isNotNull();
        assertThat(context.isTrue("verifyapikey.P.failed")).isTrue();
    }

    @Test
    @Covers("VerifyAPIKey/APIKey")
    void takesTheTextOfTheElementWhereTheVariableHasNoValue() throws Exception {
        rig.contents = subscribers.contents();
        var context = rig.run(
                VerifyAPIKey.TYPE,
                "<VerifyAPIKey><APIKey ref='request.queryparam.apikey'>%s</APIKey></VerifyAPIKey>"
                        .formatted(Subscribers.KEY));
        assertThat(context.text("client_id")).isEqualTo(Subscribers.KEY);
    }

    @Test
    void reportsAPolicyWithoutPlaceOfTheKey() {
        assertThat(rig.findings(VerifyAPIKey.TYPE, "<VerifyAPIKey><APIKey/></VerifyAPIKey>"))
                .extracting(BundleFinding::deployable)
                .containsExactly(false);
        assertThat(rig.findings(VerifyAPIKey.TYPE, XML)).isEmpty();
    }
}
