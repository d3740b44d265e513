package io.imaint.gateway.policy;

import io.imaint.gateway.expression.Template;
import io.imaint.gateway.expression.UnresolvedVariable;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.kernel.settings.Secret;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a callout goes. */
sealed interface CalloutTarget {
    /**
     * The URL of a system, or the path of one that is set up as API provider.
     *
     * @param url with variables, where no provider is given
     * @param provider a name; empty for none
     * @param path with variables, behind the provider's address
     */
    record Http(Optional<Template> url, String provider, Optional<Template> path, Options options)
            implements CalloutTarget {}

    /**
     * A proxy of this gateway.
     *
     * @param proxy the name; empty where only the path is given
     * @param endpoint the name of its proxy endpoint; empty for the first
     */
    record Local(String proxy, String endpoint, Optional<Template> path) implements CalloutTarget {}

    /** How a system is asked. */
    record Options(String trustStore, String keyStore, String commonName, Duration connect, String successCodes) {}

    static CalloutTarget read(PolicyReader policy) {
        var http = policy.one("HTTPTargetConnection");
        var local = policy.one("LocalTargetConnection");
        if (http.isPresent() == local.isPresent()) {
            policy.error("it needs either <HTTPTargetConnection> or <LocalTargetConnection>");
        }
        return local.<CalloutTarget>map(CalloutTarget::local)
                .orElseGet(() -> http.map(CalloutTarget::http)
                        .orElse(new Http(Optional.empty(), "", Optional.empty(), options(policy))));
    }

    private static Optional<Template> template(PolicyReader reader, String child) {
        return reader.one(child).flatMap(one -> one.text().map(text -> one.template(text, "{", "}")));
    }

    private static Http http(PolicyReader reader) {
        var url = template(reader, "URL");
        var provider = reader.text("APIProvider").orElse("");
        if (url.isPresent() != provider.isEmpty()) {
            reader.error("it needs either <URL> or <APIProvider> with <Path>");
        }
        if (!provider.isEmpty() && reader.parts().registry().provider(provider).isEmpty()) {
            reader.missing("there is no API provider '%s'; create it".formatted(provider));
        }
        reader.text("URL")
                .filter(text -> !text.matches("(?i)https?://.*"))
                .ifPresent(text -> reader.error("<URL> must begin with http:// or https://; variables may follow"));
        return new Http(url, provider, template(reader, "Path"), options(reader));
    }

    private static Local local(PolicyReader reader) {
        var proxy = reader.text("APIProxy").orElse("");
        var path = template(reader, "Path");
        if (proxy.isEmpty() && path.isEmpty()) {
            reader.error("<LocalTargetConnection> needs <APIProxy> or <Path>");
        }
        return new Local(proxy, reader.text("ProxyEndpoint").orElse(""), path);
    }

    private static Options options(PolicyReader reader) {
        var properties = reader.one("Properties").stream()
                .flatMap(one -> one.all("Property").stream())
                .collect(Collectors.toMap(
                        one -> one.attribute("name").orElse(""),
                        one -> one.text().orElse(""),
                        (first, second) -> first));
        var connect = properties.getOrDefault("connect.timeout.millis", "");
        var tls = reader.one("SSLInfo");
        tls.ifPresent(CalloutTarget::readWhatIsAlwaysSo);
        return new Options(
                tls.flatMap(one -> one.text("TrustStore"))
                        .map(CalloutTarget::storeName)
                        .orElse(""),
                tls.flatMap(one -> one.text("KeyStore"))
                        .map(CalloutTarget::storeName)
                        .orElse(""),
                tls.flatMap(one -> one.one("CommonName"))
                        .flatMap(one -> {
                            one.attributeFlag("wildcardMatch", false);
                            return one.text();
                        })
                        .orElse(""),
                connect.matches("\\d{1,6}") ? Duration.ofMillis(Long.parseLong(connect)) : TargetCall.CONNECT_TIMEOUT,
                properties.getOrDefault("success.codes", ""));
    }

    /** TLS follows from the URL, the key from its store; certificates are always checked. */
    private static void readWhatIsAlwaysSo(PolicyReader tls) {
        tls.flag("Enabled", true);
        tls.flag("ClientAuthEnabled", false);
        tls.text("KeyAlias");
        tls.one("Protocols").ifPresent(one -> one.all("Protocol"));
        tls.one("Ciphers").ifPresent(one -> one.all("Cipher"));
        if (tls.flag("IgnoreValidationErrors", false)) {
            tls.warn("certificates are checked in spite of <IgnoreValidationErrors>; add them to a trust store");
        }
    }

    private static String storeName(String text) {
        return text.replaceFirst("^ref://", "");
    }

    /** The text of a template in a request. */
    static String text(Template template, FlowContext context, boolean ignoreUnresolved) throws Fault {
        try {
            return template.render(context, ignoreUnresolved);
        } catch (UnresolvedVariable missing) {
            throw ChangeFaults.unresolvedInTemplate(missing.variable());
        }
    }

    /** Whether a status is an answer and no error. */
    static boolean isSuccess(int status, String codes) {
        if (codes.isBlank()) {
            return status < 400;
        }
        var digits = Integer.toString(status);
        for (var code : codes.split(",", -1)) {
            if (digits.matches(code.strip().replaceAll("[xX]", "[0-9]").replaceAll("[^0-9\\[\\]-]", ""))) {
                return true;
            }
        }
        return status < 400;
    }

    /** Gives a request the user and the client of a provider, unless it has its own. */
    private static void signOn(ApiProvider provider, Message request) {
        if (provider.user().isPresent() && !request.headers().contains("Authorization")) {
            var password = provider.password().map(Secret::reveal).orElse("");
            request.headers()
                    .set("Authorization", new BasicCredentials(provider.user().get(), password).header());
        }
        if (!provider.sapClient().isEmpty()
                && request.queryParameters().values("sap-client").isEmpty()) {
            request.changedQuery().set("sap-client", provider.sapClient());
        }
    }

    /** A request on its way to a provider's system. */
    static TargetCall call(GatewayParts parts, Http target, Message request, TargetUrl url, Duration timeout) {
        var provider = parts.registry().provider(target.provider());
        var options = target.options();
        provider.ifPresent(one -> signOn(one, request));
        return new TargetCall(
                url.origin(),
                provider.filter(one -> one.onPremise())
                        .map(one -> one.locationId())
                        .orElse(null),
                request,
                options.connect(),
                timeout,
                false,
                options.trustStore().isEmpty()
                        ? provider.map(one -> one.trustStore()).orElse("")
                        : options.trustStore(),
                options.keyStore().isEmpty()
                        ? provider.map(one -> one.keyStore()).orElse("")
                        : options.keyStore());
    }
}
