package io.imaint.services.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.Store;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The keys that sign access tokens, shared by all processes on one store. They are renewed without signing anybody out:
 * the next one is published an hour before it signs, and each is kept for a day after.
 */
final class SigningKeys {
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);

    /** How long what was read is good; another process may have made a key. */
    private static final Duration REREAD = Duration.ofSeconds(30);

    /** A token with an unknown key makes us look for it, but not as often as somebody sends such tokens. */
    private static final Duration REREAD_UNKNOWN = Duration.ofSeconds(1);

    private static final int MAX = 100;

    private final Store store;
    private final SealingKey sealing;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Duration rotation;
    private volatile Known known = new Known(List.of(), Instant.MIN);

    private record Opened(ECKey key, Instant activeFrom) {}

    /** The keys as they were read, in the order in which they sign. */
    private record Known(List<Opened> keys, Instant readAt) {}

    SigningKeys(Store store, SealingKey sealing, SecureRandom random, InstantSource clock, Duration rotation) {
        this.store = store;
        this.sealing = sealing;
        this.random = random;
        this.clock = clock;
        this.rotation = rotation;
    }

    /** The key that signs now. */
    ECKey active() {
        return active(current(REREAD), clock.instant()).key;
    }

    private static Opened active(List<Opened> keys, Instant now) {
        return keys.stream()
                .filter(key -> !key.activeFrom.isAfter(now))
                .reduce((one, later) -> later)
                .orElse(keys.getFirst());
    }

    /** The public halves of all keys whose tokens may be about, or will be. */
    List<JWK> published() {
        return current(REREAD).stream().<JWK>map(key -> key.key.toPublicJWK()).toList();
    }

    /** As {@link #published()}, after looking whether another process has made a key with this id. */
    List<JWK> published(String id) {
        var keys = published();
        if (keys.stream().anyMatch(key -> key.getKeyID().equals(id))) {
            return keys;
        }
        return current(REREAD_UNKNOWN).stream()
                .<JWK>map(key -> key.key.toPublicJWK())
                .toList();
    }

    private List<Opened> current(Duration age) {
        var now = clock.instant();
        var read = known;
        if (read.keys.isEmpty() || !now.isBefore(read.readAt.plus(age))) {
            synchronized (this) {
                if (known.equals(read)) {
                    known = new Known(renewed(now), now);
                }
            }
        }
        return known.keys;
    }

    /** The keys in the store, after adding the one that is due. Two processes may both add one; then both are good. */
    private List<Opened> renewed(Instant now) {
        var keys = stored();
        if (keys.isEmpty()) {
            add(now);
            return stored();
        }
        var newest = keys.getLast();
        var due = newest.activeFrom.plus(rotation);
        if (now.isBefore(due.minus(AHEAD))) {
            return keys;
        }
        var from = due.isBefore(now.plus(AHEAD)) ? now.plus(AHEAD) : due;
        add(from);
        for (var key : keys) {
            documents()
                    .update(
                            key.key.getKeyID(),
                            stored -> stored.value().removedAt() == null
                                    ? Change.of(stored.value().removedAt(from.plus(KEPT)))
                                    : null);
        }
        return stored();
    }

    private Documents<SigningKey> documents() {
        return store.documents(AuthCollections.SIGNING_KEYS);
    }

    private List<Opened> stored() {
        var keys = new ArrayList<Opened>();
        for (var stored :
                documents().list(Query.where(Condition.ALL).limit(MAX)).values()) {
            try {
                var key = ECKey.parse(sealing.open(owner(stored.id()), stored.sealedKey()));
                keys.add(new Opened(key, stored.activeFrom()));
            } catch (ParseException corrupt) {
                throw AuthProblem.AUTH_KEY_UNUSABLE.because("signing key " + stored.id() + " is damaged", corrupt);
            }
        }
        keys.sort(Comparator.comparing(Opened::activeFrom).thenComparing(key -> key.key.getKeyID()));
        return keys;
    }

    private void add(Instant activeFrom) {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .secureRandom(random)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            var id = key.getKeyID();
            documents().insert(new SigningKey(id, sealing.seal(owner(id), key.toJSONString()), activeFrom, null));
        } catch (JOSEException impossible) {
            throw new AssertionError("every Java platform has P-256", impossible);
        }
    }

    /** What a sealed key is bound to, so that it cannot stand in for another document's. */
    private static String owner(String id) {
        return AuthCollections.SIGNING_KEYS.name() + "/" + id + "/sealedKey";
    }
}
