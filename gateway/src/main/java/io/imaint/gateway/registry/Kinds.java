package io.imaint.gateway.registry;

import java.util.List;

/** Everything that the gateway keeps. */
public final class Kinds {
    static final Kind<StoredProvider> PROVIDERS =
            Kind.configuration("ApiProvider", StoredProvider.class, StoredProvider::name, "password");
    static final Kind<StoredMap> MAPS = Kind.configuration("KeyValueMap", StoredMap.class, StoredMap::id, "entries");
    static final Kind<StoredCertificates> CERTIFICATES =
            Kind.configuration("CertificateStore", StoredCertificates.class, StoredCertificates::name, "keys");
    static final Kind<Product> PRODUCTS = Kind.configuration("ApiProduct", Product.class, Product::name);
    static final Kind<Application> APPLICATIONS =
            Kind.configuration("ApiApplication", Application.class, Application::id);
    public static final Kind<ProxyRecord> PROXIES =
            Kind.configuration("ApiProxy", ProxyRecord.class, ProxyRecord::name);
    static final Kind<StoredToken> TOKENS = Kind.passing("ApiToken", StoredToken.class, StoredToken::id, "keptUntil");
    static final Kind<StoredCount> COUNTERS =
            Kind.passing("ApiCounter", StoredCount.class, StoredCount::id, "expiresAt");

    static final Kind<TestRequestRecord> TEST_REQUESTS =
            Kind.passing("ApiTestRequest", TestRequestRecord.class, TestRequestRecord::id, "keptUntil");

    /** All kinds, for those who dump or reset a store. */
    public static final List<Kind<?>> ALL =
            List.of(PROVIDERS, MAPS, CERTIFICATES, PRODUCTS, APPLICATIONS, PROXIES, TOKENS, COUNTERS, TEST_REQUESTS);

    private Kinds() {}
}
