package io.imaint.gateway.registry;

import com.github.benmanes.caffeine.cache.Ticker;
import io.imaint.gateway.registry.GatewayRecords.Change;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import io.imaint.kernel.problem.Failure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The registry of a process: everything in memory, as one snapshot that is replaced as a whole.
 *
 * <p>It follows the records by their positions: each look reads only what has changed since the one before. It looks every second,
 * which costs one short question while nothing changes, and after each write of this process. While the store does not answer,
 * the last snapshot holds.
 */
public final class LiveRegistry implements Registry, AutoCloseable {
    /** Changes of other processes are to be seen within two seconds, so a look may be as late as it takes. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Changes that one question brings; a first look at a large landscape takes several. */
    private static final int BATCH = 500;

    private static final Logger LOG = System.getLogger(LiveRegistry.class.getName());

    /** Follows the proxies. */
    public interface ProxyListener {
        /**
         * Takes all proxies, one call after the other; may wait, and must not fail.
         *
         * @param prerequisites what bundles may lack: the names of providers and of stores of certificates
         * @return false to be called again a second later, such as when a bundle could not be read
         */
        boolean follow(List<ProxyRecord> proxies, Set<String> prerequisites);
    }

    /** All proxies as of a change of one. */
    private record Proxies(long version, List<ProxyRecord> all) {}

    /** A listener, and what it has followed. It is never called by a thread that looks: what it does may take long. */
    private final class Subscription {
        private final ProxyListener listener;
        private final ReentrantLock following = new ReentrantLock();
        private volatile long followed = -1;

        Subscription(ProxyListener listener) {
            this.listener = listener;
        }

        boolean behind() {
            return followed != knownProxies.version;
        }

        /** Waits until the listener has followed. */
        void follow() {
            following.lock();
            try {
                callIfBehind();
            } finally {
                following.unlock();
            }
        }

        /** Leaves it to the thread that calls the listener already, if there is one. */
        void followUnlessFollowing() {
            if (following.tryLock()) {
                try {
                    callIfBehind();
                } finally {
                    following.unlock();
                }
            }
        }

        private void callIfBehind() {
            var now = knownProxies;
            if (followed != now.version && listener.follow(now.all, snapshot.prerequisites())) {
                followed = now.version;
            }
        }
    }

    /** The records of one kind as this process knows them. */
    private static final class Followed<R extends Record, T> {
        private final GatewayRecords.Records<R> records;
        private final Function<R, T> opened;
        private final Map<String, T> known = new TreeMap<>();
        private long position;

        /** Whether something has changed that the snapshot does not have yet. */
        private boolean dirty;

        Followed(GatewayRecords.Records<R> records, Function<R, T> opened) {
            this.records = records;
            this.opened = opened;
        }

        /** Reads what has changed. */
        void follow() {
            for (var batch = records.changesAfter(position, BATCH);
                    !batch.isEmpty();
                    batch = records.changesAfter(position, BATCH)) {
                dirty = true; // Also when the next batch can't be read.
                batch.forEach(this::apply);
                position = batch.getLast().position();
            }
        }

        private void apply(Change<R> change) {
            if (change.kept().isEmpty()) {
                known.remove(change.key());
                return;
            }
            try {
                known.put(change.key(), opened.apply(change.kept().get().value()));
            } catch (Failure unreadable) { // One that another key has sealed must not hide all others.
                known.remove(change.key());
                LOG.log(Level.ERROR, "%s can't be read, so proxies do not find it".formatted(change.key()), unreadable);
            }
        }

        List<T> all() {
            return List.copyOf(known.values());
        }
    }

    private final GatewayRecords records;
    private final Followed<StoredProvider, ApiProvider> providers;
    private final Followed<StoredMap, KeyValueMap> maps;
    private final Followed<StoredCertificates, CertificateStore> certificates;
    private final Followed<Product, Product> products;
    private final Followed<Application, Application> applications;
    private final Followed<ProxyRecord, ProxyRecord> proxies;
    private final List<Followed<?, ?>> others;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Ticker ticker;
    private final ReentrantLock looking = new ReentrantLock();
    private long position = -1;
    private volatile RegistrySnapshot snapshot = new RegistrySnapshot(Contents.EMPTY);
    private volatile Proxies knownProxies = new Proxies(0, List.of());
    private volatile long lookedAt;
    private final Thread follower;
    private final CountDownLatch closed = new CountDownLatch(1);

    private LiveRegistry(GatewayRecords records, Sealing sealing, Ticker ticker) {
        this.records = records;
        this.ticker = ticker;
        this.providers = new Followed<>(records.records(Kinds.PROVIDERS), one -> one.opened(sealing));
        this.maps = new Followed<>(records.records(Kinds.MAPS), one -> one.opened(sealing));
        this.certificates = new Followed<>(records.records(Kinds.CERTIFICATES), one -> one.opened(sealing));
        this.products = new Followed<>(records.records(Kinds.PRODUCTS), Function.identity());
        this.applications = new Followed<>(records.records(Kinds.APPLICATIONS), Function.identity());
        this.proxies = new Followed<>(records.records(Kinds.PROXIES), Function.identity());
        this.others = List.of(providers, maps, certificates, products, applications);
        this.follower = Thread.ofVirtual().name("gateway-registry").unstarted(this::follow);
    }

    /** The registry of what there is, which follows its changes until it is closed. Fails when the records can't be read now. */
    public static LiveRegistry start(GatewayRecords records, Sealing sealing) {
        return start(records, sealing, Ticker.systemTicker());
    }

    /** @param ticker the time by which it ages, in nanoseconds */
    static LiveRegistry start(GatewayRecords records, Sealing sealing, Ticker ticker) {
        var registry = new LiveRegistry(records, sealing, ticker);
        registry.lookNow();
        registry.follower.start();
        return registry;
    }

    /** Calls a listener with all proxies, now and after each change of one. */
    public void onProxies(ProxyListener listener) {
        var subscription = new Subscription(listener);
        subscriptions.add(subscription);
        subscription.follow();
    }

    /**
     * Looks now. What was written before the call is known after it; a change of proxies is followed by the listeners too.
     *
     * @param written the kind that was written
     */
    public void refresh(Kind<?> written) {
        lookNow();
        if (written.equals(Kinds.PROXIES)) {
            subscriptions.forEach(Subscription::follow);
        }
    }

    /** Looks now, whatever was written; the listeners follow too. */
    public void refresh() {
        refresh(Kinds.PROXIES);
    }

    private void lookNow() {
        looking.lock();
        try {
            long newest = records.position();
            if (newest != position) {
                look();
                position = newest;
            }
            lookedAt = ticker.read();
        } finally {
            looking.unlock();
        }
    }

    private void look() {
        proxies.follow();
        others.forEach(Followed::follow);
        boolean proxiesChanged = proxies.dirty;
        if (!proxiesChanged && others.stream().noneMatch(one -> one.dirty)) {
            return;
        }
        var deployed = proxies.all().stream()
                .filter(proxy -> proxy.deployed().isPresent())
                .map(ProxyRecord::name)
                .collect(Collectors.toUnmodifiableSet());
        snapshot = new RegistrySnapshot(new Contents(
                providers.all(), maps.all(), certificates.all(), products.all(), applications.all(), deployed));
        if (proxiesChanged) {
            knownProxies = new Proxies(knownProxies.version + 1, proxies.all());
        }
        proxies.dirty = false;
        others.forEach(one -> one.dirty = false);
    }

    /** Nothing ends this but {@link #close}: what fails now may not fail a second later. */
    private void follow() {
        boolean failing = false;
        while (waited()) {
            try {
                lookNow();
                if (subscriptions.stream().anyMatch(Subscription::behind)) {
                    Thread.ofVirtual().name("gateway-deployments").start(this::callListeners);
                }
                if (failing) {
                    LOG.log(Level.INFO, "the gateway reads changes again");
                }
                failing = false;
            } catch (RuntimeException | Error failed) {
                if (!failing) { // Once for each time that it fails.
                    LOG.log(Level.WARNING, "the gateway goes on with what it knows: changes can't be read", failed);
                }
                failing = true;
            }
        }
    }

    private void callListeners() {
        try {
            subscriptions.forEach(Subscription::followUnlessFollowing);
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.ERROR, "a listener could not follow the proxies", failed);
        }
    }

    /** Waits until the next look; false when there is none. */
    private boolean waited() {
        try {
            return !closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stray) { // Only close() ends it.
            return closed.getCount() > 0;
        }
    }

    /** How long ago the records were read, so how old what it knows may be. */
    public Duration age() {
        return Duration.ofNanos(ticker.read() - lookedAt);
    }

    /** Everything as it is now. */
    public RegistrySnapshot snapshot() {
        return snapshot;
    }

    /** All proxies, in the order of their names. */
    public List<ProxyRecord> proxies() {
        return knownProxies.all;
    }

    @Override
    public Optional<ApiProvider> provider(String name) {
        return snapshot.provider(name);
    }

    @Override
    public Optional<KeyValueMap> map(KeyValueMap.Scope scope, String scopeId, String name) {
        return snapshot.map(scope, scopeId, name);
    }

    @Override
    public Optional<CertificateStore> certificates(String name) {
        return snapshot.certificates(name);
    }

    @Override
    public Optional<Consumer> consumer(String key) {
        return snapshot.consumer(key);
    }

    @Override
    public Optional<Consumer> consumerByHash(String keyHash) {
        return snapshot.consumerByHash(keyHash);
    }

    @Override
    public Optional<Product> product(String name) {
        return snapshot.product(name);
    }

    @Override
    public Optional<Application> application(String id) {
        return snapshot.application(id);
    }

    @Override
    public Set<String> deployed() {
        return snapshot.deployed();
    }

    /** Ends the looks; the last snapshot goes on to answer. */
    @Override
    public void close() {
        closed.countDown();
        try {
            follower.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
