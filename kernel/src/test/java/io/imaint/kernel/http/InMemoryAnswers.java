package io.imaint.kernel.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Keeps the answers to requests with an Idempotency-Key for as long as the process lives. */
@NullMarked
final class InMemoryAnswers implements IdempotencyStore {
    private record Entry(
            String content,
            String seed,
            long token,
            Instant expiresAt,
            Instant claimedUntil,
            @Nullable KeptAnswer answer) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final InstantSource clock;
    private long token;

    InMemoryAnswers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Claim claim(String key, String content, Duration atMost, Duration kept) {
        var now = clock.instant();
        entries.values().removeIf(entry -> !entry.expiresAt.isAfter(now));
        var stands = entries.get(key);
        if (stands != null) {
            if (!stands.content.equals(content)) {
                return new Claim.Reused();
            } else if (stands.answer != null) {
                return new Claim.Answered(stands.answer);
            } else if (stands.claimedUntil.isAfter(now)) {
                return new Claim.Running(stands.claimedUntil);
            }
        }
        var seed = stands == null ? "seed " + ++token : stands.seed;
        var expiresAt = stands == null ? now.plus(kept) : stands.expiresAt;
        entries.put(key, new Entry(content, seed, ++token, expiresAt, now.plus(atMost), null));
        return new Claim.Granted(key, seed, token);
    }

    @Override
    public synchronized void complete(Claim.Granted claim, KeptAnswer answer) {
        entries.computeIfPresent(
                claim.key(),
                (key, entry) -> entry.token == claim.token()
                        ? new Entry(entry.content, entry.seed, ++token, entry.expiresAt, entry.claimedUntil, answer)
                        : entry);
    }

    @Override
    public synchronized void release(Claim.Granted claim) {
        entries.computeIfPresent(
                claim.key(),
                (key, entry) -> entry.token == claim.token()
                        ? new Entry(entry.content, entry.seed, ++token, entry.expiresAt, clock.instant(), null)
                        : entry);
    }
}
