package io.imaint.services.auth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import java.util.List;

/** The public halves of the keys that sign access tokens, for systems that check tokens themselves. */
final class PublishedKeys implements Routed {
    private final SigningKeys keys;

    PublishedKeys(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/.well-known/jwks.json", "Lists the public keys of access tokens")
                .anonymous("public keys are public")
                .answers(KeySet.class)
                .handles(() -> new KeySet(
                        keys.published().stream().map(PublishedKeys::shown).toList())));
    }

    /** A set of keys as RFC 7517 has it. */
    record KeySet(List<Key> keys) {}

    record Key(String kty, String crv, String kid, String use, String alg, String x, String y) {}

    private static Key shown(JWK key) {
        var curve = (ECKey) key;
        return new Key(
                "EC",
                curve.getCurve().getName(),
                curve.getKeyID(),
                "sig",
                "ES256",
                curve.getX().toString(),
                curve.getY().toString());
    }
}
