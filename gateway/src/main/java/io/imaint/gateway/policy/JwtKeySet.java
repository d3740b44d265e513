package io.imaint.gateway.policy;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.CacheStore;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A set of public keys, written in the policy, or fetched and remembered.
 *
 * @param text the set itself; {@link Value#NONE} where it is fetched
 * @param url where it is fetched
 */
record JwtKeySet(Value text, Value url, Targets targets, CacheStore caches) {
    private static final String CACHE = "jwks";

    /** How long a fetched set is used, as long as the product that SAP's is made of does. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** A key that is not in the set is looked for anew at most so often: tokens with invented keys must not load the server. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** Bytes of a set; those of large providers have some ten thousand. */
    private static final int BYTES_MAX = 512 * 1024;

    private record Fetched(JWKSet keys, Instant at) {}

    /** The key that a token names. */
    JWK key(FlowContext context, JwtPolicy policy, JWSHeader header) throws Fault {
        var id = header.getKeyID();
        if (id == null) {
            throw policy.fault("KeyIdMissing", "Key ID is missing in the token");
        }
        var found = url.isGiven()
                ? fetched(context, policy, header)
                : usable(parsed(policy, policy.key(context, text)), header);
        if (found == null) {
            throw policy.fault("NoMatchingPublicKey", "No matching public key for the key ID of the token");
        }
        return found;
    }

    private @Nullable JWK fetched(FlowContext context, JwtPolicy policy, JWSHeader header) throws Fault {
        var address = policy.key(context, url);
        var now = context.state().clock().instant();
        var kept = caches.find(CACHE, address) instanceof Fetched known && now.isBefore(known.at.plus(LIFETIME))
                ? known
                : null;
        var key = kept == null ? null : usable(kept.keys, header);
        if (key != null || (kept != null && now.isBefore(kept.at.plus(PAUSE)))) {
            return key;
        }
        context.mayWait();
        var fresh = fetch(policy, address);
        caches.put(CACHE, address, new Fetched(fresh, now), now.plus(LIFETIME));
        return usable(fresh, header);
    }

    private JWKSet fetch(JwtPolicy policy, String address) throws Fault {
        try {
            var uri = URI.create(address);
            if (uri.getHost() == null || !("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                throw policy.fault("KeyParsingFailed", "The URL of the keys is no URL of HTTP");
            }
            int standard = uri.getScheme().equals("https") ? 443 : 80;
            var origin = "%s://%s:%d"
                    .formatted(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort());
            var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            var request = Message.request("GET", path, uri.getRawQuery() == null ? "" : uri.getRawQuery());
            request.headers().set("Accept", "application/json");
            var answer = targets.exchange(new TargetCall(origin, request));
            if (answer.status() != 200 || answer.bytes().length > BYTES_MAX) {
                throw policy.fault("KeyParsingFailed", "The server of the keys answered " + answer.status());
            }
            return parsed(policy, answer.content());
        } catch (TargetFailure failure) {
            throw policy.fault("KeyParsingFailed", "The server of the keys does not answer");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw policy.fault("UnknownException", "Interrupted while the keys were fetched");
        } catch (IllegalArgumentException invalid) {
            throw policy.fault("KeyParsingFailed", "The URL of the keys is none");
        }
    }

    private static JWKSet parsed(JwtPolicy policy, String json) throws Fault {
        try {
            return JWKSet.parse(json);
        } catch (ParseException invalid) {
            throw policy.fault("KeyParsingFailed", "Unable to parse the keys");
        }
    }

    /** A key for signatures, of the algorithm if it says one. */
    private static @Nullable JWK usable(JWKSet set, JWSHeader header) {
        for (var key : set.getKeys()) {
            if (header.getKeyID().equals(key.getKeyID())
                    && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                    && (key.getAlgorithm() == null || key.getAlgorithm().equals(header.getAlgorithm()))) {
                return key;
            }
        }
        return null;
    }
}
