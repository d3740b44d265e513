package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Secret;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded store. Each view has a store of its own, as each process has. */
class GatewayStoreIT extends GatewayRecordsContract {
    @TempDir
    Path directory;

    private final List<Store> stores = new ArrayList<>();

    /** The address of a MongoDB; empty for the embedded store. */
    Optional<Secret> mongo() {
        return Optional.empty();
    }

    private Store store() {
        var store = StoreService.open(new StoreSettings(directory, mongo()));
        stores.add(store);
        return store;
    }

    @AfterEach
    void closeStores() {
        stop();
        stores.forEach(Store::close);
        stores.clear();
    }

    @Override
    GatewayRecords open() {
        return new GatewayStore(store());
    }

    @Override
    GatewayRecords reopen() {
        closeStores();
        return open();
    }

    @Test
    void showsTheAuditTrailNoSecret() {
        var sealing = new Sealing(new SealingKey(
                "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
        var provider = new ApiProvider(
                "S4",
                "",
                "",
                false,
                "sap.example.com",
                443,
                true,
                "",
                "",
                Optional.of("ICWP"),
                Optional.of(new Secret("s3cret")),
                "",
                "",
                "",
                "");
        var noted = new java.util.concurrent.LinkedBlockingQueue<String>();
        var store = store();
        var subscription = store.facts()
                .subscribe(
                        "test",
                        facts -> facts.forEach(fact -> noted.add(fact.by().id() + " " + fact.data())));
        new Configuration(new GatewayStore(store), sealing, kind -> {})
                .as(Caller.system("anna"))
                .providers()
                .insert(provider);
        Awaitility.await().until(() -> !noted.isEmpty());
        subscription.close();

        assertThat(noted.poll())
                .startsWith("system:anna")
                .contains("sap.example.com", "***")
                .doesNotContain("s3cret");
    }
}
