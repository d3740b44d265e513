package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Registry.Consumer;
import java.util.Objects;

/** Lets only applications pass whose key belongs to a product that covers the call. */
final class VerifyAPIKey implements Policy {
    static final PolicyType TYPE = new PolicyType("VerifyAPIKey", "oauthV2", VerifyAPIKey::compile);

    /** SAP's limit of an API key, in characters: a longer one is not even hashed. */
    static final int KEY_MAX = 2048;

    private final Value key;
    private final String title;
    private final Registry registry;
    private final ApplicationVariables variables;
    private final String failed;
    private final String clientId;
    private final String displayName;

    private VerifyAPIKey(PolicyReader reader, Value key, String title) {
        this.key = key;
        this.title = title;
        this.registry = reader.parts().registry();
        var prefix = "verifyapikey." + reader.policy() + ".";
        this.variables = new ApplicationVariables(prefix);
        this.failed = prefix + "failed";
        this.clientId = prefix + "client_id";
        this.displayName = prefix + "DisplayName";
    }

    private static Policy compile(PolicyReader reader) {
        var key = reader.value("APIKey");
        if (!key.isGiven()) {
            reader.error("<APIKey> must name the variable of the key, such as ref=\"request.header.x-api-key\"");
        }
        return new VerifyAPIKey(reader, key, reader.text("DisplayName").orElse(reader.policy()));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var shown = key.text(context);
        if (shown == null || shown.isEmpty()) {
            throw failing(
                    context,
                    new Fault(
                            401,
                            "steps.oauth.v2.FailedToResolveAPIKey",
                            "Failed to resolve API Key variable " + Objects.requireNonNullElse(key.ref(), "")));
        }
        var consumer =
                shown.length() > KEY_MAX ? null : registry.consumer(shown).orElse(null);
        if (consumer == null) {
            throw failing(context, new Fault(401, "oauth.v2.InvalidApiKey", "Invalid ApiKey"));
        }
        var refusal = Approval.refusal(consumer, context.state().clock().instant());
        if (refusal != null) {
            throw failing(context, refusal);
        }
        var product = Approval.covering(consumer, context.place(), null);
        if (product == null) {
            throw failing(
                    context,
                    new Fault(401, "oauth.v2.InvalidApiKeyForGivenResource", "Invalid ApiKey for given resource"));
        }
        note(context, shown, consumer, product);
    }

    private Fault failing(FlowContext context, Fault fault) {
        context.note(failed, true);
        return fault;
    }

    private void note(FlowContext context, String shown, Consumer consumer, Product product) {
        variables.note(context, consumer, product);
        context.note(failed, false);
        context.note(clientId, shown);
        context.note(displayName, title);
        // These four are read by analytics and by other policies.
        context.note("apiproduct.name", product.name());
        context.note("developer.app.name", consumer.application().name());
        context.note("client_id", shown);
        context.note("developer.id", consumer.application().developer());
    }
}
