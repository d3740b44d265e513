package io.imaint.gateway.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is set up, as it is known in memory. Nothing here waits; changes of other processes arrive within two seconds. */
public interface Registry {
    Optional<ApiProvider> provider(String name);

    /** The map of a scope; {@code scopeId} is empty for the organization and the environment. */
    Optional<KeyValueMap> map(KeyValueMap.Scope scope, String scopeId, String name);

    /** Whether there is a store of certificates of this name. */
    Optional<CertificateStore> certificates(String name);

    /** The application that a key belongs to, with what the key may call; empty for an unknown key. */
    Optional<Consumer> consumer(String key);

    /** The same by the hash of the key, as tokens keep it. */
    Optional<Consumer> consumerByHash(String keyHash);

    Optional<Product> product(String name);

    Optional<Application> application(String id);

    /** The names of the proxies that are deployed. */
    Set<String> deployed();

    /**
     * An application and the key that it showed.
     *
     * @param products those of the key that there are, whatever their status; in their order
     */
    record Consumer(Application application, Application.Credential credential, List<Product> products) {}
}
