package io.imaint.gateway.registry;

import io.imaint.kernel.identity.Caller;
import java.util.function.Consumer;
import java.util.function.Function;

/** What people set up: everything of the {@link Registry} as it is kept, for reading with revisions and for changing. */
public final class Configuration {
    private final GatewayRecords records;
    private final Sealing sealing;
    private final Consumer<Kind<?>> written;

    /** @param written called with the kind after each write, before it is answered */
    public Configuration(GatewayRecords records, Sealing sealing, Consumer<Kind<?>> written) {
        this.records = records;
        this.sealing = sealing;
        this.written = written;
    }

    /** The same in a caller's name, for the audit trail. */
    public Configuration as(Caller caller) {
        return new Configuration(records.as(caller), sealing, written);
    }

    public Entries<ApiProvider> providers() {
        return Entries.of(
                records.records(Kinds.PROVIDERS),
                provider -> StoredProvider.of(provider, sealing),
                stored -> stored.opened(sealing),
                () -> written.accept(Kinds.PROVIDERS));
    }

    /** By {@link KeyValueMap#id()}. */
    public Entries<KeyValueMap> maps() {
        return Entries.of(
                records.records(Kinds.MAPS),
                map -> StoredMap.of(map, sealing),
                stored -> stored.opened(sealing),
                () -> written.accept(Kinds.MAPS));
    }

    public Entries<CertificateStore> certificates() {
        return Entries.of(
                records.records(Kinds.CERTIFICATES),
                store -> StoredCertificates.of(store, sealing),
                stored -> stored.opened(sealing),
                () -> written.accept(Kinds.CERTIFICATES));
    }

    public Entries<Product> products() {
        return plain(Kinds.PRODUCTS);
    }

    /** By id. */
    public Entries<Application> applications() {
        return plain(Kinds.APPLICATIONS);
    }

    public Entries<ProxyRecord> proxies() {
        return plain(Kinds.PROXIES);
    }

    /** Those of the last days; any number, and no part of what is set up. */
    public GatewayRecords.Records<TestRequestRecord> testRequests() {
        return records.records(Kinds.TEST_REQUESTS);
    }

    public GatewayRecords.Bundles bundles() {
        return records.bundles();
    }

    private <R extends Record> Entries<R> plain(Kind<R> kind) {
        return Entries.of(records.records(kind), Function.identity(), Function.identity(), () -> written.accept(kind));
    }
}
