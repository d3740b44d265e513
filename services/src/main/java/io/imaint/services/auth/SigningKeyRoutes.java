package io.imaint.services.auth;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import java.time.Instant;
import java.util.List;

/** The keys that sign access tokens: their public halves, for systems that check tokens themselves, and their rotation. */
final class SigningKeyRoutes implements Routed {
    private static final Permission ROTATE = new Permission("signing-keys.rotate");

    private final SigningKeys keys;

    SigningKeyRoutes(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/.well-known/jwks.json", "Lists the public keys of access tokens")
                        .anonymous("public keys are public")
                        .answers(KeySet.class)
                        .handles(() -> new KeySet(keys.published().stream()
                                .map(SigningKeyRoutes::shown)
                                .toList())),
                Route.post(
                                "/api/signing-keys/rotate",
                                "Makes the next key of access tokens; revokes the others if asked")
                        .permits(ROTATE)
                        .answers(Rotated.class)
                        .handles(Rotate.class, asked -> asked.body.revoke ? keys.replace() : keys.rotate()));
    }

    record Rotate(@Body RotateInput body) {}

    record RotateInput(
            @Description("Whether tokens of all keys so far are refused from now on, because a key leaked")
            @Default("false")
            boolean revoke) {}

    /** What a rotation did. */
    record Rotated(
            @Description("The id of the key that signs next")
            String id,

            Instant signsFrom,

            @Description("The ids of the keys whose tokens are refused now")
            List<String> revoked) {}

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
