package io.imaint.gateway.policy;

import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Product;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Writes profiles as XML, for XPath to read. The names are those of Apigee's profiles, as far as they are known. */
final class EntityProfile {
    private final StringBuilder written = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");

    private EntityProfile() {}

    static String developer(Application application) {
        return written(profile -> profile.element("Developer", () -> {
            profile.list("Apps", "App", List.of(application.name()));
            profile.text("Email", application.developer());
            profile.text("DeveloperId", application.developer());
            profile.text("Status", "active");
        }));
    }

    static String app(Application application) {
        return written(profile -> profile.element("App", () -> {
            profile.text("AppId", application.id());
            profile.text("Name", application.name());
            profile.text("DisplayName", application.title());
            profile.text("CallbackUrl", application.callbackUrl());
            profile.text("DeveloperId", application.developer());
            profile.text("Status", word(application.status()));
            profile.element(
                    "Credentials",
                    () -> application.credentials().forEach(credential -> profile.credential(credential, "")));
            profile.attributes(application.attributes());
        }));
    }

    /**
     * @param key as the client has shown it; nobody else knows it
     */
    static String consumerKey(String key, Application application, Application.Credential credential) {
        return written(profile -> profile.element("ConsumerKey", () -> {
            profile.text("AppId", application.id());
            profile.credential(credential, key);
        }));
    }

    static String product(Product product) {
        return written(profile -> profile.element("ApiProduct", () -> {
            profile.text("Name", product.name());
            profile.text("DisplayName", product.title());
            profile.text("Description", product.description());
            profile.list("Proxies", "Proxy", product.proxies());
            profile.list(
                    "ApiResources",
                    "ApiResource",
                    product.paths().values().stream().flatMap(List::stream).toList());
            profile.list("Scopes", "Scope", product.scopes());
            product.quota().ifPresent(quota -> {
                profile.text("Quota", String.valueOf(quota.limit()));
                profile.text("QuotaInterval", String.valueOf(quota.interval()));
                profile.text("QuotaTimeUnit", quota.timeUnit());
            });
            profile.attributes(product.attributes());
        }));
    }

    private static String written(Consumer<EntityProfile> content) {
        var profile = new EntityProfile();
        content.accept(profile);
        return profile.written.toString();
    }

    private void credential(Application.Credential credential, String key) {
        element("Credential", () -> {
            if (!key.isEmpty()) {
                text("ConsumerKey", key);
            }
            text("Status", word(credential.status()));
            list(
                    "ApiProducts",
                    "ApiProduct",
                    credential.products().keySet().stream().sorted().toList());
        });
    }

    private void attributes(Map<String, String> attributes) {
        element(
                "Attributes",
                () -> attributes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(one -> element("Attribute", () -> {
                            text("Name", one.getKey());
                            text("Value", one.getValue());
                        })));
    }

    private static String word(Application.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private void list(String name, String item, List<String> values) {
        element(name, () -> values.forEach(value -> text(item, value)));
    }

    private void text(String name, String value) {
        element(name, () -> written.append(XmlNames.escaped(value, "_")));
    }

    private void element(String name, Runnable content) {
        written.append('<').append(name).append('>');
        content.run();
        written.append("</").append(name).append('>');
    }
}
