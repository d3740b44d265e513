package io.imaint.gateway.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry at one moment; never changed. */
public final class RegistrySnapshot implements Registry {
    /** Everything there is. */
    public record Contents(
            List<ApiProvider> providers,
            List<KeyValueMap> maps,
            List<CertificateStore> certificates,
            List<Product> products,
            List<Application> applications,
            Set<String> deployed) {
        public static final Contents EMPTY =
                new Contents(List.of(), List.of(), List.of(), List.of(), List.of(), Set.of());
    }

    private record MapKey(KeyValueMap.Scope scope, String scopeId, String name) {}

    private record Owner(Application application, Application.Credential credential) {}

    private final Map<String, ApiProvider> providers;
    private final Map<MapKey, KeyValueMap> maps;
    private final Map<String, CertificateStore> certificates;
    private final Map<String, Product> products;
    private final Map<String, Application> applications;
    private final Map<String, Consumer> consumers = new HashMap<>();
    private final Set<String> deployed;
    private final Set<String> prerequisites;

    public RegistrySnapshot(Contents contents) {
        providers = by(contents.providers, ApiProvider::name);
        maps = by(contents.maps, map -> new MapKey(map.scope(), map.scopeId(), map.name()));
        certificates = by(contents.certificates, CertificateStore::name);
        products = by(contents.products, Product::name);
        applications = by(contents.applications, Application::id);
        deployed = Set.copyOf(contents.deployed);
        prerequisites = Stream.concat(
                        providers.keySet().stream().map(name -> "provider " + name),
                        certificates.keySet().stream().map(name -> "certificates " + name))
                .collect(Collectors.toUnmodifiableSet());
        for (var application : contents.applications) {
            for (var credential : application.credentials()) {
                consumers.put(credential.keyHash(), consumer(new Owner(application, credential)));
            }
        }
    }

    private static <K, T> Map<K, T> by(List<T> all, Function<T, K> key) {
        return all.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
    }

    private Consumer consumer(Owner owner) {
        return new Consumer(
                owner.application,
                owner.credential,
                owner.credential.products().keySet().stream()
                        .map(products::get)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** What bundles may lack: the names of providers and of stores of certificates. */
    Set<String> prerequisites() {
        return prerequisites;
    }

    @Override
    public Optional<ApiProvider> provider(String name) {
        return Optional.ofNullable(providers.get(name));
    }

    @Override
    public Optional<KeyValueMap> map(KeyValueMap.Scope scope, String scopeId, String name) {
        return Optional.ofNullable(maps.get(new MapKey(scope, scopeId, name)));
    }

    @Override
    public Optional<CertificateStore> certificates(String name) {
        return Optional.ofNullable(certificates.get(name));
    }

    @Override
    public Optional<Consumer> consumer(String key) {
        return consumerByHash(Hashes.of(key));
    }

    @Override
    public Optional<Consumer> consumerByHash(String keyHash) {
        return Optional.ofNullable(consumers.get(keyHash));
    }

    @Override
    public Optional<Product> product(String name) {
        return Optional.ofNullable(products.get(name));
    }

    @Override
    public Optional<Application> application(String id) {
        return Optional.ofNullable(applications.get(id));
    }

    @Override
    public Set<String> deployed() {
        return deployed;
    }
}
