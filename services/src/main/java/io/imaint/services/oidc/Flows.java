package io.imaint.services.oidc;

import io.imaint.kernel.http.Cookie;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends browsers to providers and takes them back. A cookie has what is to be known when the browser comes back. */
final class Flows {
    private final Map<String, ProviderClient> clients = new LinkedHashMap<>();
    private final Store store;
    private final SealingKey key;
    private final boolean secure;
    private final SecureRandom random;
    private final InstantSource clock;

    Flows(Store store, SealingKey key, OidcSettings settings, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.key = key;
        this.secure = settings.secure();
        this.random = random;
        this.clock = clock;
        settings.publicUrl()
                .ifPresent(url -> settings.providers()
                        .forEach(provider -> clients.put(provider.id(), new ProviderClient(provider, url))));
    }

    /** Where a browser is sent, and the cookie that it brings back. */
    record Begun(String location, Cookie cookie) {}

    /** What a browser brings back; what is null was not sent. */
    record Answer(
            String provider,
            @Nullable String cookies,
            @Nullable String state,
            @Nullable String iss,
            @Nullable String code,
            @Nullable String error) {}

    /** Who has signed in at the provider. */
    record Ended(ProviderClient client, Flow flow, ProviderClient.Proof proof) {}

    Collection<ProviderClient> clients() {
        return clients.values();
    }

    ProviderClient client(String provider) {
        return Optional.ofNullable(clients.get(provider))
                .orElseThrow(() -> OidcProblem.PROVIDER_NOT_FOUND.because(provider));
    }

    /** @param session to whose user the identity is to be linked; null for a sign-in */
    Begun begin(String provider, @Nullable String session) {
        var client = client(provider);
        var flow = Flow.begun(provider, session, random, clock.instant());
        return new Begun(client.authorization(flow), cookie(flow.sealed(key), Flow.LIFE));
    }

    /** Takes an answer, if this browser asked for it and it is the first one. */
    Ended end(Answer answer) {
        var client = client(answer.provider);
        var sealed = Cookie.sent(answer.cookies == null ? "" : answer.cookies, cookieName());
        var flow = Flow.opened(sealed, key, clock.instant())
                .filter(open -> open.provider().equals(answer.provider))
                .filter(open -> open.state().equals(answer.state))
                .orElseThrow(() -> OidcProblem.PROVIDER_ANSWER_REFUSED.because(
                        "this browser did not begin it within ten minutes"));
        if (!UsedOnce.use(store, "state", flow.state(), flow.endsAt())) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("an answer to this sign-in came before");
        }
        client.requireIssuer(answer.iss);
        if (answer.error != null || answer.code == null) {
            throw OidcProblem.PROVIDER_ANSWER_REFUSED.because("the provider did not sign the user in");
        }
        return new Ended(client, flow, client.proof(answer.code, flow));
    }

    /** Removes the cookie of a flow that is over. */
    Cookie removed() {
        return cookie("", Duration.ZERO);
    }

    private String cookieName() {
        return secure ? "__Host-imaint-flow" : "imaint-flow";
    }

    /** It is sent although the provider's page leads here, which the session's is not. */
    private Cookie cookie(String value, Duration life) {
        return new Cookie(cookieName(), value, life, secure, true);
    }
}
