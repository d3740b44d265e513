package io.imaint.store.cache;

import io.imaint.kernel.cache.Cache;
import io.imaint.kernel.cache.Counters;
import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.ServiceAddress;
import io.imaint.kernel.telemetry.Metered;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Redis, one server or a cluster. The first failure of any use ends the use of it: from then on the process goes on with a
 * cache and counters of its own, and one thread asks each second whether Redis is back. So no request waits for a Redis that
 * is away, but those that were under way when it went.
 */
final class RedisCache implements SharedCache, Readiness.Reporting, Metered {
    private static final System.Logger LOG = System.getLogger(RedisCache.class.getName());

    /** Redis answers within a millisecond; who waits longer is better off without. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Requests that use Redis at one moment; each holds its connection for a millisecond. */
    private static final int CONNECTIONS_MAX = 64;

    private static final int REDIRECTIONS_MAX = 3;

    private static final String VALUES = "imaint:cache:";
    private static final String COUNTS = "imaint:count:";
    private static final String PROBE = "imaint:probe:";

    /** Keys enough that hardly a node of a cluster has none. */
    private static final int PROBES_OF_CLUSTER = 32;

    /** Both or neither: a counter without an expiry would stay for ever. */
    private static final String ADD =
            "local n = redis.call('INCRBY', KEYS[1], ARGV[1]) redis.call('PEXPIREAT', KEYS[1], ARGV[2]) return n";

    /** @param since when it could not be reached for the first time */
    private record Away(String reason, Instant since) {}

    private final List<ServiceAddress> hosts;
    private final boolean cluster;
    private final InstantSource clock;
    private final Semaphore lost = new Semaphore(0);
    private final CountDownLatch attempted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread connecting = Thread.ofVirtual().name("redis").unstarted(this::keepConnected);
    private final Cache values = new Values();
    private final Counters counts = new Counts();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder failures = new LongAdder();

    /** Null until Redis was reached for the first time. */
    private @Nullable UnifiedJedis client;

    /** The client while Redis can be reached. */
    private volatile @Nullable UnifiedJedis reachable;

    private volatile @Nullable Away away;

    /** What is used while Redis is away; empty at the begin of each time. */
    private volatile SharedCache own;

    private RedisCache(BackingServices settings, InstantSource clock) {
        this.hosts = settings.redis();
        this.cluster = settings.redisCluster();
        this.clock = clock;
        this.own = SharedCache.ofProcess(clock);
    }

    /** Begins to connect; waits for the first attempt, and starts without Redis where it fails. */
    static RedisCache open(BackingServices settings, InstantSource clock) {
        var cache = new RedisCache(settings, clock);
        cache.connecting.start();
        try {
            var unused = cache.attempted.await(CONNECT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return cache;
    }

    private void keepConnected() {
        try {
            while (closed.getCount() > 0) {
                connect();
                attempted.countDown();
                if (reachable == null) {
                    var unused = closed.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    lost.acquire();
                    var unused = closed.await(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                    lost.drainPermits();
                }
            }
        } catch (InterruptedException ended) {
            LOG.log(Level.DEBUG, "no more attempts to connect", ended);
        }
    }

    private void connect() {
        try {
            var asked = client == null ? built() : client;
            client = asked;
            for (int probe = 0; probe < (cluster ? PROBES_OF_CLUSTER : 1); probe++) {
                asked.get(PROBE + probe);
            }
            own = SharedCache.ofProcess(clock);
            reachable = asked;
            if (away != null) {
                LOG.log(Level.INFO, "{0} is reachable again", description());
                away = null;
            }
        } catch (JedisException failed) {
            lost(failed);
        }
    }

    private UnifiedJedis built() {
        var one = hosts.getFirst();
        var config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) CONNECT_MAX.toMillis())
                .socketTimeoutMillis((int) PATIENCE.toMillis())
                .clientName("iMaintenance");
        var password = one.password();
        if (password != null) {
            config.password(password.reveal());
        }
        if (!one.user().isEmpty()) {
            config.user(one.user());
        }
        if (one.encrypted()) {
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        var pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS_MAX);
        pool.setMaxIdle(CONNECTIONS_MAX);
        pool.setMaxWait(PATIENCE);
        var addresses = hosts.stream()
                .map(host -> new HostAndPort(host.host(), host.port()))
                .collect(Collectors.toUnmodifiableSet());
        if (cluster) {
            return RedisClusterClient.builder()
                    .nodes(addresses)
                    .clientConfig(config.build())
                    .poolConfig(pool)
                    .maxAttempts(REDIRECTIONS_MAX)
                    .build();
        }
        config.database(one.path().isEmpty() ? 0 : Integer.parseInt(one.path()));
        return RedisClient.builder()
                .hostAndPort(addresses.iterator().next())
                .clientConfig(config.build())
                .poolConfig(pool)
                .build();
    }

    /** One line for the state, not one for each use. */
    private void lost(JedisException failed) {
        synchronized (this) {
            reachable = null;
            if (closed.getCount() == 0) {
                return;
            }
            var reason = String.valueOf(failed.getMessage());
            var before = away;
            if (before == null) {
                LOG.log(
                        Level.WARNING,
                        "{0} is away: {1}; this process has a cache and counters of its own until it is back",
                        description(),
                        reason);
            }
            away = new Away(reason, before == null ? clock.instant() : before.since);
        }
        lost.release();
    }

    /** Asks Redis, or this process where Redis is away. */
    private <T> T ask(Function<UnifiedJedis, T> shared, Function<SharedCache, T> instead) {
        var redis = reachable;
        if (redis != null) {
            try {
                return shared.apply(redis);
            } catch (JedisException failed) {
                failures.increment();
                lost(failed);
            }
        }
        return instead.apply(own);
    }

    private final class Values implements Cache {
        @Override
        public Optional<String> get(String key) {
            var found = ask(
                    redis -> Optional.ofNullable(redis.get(VALUES + key)),
                    process -> process.cache().get(key));
            (found.isPresent() ? hits : misses).increment();
            return found;
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {
            if (value.length() > VALUE_MAX) {
                return;
            }
            ask(redis -> redis.set(VALUES + key, value, SetParams.setParams().px(timeToLive.toMillis())), process -> {
                process.cache().put(key, value, timeToLive);
                return "OK";
            });
        }
    }

    private final class Counts implements Counters {
        @Override
        public long add(String name, String window, long weight, Instant expiresAt) {
            return ask(
                    redis -> weight == 0
                            ? count(redis.get(key(name, window)))
                            : (long) redis.eval(
                                    ADD,
                                    List.of(key(name, window)),
                                    List.of(Long.toString(weight), Long.toString(expiresAt.toEpochMilli()))),
                    process -> process.counters().add(name, window, weight, expiresAt));
        }

        private static long count(@Nullable String text) {
            return text == null ? 0 : Long.parseLong(text);
        }

        private static String key(String name, String window) {
            return COUNTS + name + ":" + window;
        }

        @Override
        public void reset(String name, String window) {
            ask(redis -> redis.del(key(name, window)), process -> {
                process.counters().reset(name, window);
                return 1L;
            });
        }
    }

    @Override
    public Cache cache() {
        return values;
    }

    @Override
    public Counters counters() {
        return counts;
    }

    @Override
    public String description() {
        return hosts.stream().map(ServiceAddress::toString).collect(Collectors.joining(", "));
    }

    /** Without Redis everything else goes on. */
    @Override
    public Readiness readiness() {
        var now = away;
        return now == null
                ? Readiness.READY
                : new Readiness(
                        true,
                        "degraded: %s is away since %s: %s"
                                .formatted(description(), now.since.truncatedTo(ChronoUnit.SECONDS), now.reason));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        counter(meters, "imaint.cache.hits", hits, "Values that were found in the shared cache");
        counter(meters, "imaint.cache.misses", misses, "Values that were not found in the shared cache");
        counter(meters, "imaint.cache.failures", failures, "Uses of Redis that failed");
        Gauge.builder("imaint.cache.connected", () -> reachable == null ? 0 : 1)
                .description("1 while Redis can be reached")
                .register(meters);
    }

    private static void counter(MeterRegistry meters, String name, LongAdder count, String description) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .register(meters);
    }

    @Override
    public void close() {
        closed.countDown();
        reachable = null;
        connecting.interrupt();
        try {
            connecting.join(CONNECT_MAX);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        var last = client;
        if (last != null) {
            last.close();
        }
    }
}
