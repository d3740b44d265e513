package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.StoredCounters;
import io.imaint.gateway.registry.StoredTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the gateway demands of tokens and counters that processes share. Two views of the same records stand for two processes. */
abstract class GatewayTokensContract {
    private final AtomicLong nanos = new AtomicLong();

    /** The records as one process sees them; each call is another process. */
    abstract GatewayRecords open();

    /** Opens the records again, as after a restart. */
    abstract GatewayRecords reopen();

    @Test
    void countsExactlyInTwoProcesses() throws Exception {
        var end = Instant.now().plusSeconds(600);
        var counters = List.of(new StoredCounters(open(), new Random(1)), new StoredCounters(open(), new Random(2)));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var counts = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> counters.get(i % 2).add("quota", "w1", 1, end)))
                    .toList();
            var seen = new TreeSet<Long>();
            for (Future<Long> count : counts) {
                seen.add(count.get());
            }
            assertThat(seen).hasSize(100).last().isEqualTo(100L);
        }
        assertThat(counters.get(0).add("quota", "w1", 0, end)).isEqualTo(100);
        assertThat(counters.get(0).add("quota", "w2", 3, end)).isEqualTo(3);
        counters.get(1).reset("quota", "w1");
        assertThat(counters.get(0).add("quota", "w1", 0, end)).isZero();
    }

    private StoredTokens tokens(GatewayRecords records) {
        return new StoredTokens(records, nanos::get);
    }

    private static AccessToken token(AccessToken.Kind kind, String text, Optional<Instant> expires) {
        return new AccessToken(
                Hashes.of(text),
                kind,
                "key hash",
                "id-1",
                List.of("P"),
                List.of("read"),
                "client_credentials",
                "",
                Instant.parse("2026-11-30T10:00:00Z"),
                expires,
                Optional.empty(),
                "",
                0,
                Application.Status.APPROVED,
                Map.of("tier", "gold"));
    }

    @Test
    void keepsCountersAndTokensOverARestart() {
        var before = open();
        var token =
                token(AccessToken.Kind.ACCESS, "t-1", Optional.of(Instant.now().plusSeconds(600)));
        tokens(before).add(token);
        new StoredCounters(before, new Random(1))
                .add("quota", "w", 7, Instant.now().plusSeconds(600));

        var after = reopen();

        assertThat(tokens(after).remembered(AccessToken.Kind.ACCESS, "t-1")).isEmpty();
        assertThat(tokens(after)
                        .find(AccessToken.Kind.ACCESS, "t-1")
                        .map(found -> found.attributes().get("tier")))
                .contains("gold");
        assertThat(new StoredCounters(after, new Random(1)).add("quota", "w", 0, Instant.now()))
                .isEqualTo(7);
    }

    @Test
    void remembersATokenForTwoSecondsAndNoLonger() {
        var here = tokens(open());
        var there = tokens(open());
        var token = token(AccessToken.Kind.ACCESS, "t-2", Optional.empty());
        here.add(token);
        assertThat(there.find(AccessToken.Kind.ACCESS, "t-2")).isPresent();

        there.change(AccessToken.Kind.ACCESS, token.hash(), GatewayTokensContract::revoked);

        assertThat(here.remembered(AccessToken.Kind.ACCESS, "t-2")).isPresent();
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(here.remembered(AccessToken.Kind.ACCESS, "t-2")).isEmpty();
        assertThat(here.find(AccessToken.Kind.ACCESS, "t-2").map(AccessToken::status))
                .contains(Application.Status.REVOKED);
        assertThat(here.find(AccessToken.Kind.REFRESH, "t-2")).isEmpty();
    }

    private static AccessToken revoked(AccessToken token) {
        return token.with(Application.Status.REVOKED);
    }

    private static Optional<Application.Status> status(StoredTokens tokens, String text) {
        return tokens.find(AccessToken.Kind.ACCESS, text).map(AccessToken::status);
    }

    @Test
    void undoesNoRevocationByAChangeThatBeganBeforeIt() {
        var here = tokens(open());
        var there = tokens(open());
        var token = token(AccessToken.Kind.ACCESS, "t-3", Optional.empty());
        here.add(token);

        var changed = here.change(AccessToken.Kind.ACCESS, token.hash(), standing -> {
            if (standing.status() == Application.Status.APPROVED) { // The first time: now the other process revokes it.
                there.change(AccessToken.Kind.ACCESS, token.hash(), GatewayTokensContract::revoked);
            }
            return standing.with(Map.of("tier", "silver"));
        });

        assertThat(changed.map(AccessToken::status)).contains(Application.Status.REVOKED);
        assertThat(status(there, "t-3")).contains(Application.Status.REVOKED);
        assertThat(there.find(AccessToken.Kind.ACCESS, "t-3").orElseThrow().attributes())
                .containsEntry("tier", "silver");
    }

    @Test
    void revokesForGoodWhileTwoProcessesChangeTheToken() throws Exception {
        var processes = List.of(tokens(open()), tokens(open()));
        var token = token(AccessToken.Kind.ACCESS, "t-4", Optional.empty());
        processes.getFirst().add(token);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> processes
                            .get(i % 2)
                            .change(
                                    AccessToken.Kind.ACCESS,
                                    token.hash(),
                                    i == 20 ? GatewayTokensContract::revoked : AccessToken::refreshed)))
                    .toList();
            for (var change : changes) {
                assertThat(change.get()).isPresent();
            }
        }

        for (var process : processes) {
            var now = process.find(AccessToken.Kind.ACCESS, "t-4").orElseThrow();
            assertThat(now.status()).isEqualTo(Application.Status.REVOKED);
            assertThat(now.refreshCount()).isEqualTo(39);
        }
    }

    @Test
    void bringsNoRevokedTokenOfAnotherServerBack() {
        var here = tokens(open());
        var there = tokens(open());
        var token = token(AccessToken.Kind.ACCESS, "t-5", Optional.empty());
        assertThat(here.add(token)).isTrue();
        assertThat(there.add(token.with(Map.of("tier", "silver")))).isTrue();
        here.change(AccessToken.Kind.ACCESS, token.hash(), GatewayTokensContract::revoked);

        assertThat(there.add(token)).isFalse();
        assertThat(status(there, "t-5")).contains(Application.Status.REVOKED);
    }

    @Test
    void changesNoTokenThatWasTaken() {
        var here = tokens(open());
        var there = tokens(open());
        var token = token(AccessToken.Kind.REFRESH, "t-6", Optional.empty());
        here.add(token);
        assertThat(there.take(AccessToken.Kind.REFRESH, "t-6")).isPresent();

        assertThat(here.change(AccessToken.Kind.REFRESH, token.hash(), AccessToken::refreshed))
                .isEmpty();
        assertThat(here.remembered(AccessToken.Kind.REFRESH, "t-6")).isEmpty();
        assertThat(there.find(AccessToken.Kind.REFRESH, "t-6")).isEmpty();
    }

    @Test
    void findsAnExpiredTokenForADay() {
        var tokens = tokens(open());
        tokens.add(token(
                AccessToken.Kind.ACCESS, "lately", Optional.of(Instant.now().minusSeconds(3_600))));
        tokens.add(token(
                AccessToken.Kind.ACCESS, "long ago", Optional.of(Instant.now().minusSeconds(90_000))));

        assertThat(tokens.find(AccessToken.Kind.ACCESS, "lately")).isPresent();
        assertThat(tokens.find(AccessToken.Kind.ACCESS, "long ago")).isEmpty();
    }

    @Test
    void givesACodeToOneTakerOnly() throws Exception {
        var processes = List.of(tokens(open()), tokens(open()));
        processes.getFirst().add(token(AccessToken.Kind.CODE, "code", Optional.empty()));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var taken = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> processes.get(i % 2).take(AccessToken.Kind.CODE, "code")))
                    .toList();
            int winners = 0;
            for (var one : taken) {
                winners += one.get().isPresent() ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        }
    }
}
