package io.imaint.gateway.flow;

import io.imaint.gateway.model.ApiProxy;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.model.PolicyFile;
import io.imaint.gateway.model.Resource;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlInvalid;
import io.imaint.gateway.registry.AccessToken;
import io.imaint.gateway.registry.CacheStore;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.Maps;
import io.imaint.gateway.registry.PendingCounters;
import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.registry.RegistrySnapshot;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import io.imaint.gateway.registry.Tokens;
import io.imaint.kernel.cache.Counters;
import io.imaint.kernel.cache.LocalCounters;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Runs single policies on a request, without a server. What policies share is kept in memory. */
public final class PolicyRig {
    /** The time; tests move it. */
    public Instant now = Instant.parse("2026-11-30T10:00:00Z");

    public Contents contents = Contents.EMPTY;
    public final Map<String, AccessToken> tokens = new HashMap<>();
    public final Map<String, Long> counters = new HashMap<>();
    private final Counters localCounters = new LocalCounters(clock());
    private final PendingCounters pendingCounters = new PendingCounters(new KeptCounters(), clock());
    public final Map<String, Map<String, Object>> caches = new HashMap<>();
    public final List<TargetCall> calls = new ArrayList<>();
    public final List<String> changes = new ArrayList<>();

    /** What targets answer; tests replace it. */
    public Message answer = Message.response(200, "OK");

    /** Why no target answers; null when they do. */
    public @Nullable TargetFailure failure;

    /** What other proxies answer, what they were asked, and where they are: by name and endpoint with a slash between them. */
    public Message localAnswer = Message.response(404, "Not Found");

    public final List<Message> localCalls = new ArrayList<>();
    public final Map<String, String> basePaths = new HashMap<>();

    public final Map<String, Resource> resources = new HashMap<>();

    /** The other policies of the proxy. */
    public final Map<String, PolicyFile> policies = new HashMap<>();

    public Message request = Message.request("GET", "/demo/orders", "");
    public String client = "203.0.113.9";

    /** The name of the proxy that runs. */
    public String proxy = "Demo";

    /** A trusted proxy that the request came through; null for none. */
    public @Nullable String through;

    private final Random random = new Random(1);

    /** What policies work with. */
    public GatewayParts parts() {
        return new GatewayParts(
                new Live(),
                new KeptMaps(),
                new KeptTokens(),
                new KeptCounters(),
                localCounters,
                pendingCounters,
                new KeptCaches(),
                new Answering(),
                new KnownProxies(),
                clock(),
                random,
                500);
    }

    private InstantSource clock() {
        return () -> now;
    }

    /** A policy of a file; every finding but warnings fails. */
    public Policy compile(PolicyType type, String xml) {
        var reader = reader(xml);
        var policy = type.compile().apply(reader);
        reader.unread();
        var fatal = reader.findings().stream().filter(one -> !one.deployable()).toList();
        assert fatal.isEmpty() : fatal;
        return policy;
    }

    /** What is reported about a file. */
    public List<BundleFinding> findings(PolicyType type, String xml) {
        var reader = reader(xml);
        var unused = type.compile().apply(reader);
        reader.unread();
        return reader.findings();
    }

    private PolicyReader reader(String xml) {
        try {
            var proxy = new ApiProxy(
                    "Demo", "Demo", "", "REST", List.of(), List.of(), Map.copyOf(policies), Map.copyOf(resources));
            return PolicyReader.of(new PolicyFile("P", "APIProxy/Policy/P.xml", Xml.read(xml)), proxy, parts());
        } catch (XmlInvalid invalid) {
            throw new AssertionError(invalid);
        }
    }

    /** A context in the request flow of the proxy endpoint, in which policies may wait. */
    public FlowContext context() throws java.net.UnknownHostException {
        var state = new FlowState(clock(), "rrt-1", CallChain.of("Demo", Duration.ofMinutes(2)));
        var place = new FlowContext.Place(proxy, "1", "default", "/demo", "/orders", "http://localhost/demo/orders");
        var address = InetAddress.getByName(client);
        var peer = through == null ? address : InetAddress.getByName(through);
        var context = new FlowContext(
                place,
                new Client(address, peer, through != null, 40000, "http", "localhost", 8090, Optional.empty()),
                request,
                state);
        context.waiting(true);
        return context;
    }

    /** A context in the response flow of the proxy endpoint. */
    public FlowContext responseContext(Message response) throws java.net.UnknownHostException {
        var context = context();
        context.state().phase(Phase.PROXY_RESPONSE);
        context.response(response);
        return context;
    }

    /** Runs a policy on a request. */
    public FlowContext run(PolicyType type, String xml) throws Fault, java.net.UnknownHostException {
        var context = context();
        compile(type, xml).execute(context);
        return context;
    }

    /** The registry of the present contents. */
    private final class Live implements Registry {
        private Registry now() {
            return new RegistrySnapshot(contents);
        }

        @Override
        public Optional<io.imaint.gateway.registry.ApiProvider> provider(String name) {
            return now().provider(name);
        }

        @Override
        public Optional<KeyValueMap> map(KeyValueMap.Scope scope, String scopeId, String name) {
            return now().map(scope, scopeId, name);
        }

        @Override
        public Optional<io.imaint.gateway.registry.CertificateStore> certificates(String name) {
            return now().certificates(name);
        }

        @Override
        public Optional<Consumer> consumer(String key) {
            return now().consumer(key);
        }

        @Override
        public Optional<Consumer> consumerByHash(String keyHash) {
            return now().consumerByHash(keyHash);
        }

        @Override
        public Optional<io.imaint.gateway.registry.Product> product(String name) {
            return now().product(name);
        }

        @Override
        public Optional<io.imaint.gateway.registry.Application> application(String id) {
            return now().application(id);
        }

        @Override
        public java.util.Set<String> deployed() {
            return now().deployed();
        }
    }

    private final class KeptMaps implements Maps {
        @Override
        public void put(KeyValueMap.Scope scope, String scopeId, String map, Entry entry, boolean override) {
            changes.add("put %s %s %s %s=%s %s"
                    .formatted(scope, scopeId, map, entry.key(), entry.value().reveal(), override));
        }

        @Override
        public void remove(KeyValueMap.Scope scope, String scopeId, String map, String key) {
            changes.add("remove %s %s %s %s".formatted(scope, scopeId, map, key));
        }
    }

    private final class KeptTokens implements Tokens {
        private static String key(AccessToken.Kind kind, String token) {
            return kind + " " + io.imaint.gateway.registry.Hashes.of(token);
        }

        @Override
        public Optional<AccessToken> remembered(AccessToken.Kind kind, String token) {
            return find(kind, token);
        }

        @Override
        public Optional<AccessToken> find(AccessToken.Kind kind, String token) {
            return Optional.ofNullable(tokens.get(key(kind, token)));
        }

        @Override
        public boolean add(AccessToken token) {
            tokens.put(token.kind() + " " + token.hash(), token);
            return true;
        }

        @Override
        public Optional<AccessToken> change(
                AccessToken.Kind kind, String hash, java.util.function.UnaryOperator<AccessToken> change) {
            return Optional.ofNullable(
                    tokens.computeIfPresent(kind + " " + hash, (key, standing) -> change.apply(standing)));
        }

        @Override
        public Optional<AccessToken> take(AccessToken.Kind kind, String token) {
            return Optional.ofNullable(tokens.remove(key(kind, token)));
        }
    }

    private final class KeptCounters implements Counters {
        @Override
        public long add(String name, String window, long weight, Instant expiresAt) {
            return counters.merge(name + " " + window, weight, Long::sum);
        }

        @Override
        public void reset(String name, String window) {
            counters.remove(name + " " + window);
        }
    }

    private final class KeptCaches implements CacheStore {
        @Override
        public @Nullable Object find(String cache, String key) {
            return caches.getOrDefault(cache, Map.of()).get(key);
        }

        @Override
        public void put(String cache, String key, Object value, Instant expiresAt) {
            caches.computeIfAbsent(cache, name -> new HashMap<>()).put(key, value);
            changes.add("cached %s until %s".formatted(key, expiresAt));
        }

        @Override
        public void remove(String cache, String key) {
            caches.getOrDefault(cache, new HashMap<>()).remove(key);
        }

        @Override
        public void removeBelow(String cache, String prefix) {
            caches.getOrDefault(cache, new HashMap<>()).keySet().removeIf(key -> key.startsWith(prefix));
        }
    }

    private final class Answering implements Targets {
        @Override
        public void send(TargetCall call, Reply reply) {
            calls.add(call);
            if (failure != null) {
                reply.failed(failure);
            } else {
                reply.answered(answer.copy());
            }
        }

        @Override
        public Message exchange(TargetCall call) throws TargetFailure {
            calls.add(call);
            if (failure != null) {
                throw failure;
            }
            return answer.copy();
        }
    }

    private final class KnownProxies implements LocalProxies {
        @Override
        public Message call(Message request, FlowContext caller, Duration timeout) {
            localCalls.add(request);
            return localAnswer.copy();
        }

        @Override
        public Optional<String> basePath(String proxy, String endpoint) {
            return Optional.ofNullable(basePaths.get(proxy + "/" + endpoint));
        }
    }
}
