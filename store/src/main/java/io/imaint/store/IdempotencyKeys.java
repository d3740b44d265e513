package io.imaint.store;

import io.imaint.kernel.http.IdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The idempotency keys of the API in a store: one document for each key, whose revision is the token of its claim. */
public final class IdempotencyKeys implements IdempotencyStore {
    /** Requests with one key that come at the same instant; all but one of them find it claimed. */
    private static final int ATTEMPTS_MAX = 20;

    /** How often keys that are past their time are removed; a few more in between do no harm. */
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    static final CollectionType<Key> TYPE = CollectionType.of(
                    "IdempotencyKeys", new CollectionType.Codec<>(Key::document, Key::of), Key::key)
            .index("expiresAt");

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
            @Nullable KeptAnswer answer) {
        Key claimed(Instant until) {
            return new Key(key, content, seed, expiresAt, until, null);
        }

        Key answered(KeptAnswer kept) {
            return new Key(key, content, seed, expiresAt, null, kept);
        }

        Document document() {
            var document = new Document()
                    .put("key", key)
                    .put("content", content)
                    .put("seed", seed)
                    .put("expiresAt", expiresAt)
                    .put("claimedUntil", claimedUntil);
            if (answer != null) {
                var headers = new Document();
                answer.headers().forEach(headers::put);
                document.put("status", (long) answer.status())
                        .put("mediaType", answer.mediaType())
                        .put("headers", headers)
                        .put("body", new String(answer.body(), StandardCharsets.UTF_8));
            }
            return document;
        }

        static Key of(Document document) {
            return new Key(
                    document.text("key").orElseThrow(),
                    document.text("content").orElseThrow(),
                    document.text("seed").orElseThrow(),
                    document.instant("expiresAt").orElseThrow(),
                    document.instant("claimedUntil").orElse(null),
                    document.integer("status")
                            .map(status -> answer(document, status))
                            .orElse(null));
        }

        private static KeptAnswer answer(Document document, long status) {
            var headers = new LinkedHashMap<String, String>();
            if (document.get("headers") instanceof Document kept) {
                kept.forEach((name, value) -> headers.put(name, String.valueOf(value)));
            }
            return new KeptAnswer(
                    (int) status,
                    document.text("mediaType").orElseThrow(),
                    headers,
                    document.text("body").orElse("").getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Documents<Key> keys;
    private final InstantSource clock;
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.EPOCH);

    public IdempotencyKeys(Store store, InstantSource clock) {
        this.keys = store.documents(TYPE);
        this.clock = clock;
    }

    @Override
    public Claim claim(String key, String content, Duration atMost, Duration kept) {
        var now = clock.instant();
        sweep(now);
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var found = keys.find(key).orElse(null);
            var stands = found == null || !found.value().expiresAt().isAfter(now) ? null : found.value();
            if (stands != null) {
                if (!stands.content().equals(content)) {
                    return new Claim.Reused();
                }
                if (stands.answer() != null) {
                    return new Claim.Answered(stands.answer());
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

    private void sweep(Instant now) {
        var due = nextSweep.get();
        if (!now.isBefore(due) && nextSweep.compareAndSet(due, now.plus(SWEEP_INTERVAL))) {
            keys.removeAll(new Condition.Range("expiresAt", null, now.plusMillis(1))); // The end does not belong to it.
        }
    }
}
