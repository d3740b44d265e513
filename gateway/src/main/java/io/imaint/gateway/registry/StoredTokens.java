package io.imaint.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Records;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tokens in the records, with a short memory in front of them. */
public final class StoredTokens implements Tokens {
    /** How long a token is remembered: so long may one live that another process has revoked. */
    static final Duration REMEMBERED = Duration.ofSeconds(2);

    /** How long a token is found after its end, so that a client hears that it has expired, not that it never was. */
    static final Duration KEPT = Duration.ofDays(1);

    /** Tokens that are in use within two seconds; one has about a kilobyte. */
    private static final int REMEMBERED_MAX = 50_000;

    /** Each round one of the writers succeeds, and few have the same token. */
    private static final int ATTEMPTS_MAX = 100;

    /**
     * What was last read or written of a token.
     *
     * @param rev of the record; of two readings the one with the lower is the older
     * @param token null where the record was removed
     */
    private record Known(long rev, @Nullable AccessToken token) {
        boolean newerThan(Known other) {
            return rev > other.rev;
        }
    }

    private final Records<StoredToken> records;
    private final Cache<String, Known> memory;

    /** @param ticker the time of the memory, in nanoseconds */
    public StoredTokens(GatewayRecords records, Ticker ticker) {
        this.records = records.records(Kinds.TOKENS);
        this.memory = Caffeine.newBuilder()
                .maximumSize(REMEMBERED_MAX)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    @Override
    public Optional<AccessToken> remembered(AccessToken.Kind kind, String token) {
        var known = memory.getIfPresent(idOf(kind, Hashes.of(token)));
        return known == null ? Optional.empty() : Optional.ofNullable(known.token);
    }

    @Override
    public Optional<AccessToken> find(AccessToken.Kind kind, String token) {
        var id = idOf(kind, Hashes.of(token));
        var found = records.find(id);
        found.ifPresentOrElse(this::remember, () -> forget(id));
        return token(found);
    }

    private void remember(Kept<StoredToken> kept) {
        remember(kept.key(), new Known(kept.rev(), kept.value().token()));
    }

    /** A reading that began before a write of this process must not hide it, so the newer of both stays. */
    private void remember(String id, Known read) {
        var known = memory.asMap().putIfAbsent(id, read);
        while (known != null && !known.newerThan(read) && !memory.asMap().replace(id, known, read)) {
            known = memory.asMap().putIfAbsent(id, read);
        }
    }

    private void forget(String id) {
        var known = memory.getIfPresent(id);
        if (known != null && known.token != null) {
            remember(id, new Known(known.rev + 1, null));
        }
    }

    @Override
    public boolean add(AccessToken token) {
        var stored = stored(token);
        return switch (records.insert(stored)) {
            case Written.Done<StoredToken> done -> {
                remember(done.kept());
                yield true;
            }
            case Written.Lost<StoredToken> lost ->
                written(stored.id(), lost.current(), standing -> again(standing, token))
                        .filter(token::equals)
                        .isPresent();
        };
    }

    /** A token that comes again in the place of the one that stands, unless that one is another's or was revoked. */
    private static AccessToken again(AccessToken standing, AccessToken token) {
        boolean same = standing.keyHash().equals(token.keyHash());
        return same && standing.status() == Application.Status.APPROVED ? token : standing;
    }

    @Override
    public Optional<AccessToken> change(AccessToken.Kind kind, String hash, UnaryOperator<AccessToken> change) {
        var id = idOf(kind, hash);
        return written(id, records.find(id), change);
    }

    private Optional<AccessToken> written(
            String id, Optional<Kept<StoredToken>> first, UnaryOperator<AccessToken> change) {
        var standing = first;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (standing.isEmpty()) {
                forget(id);
                return Optional.empty();
            }
            var kept = standing.get();
            var changed = change.apply(kept.value().token());
            if (changed.equals(kept.value().token())) {
                remember(kept);
                return Optional.of(changed);
            }
            switch (records.replace(stored(changed), kept.rev())) {
                case Written.Done<StoredToken> done -> {
                    remember(done.kept());
                    return Optional.of(changed);
                }
                case Written.Lost<StoredToken> lost -> standing = lost.current();
            }
        }
        throw busy();
    }

    @Override
    public Optional<AccessToken> take(AccessToken.Kind kind, String token) {
        var id = idOf(kind, Hashes.of(token));
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var standing = records.find(id);
            if (standing.isEmpty()) {
                forget(id);
                return Optional.empty();
            }
            long rev = standing.get().rev();
            if (records.remove(id, rev)) {
                remember(id, new Known(rev + 1, null));
                return token(standing);
            }
        }
        throw busy();
    }

    private static Failure busy() {
        return RegistryProblem.API_COUNTER_BUSY.because("too many writers change a token");
    }

    private static Optional<AccessToken> token(Optional<Kept<StoredToken>> kept) {
        return kept.map(Kept::value).map(StoredToken::token);
    }

    private static StoredToken stored(AccessToken token) {
        return new StoredToken(
                idOf(token.kind(), token.hash()), token, token.expiresAt().map(end -> end.plus(KEPT)));
    }

    private static String idOf(AccessToken.Kind kind, String hash) {
        return kind + "/" + hash;
    }
}
