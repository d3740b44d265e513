package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Parameters;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.Registry.Consumer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a request to a token or authorization endpoint, read from where the policy says. */
final class OAuthRequest {
    /** An error that ends a request; it carries no stack. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final transient OAuthFault fault;

        Refused(OAuthFault fault) {
            super(fault.text(), null, false, false);
            this.fault = fault;
        }

        OAuthFault fault() {
            return fault;
        }
    }

    /** A client and the key that it showed. */
    record Client(String key, Consumer consumer) {
        @Override
        public String toString() {
            return consumer.application().name();
        }
    }

    private final FlowContext context;
    private final OAuthElements elements;
    private final Registry registry;
    private final Parameters form;
    private final boolean inQuery;

    /**
     * @param inQuery whether parameters stand in the query by default, as browsers send them, instead of in a form
     */
    OAuthRequest(FlowContext context, OAuthElements elements, Registry registry, boolean inQuery) {
        this.context = context;
        this.elements = elements;
        this.registry = registry;
        this.form = context.request().form();
        this.inQuery = inQuery;
    }

    /**
     * A parameter; null where there is none, or it is empty.
     *
     * @param variable where the policy looks for it; empty for the default place
     */
    @Nullable
    String parameter(String name, Optional<String> variable) {
        var found = variable.isPresent() ? context.text(variable.get()) : standard(name);
        return found == null || found.isEmpty() ? null : found;
    }

    private @Nullable String standard(String name) {
        var values = inQuery ? context.request().queryParameters().values(name) : List.<String>of();
        if (values.isEmpty()) {
            values = form.values(name);
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The client, whose secret is right or was checked by somebody whom the policy trusts. */
    Client authenticated() throws Refused {
        var basic = BasicCredentials.parsed(context.request().headers().line("Authorization"));
        var named = elements.parameters().clientId();
        var key = named.isEmpty() && basic != null ? basic.user() : parameter("client_id", named);
        if (key == null && basic != null) {
            key = basic.user();
        }
        var client = identified(key);
        if (elements.external().authorizes() && context.isTrue("oauth_external_authorization_status")) {
            return client;
        }
        var secret = basic != null && basic.user().equals(key)
                ? basic.password()
                : parameter("client_secret", Optional.empty());
        if (secret == null) {
            throw new Refused(OAuthFault.missingParameter("client_secret"));
        }
        if (!Hashes.matches(secret, client.consumer.credential().secretHash())) {
            throw new Refused(OAuthFault.wrongSecret());
        }
        return client;
    }

    /** The client that the request names; its secret is not asked. */
    Client identified() throws Refused {
        return identified(parameter("client_id", elements.parameters().clientId()));
    }

    private Client identified(@Nullable String key) throws Refused {
        if (key == null || key.isEmpty()) {
            throw new Refused(OAuthFault.missingParameter("client_id"));
        }
        var consumer = key.length() > VerifyAPIKey.KEY_MAX
                ? null
                : registry.consumer(key).orElse(null);
        if (consumer == null) {
            throw new Refused(OAuthFault.unknownClient());
        }
        var refusal = Approval.refusal(consumer, context.state().clock().instant());
        if (refusal != null) {
            throw new Refused(OAuthFault.refused(refusal));
        }
        return new Client(key, consumer);
    }

    /**
     * The scopes of a token: those asked for, or all that the client's products have.
     *
     * @param allowed what the client may ask for
     */
    List<String> scopes(List<String> allowed) throws Refused {
        var asked = parameter("scope", elements.parameters().scope());
        if (asked == null) {
            return allowed;
        }
        var scopes = List.of(asked.strip().split("\\s+"));
        if (!allowed.containsAll(scopes)) {
            throw new Refused(OAuthFault.invalidRequest("Invalid Scope"));
        }
        return scopes;
    }

    /** All scopes of the approved products of a client, each once. */
    static List<String> scopesOf(Consumer consumer) {
        var approved = consumer.credential().products();
        return consumer.products().stream()
                .filter(product -> approved.get(product.name()) == Application.Status.APPROVED)
                .flatMap(product -> product.scopes().stream())
                .distinct()
                .toList();
    }
}
