package io.imaint.store;

import io.imaint.kernel.http.IdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the API in a store: one document for each key, whose revision is the token of its claim. */
public final class IdempotencyKeys implements IdempotencyStore {
    /** Requests with one key that come at the same instant; all but one of them find it claimed. */
    private static final int ATTEMPTS_MAX = 20;

    static final CollectionType<Key> TYPE = CollectionType.of("IdempotencyKeys", Key.class, Key::key)
            .unscoped("the keys of all callers, each part of its key")
            .expires("expiresAt");

    /** An answer that is kept; every answer that can be repeated is text. */
    private record Kept(int status, String mediaType, Map<String, String> headers, String body) {
        static Kept of(KeptAnswer answer) {
            return new Kept(
                    answer.status(),
                    answer.mediaType(),
                    answer.headers(),
                    new String(answer.body(), StandardCharsets.UTF_8));
        }

        KeptAnswer answer() {
            return new KeptAnswer(status, mediaType, headers, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * A key.
     *
     * @param claimedUntil null when it is answered
     * @param answer null until then
     */
    record Key(
            String key,
            String content,
            String seed,
            Instant expiresAt,
            @Nullable Instant claimedUntil,
            @Nullable Kept answer) {
        Key claimed(Instant until) {
            return new Key(key, content, seed, expiresAt, until, null);
        }

        Key answered(KeptAnswer kept) {
            return new Key(key, content, seed, expiresAt, null, Kept.of(kept));
        }
    }

    private final Documents<Key> keys;
    private final InstantSource clock;

    public IdempotencyKeys(Store store, InstantSource clock) {
        this.keys = store.documents(TYPE);
        this.clock = clock;
    }

    @Override
    public Claim claim(String key, String content, Duration atMost, Duration kept) {
        var now = clock.instant();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var found = keys.find(key).orElse(null);
            var stands = found == null ? null : found.value();
            if (stands != null) {
                if (!stands.content().equals(content)) {
                    return new Claim.Reused();
                }
                if (stands.answer() != null) {
                    return new Claim.Answered(stands.answer().answer());
                }
                var until = stands.claimedUntil();
                if (until != null && until.isAfter(now)) {
                    return new Claim.Running(until);
                }
            }
            var until = now.plus(atMost);
            var claimed = stands == null
                    ? new Key(key, content, UUID.randomUUID().toString(), now.plus(kept), until, null)
                    : stands.claimed(until);
            var written = found == null ? keys.insert(claimed) : keys.replace(claimed, found.rev());
            if (written instanceof Documents.Written.Done<Key> done) {
                return new Claim.Granted(key, claimed.seed(), done.stored().rev());
            }
        }
        return new Claim.Running(now);
    }

    @Override
    public void complete(Claim.Granted claim, KeptAnswer answer) {
        keys.find(claim.key())
                .filter(found -> found.rev() == claim.token())
                .ifPresent(found -> keys.replace(found.value().answered(answer), found.rev()));
    }

    @Override
    public void release(Claim.Granted claim) {
        keys.find(claim.key())
                .filter(found -> found.rev() == claim.token())
                .ifPresent(found -> keys.replace(found.value().claimed(clock.instant()), found.rev()));
    }
}
