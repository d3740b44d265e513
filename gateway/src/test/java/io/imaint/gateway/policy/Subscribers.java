package io.imaint.gateway.policy;

import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.Application.Credential;
import io.imaint.gateway.registry.Application.Status;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Hashes;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Product.QuotaTerms;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An application that subscribes to a product, as policies meet it; tests change what they test. */
final class Subscribers {
    static final String KEY = "k3yOfTheDemoApplication";
    static final String SECRET = "s3cretOfTheDemoApplication";
    static final String APPLICATION = "06947a86-919e-4ca3-ac72-036723b18231";
    static final String CALLBACK = "https://app.example.com/callback";

    Status application = Status.APPROVED;
    Status key = Status.APPROVED;
    Status subscription = Status.APPROVED;
    Optional<Instant> keyExpiry = Optional.empty();
    String callback = CALLBACK;
    List<String> proxies = List.of("Demo");
    Map<String, List<String>> paths = Map.of();
    List<String> scopes = List.of("READ", "WRITE");
    List<KeyValueMap> maps = List.of();
    List<CertificateStore> certificates = List.of();

    Contents contents() {
        var product = new Product(
                "Orders",
                "Orders",
                "",
                proxies,
                paths,
                scopes,
                true,
                Optional.of(new QuotaTerms(1000, 1, "hour")),
                Map.of("region", "north"));
        var subscriptions = new LinkedHashMap<String, Status>();
        subscriptions.put("Orders", subscription);
        return new Contents(
                List.of(),
                maps,
                certificates,
                List.of(product),
                List.of(application(KEY, SECRET, APPLICATION, subscriptions), other(subscriptions)),
                Set.of("Demo"));
    }

    private Application application(String key, String secret, String id, Map<String, Status> subscriptions) {
        return new Application(
                id,
                "iCWP",
                "Connected worker",
                "dev@example.com",
                callback,
                application,
                List.of(new Credential(
                        Hashes.of(key),
                        key.substring(0, 4),
                        Hashes.of(secret),
                        this.key,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        keyExpiry,
                        subscriptions)),
                Map.of("plant", "1000"));
    }

    private Application other(Map<String, Status> subscriptions) {
        return application("otherKey", "otherSecret", "f47585a9-86ff-4016-bb4e-fe4f63c4c821", subscriptions);
    }
}
