package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Registry.Consumer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The variables that say which application calls, and by which product. All names are made once per policy, because these
 * are set with every request.
 *
 * <p>There are no variables of the secret, whose hash only is kept, and none of the developer but the e-mail address, which
 * is all that is known of one.
 */
final class ApplicationVariables {
    private final String prefix;
    private final String appId;
    private final String appName;
    private final String appTitle;
    private final String appCallback;
    private final String appStatus;
    private final String appProducts;
    private final String appType;
    private final String appCreated;
    private final String appCreator;
    private final String developerAppId;
    private final String developerAppName;
    private final String developerId;
    private final String developerUser;
    private final String developerMail;
    private final String developerStatus;
    private final String redirections;
    private final String product;
    private final String quotaLimit;
    private final String quotaInterval;
    private final String quotaUnit;

    /**
     * @param prefix such as {@code verifyapikey.P.}; empty for none
     */
    ApplicationVariables(String prefix) {
        this.prefix = prefix;
        appId = prefix + "app.id";
        appName = prefix + "app.name";
        appTitle = prefix + "app.DisplayName";
        appCallback = prefix + "app.callbackUrl";
        appStatus = prefix + "app.status";
        appProducts = prefix + "app.apiproducts";
        appType = prefix + "app.appType";
        appCreated = prefix + "app.created_at";
        appCreator = prefix + "app.created_by";
        developerAppId = prefix + "developer.app.id";
        developerAppName = prefix + "developer.app.name";
        developerId = prefix + "developer.id";
        developerUser = prefix + "developer.userName";
        developerMail = prefix + "developer.email";
        developerStatus = prefix + "developer.status";
        redirections = prefix + "redirection_uris";
        product = prefix + "apiproduct.name";
        quotaLimit = prefix + "apiproduct.developer.quota.limit";
        quotaInterval = prefix + "apiproduct.developer.quota.interval";
        quotaUnit = prefix + "apiproduct.developer.quota.timeunit";
    }

    /**
     * Sets them.
     *
     * @param used the product that covers the call; null where it does not matter
     */
    void note(FlowContext context, Consumer consumer, @Nullable Product used) {
        var application = consumer.application();
        // First, because who registers an application names its attributes: none may pass for what is ours.
        for (var attribute : application.attributes().entrySet()) {
            context.note(prefix + "app." + attribute.getKey(), attribute.getValue());
        }
        context.note(appId, application.id());
        context.note(appName, application.name());
        context.note(appTitle, application.title());
        context.note(appCallback, application.callbackUrl());
        context.note(appStatus, application.status().name().toLowerCase(Locale.ROOT));
        context.note(appProducts, List.copyOf(consumer.credential().products().keySet()));
        context.note(appType, "Developer");
        context.note(appCreated, consumer.credential().issuedAt().toEpochMilli());
        context.note(appCreator, application.developer());
        context.note(developerAppId, application.id());
        context.note(developerAppName, application.name());
        context.note(developerId, application.developer());
        context.note(developerUser, application.developer());
        context.note(developerMail, application.developer());
        context.note(developerStatus, "active");
        context.note(redirections, application.callbackUrl());
        if (used != null) {
            note(context, used);
        }
    }

    private void note(FlowContext context, Product used) {
        context.note(product, used.name());
        if (used.quota().isPresent()) {
            var terms = used.quota().get();
            context.note(quotaLimit, Long.toString(terms.limit()));
            context.note(quotaInterval, Integer.toString(terms.interval()));
            context.note(quotaUnit, terms.timeUnit());
        }
        for (var attribute : used.attributes().entrySet()) {
            context.note(prefix + "apiproduct." + attribute.getKey(), attribute.getValue());
        }
    }
}
