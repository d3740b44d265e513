package io.imaint.services.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
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
 * the next one is published an hour before it signs, and each is kept for a day after. One that leaked is revoked instead:
 * its tokens are refused at once, and clients get others with their refresh tokens.
 */
final class SigningKeys {
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);

    /** How long what was read is good: another process may have made a key, or revoked one that leaked. */
    private static final Duration REREAD = Duration.ofSeconds(1);

    private static final int MAX = 100;

    private final Store store;
    private final SealingKey sealing;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Duration rotation;
    private volatile Known known = new Known(List.of(), List.of(), Instant.MIN);

    private record Opened(ECKey key, Instant activeFrom) {}

    /** The keys as they were read, in the order in which they sign; {@code stored} tells whether they changed. */
    private record Known(List<SigningKey> stored, List<Opened> keys, Instant readAt) {}

    /** Tokens of a key are refused from now on. */
    record SigningKeyRevoked(String id) implements Fact {}

    SigningKeys(Store store, SealingKey sealing, SecureRandom random, InstantSource clock, Duration rotation) {
        this.store = store;
        this.sealing = sealing;
        this.random = random;
        this.clock = clock;
        this.rotation = rotation;
    }

    /** The key that signs now. */
    ECKey active() {
        return active(current(), clock.instant()).key;
    }

    private static Opened active(List<Opened> keys, Instant now) {
        return keys.stream()
                .filter(key -> !key.activeFrom.isAfter(now))
                .reduce((one, later) -> later)
                .orElse(keys.getFirst());
    }

    /** The public halves of all keys whose tokens may be about, or will be. */
    List<JWK> published() {
        return current().stream().<JWK>map(key -> key.key.toPublicJWK()).toList();
    }

    /** Whether tokens of a key are good. */
    boolean knows(String id) {
        return current().stream().anyMatch(key -> key.key.getKeyID().equals(id));
    }

    private List<Opened> current() {
        var now = clock.instant();
        var read = known;
        if (read.keys.isEmpty() || !now.isBefore(read.readAt.plus(REREAD))) {
            synchronized (this) {
                if (known.equals(read)) {
                    read(now);
                    renew(now);
                }
            }
        }
        return known.keys;
    }

    /** Reads the keys, and decrypts them where they are not those that are known. */
    private void read(Instant now) {
        var stored = documents().list(Query.where(Condition.ALL).limit(MAX)).values();
        known = new Known(stored, stored.equals(known.stored) ? known.keys : opened(stored), now);
    }

    /** Adds the key that is due. Two processes may both add one; then both are good. */
    private void renew(Instant now) {
        if (known.keys.isEmpty()) {
            add(documents(), now);
            read(now);
            return;
        }
        var due = known.keys.getLast().activeFrom.plus(rotation);
        if (!now.isBefore(due.minus(AHEAD))) {
            addNext(documents(), due.isBefore(now.plus(AHEAD)) ? now.plus(AHEAD) : due);
            read(now);
        }
    }

    private String addNext(Documents<SigningKey> documents, Instant from) {
        var id = add(documents, from);
        for (var key : known.keys) {
            documents.update(
                    key.key.getKeyID(),
                    stored -> stored.value().removedAt() == null
                            ? Change.of(stored.value().removedAt(from.plus(KEPT)))
                            : null);
        }
        return id;
    }

    /**
     * Makes the next key now, in the name of the caller, and signs nobody out. Where the next key is published already,
     * that is the one.
     */
    synchronized SigningKeyRoutes.Rotated rotate() {
        var now = clock.instant();
        read(now);
        renew(now);
        var newest = known.keys.getLast();
        if (newest.activeFrom.isAfter(now)) {
            return new SigningKeyRoutes.Rotated(newest.key.getKeyID(), newest.activeFrom, List.of());
        }
        var from = now.plus(AHEAD);
        var id = addNext(audited(), from);
        read(now);
        return new SigningKeyRoutes.Rotated(id, from, List.of());
    }

    /** Has a new key sign from now on, and revokes all others, in the name of the caller. */
    synchronized SigningKeyRoutes.Rotated replace() {
        var now = clock.instant();
        read(now);
        var leaked = known.keys.stream().map(key -> key.key.getKeyID()).toList();
        var id = add(audited(), now);
        leaked.forEach(this::remove);
        read(now);
        return new SigningKeyRoutes.Rotated(id, now, leaked);
    }

    /** Whoever else writes it meanwhile only says when it is removed. */
    private void remove(String id) {
        var documents = audited();
        for (var stored = documents.find(id); stored.isPresent(); stored = documents.find(id)) {
            documents.remove(id, stored.get().rev(), new SigningKeyRevoked(id));
        }
    }

    private Documents<SigningKey> documents() {
        return store.documents(AuthCollections.SIGNING_KEYS);
    }

    private Documents<SigningKey> audited() {
        return store.as(Caller.current()).documents(AuthCollections.SIGNING_KEYS);
    }

    private List<Opened> opened(List<SigningKey> all) {
        var keys = new ArrayList<Opened>();
        for (var stored : all) {
            try {
                var key = ECKey.parse(sealing.open(owner(stored.id()), stored.sealedKey()));
                keys.add(new Opened(key, stored.activeFrom()));
            } catch (ParseException corrupt) {
                throw AuthProblem.AUTH_KEY_UNUSABLE.because("signing key " + stored.id() + " is damaged", corrupt);
            }
        }
        keys.sort(Comparator.comparing(Opened::activeFrom).thenComparing(key -> key.key.getKeyID()));
        return List.copyOf(keys);
    }

    private String add(Documents<SigningKey> documents, Instant activeFrom) {
        try {
            var key = new ECKeyGenerator(Curve.P_256)
                    .secureRandom(random)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
            var id = key.getKeyID();
            documents.insert(new SigningKey(id, sealing.seal(owner(id), key.toJSONString()), activeFrom, null));
            return id;
        } catch (JOSEException impossible) {
            throw new AssertionError("every Java platform has P-256", impossible);
        }
    }

    /** What a sealed key is bound to, so that it cannot stand in for another document's. */
    private static String owner(String id) {
        return AuthCollections.SIGNING_KEYS.name() + "/" + id + "/sealedKey";
    }
}
