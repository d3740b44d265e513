package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.sealing.SealingKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract on the records in memory. */
class InMemoryRecordsTest extends GatewayRecordsContract {
    private final InMemoryRecords records = new InMemoryRecords(InstantSource.system());

    @Override
    GatewayRecords open() {
        return records;
    }

    @Override
    GatewayRecords reopen() {
        return records;
    }

    @Test
    void notesWhoChangedWhat() {
        var sealing = new Sealing(new SealingKey(
                "a key that nobody can guess, not even you", new SecureRandom(), RegistryProblem.GATEWAY_KEY_UNUSABLE));
        new Configuration(records, sealing, kind -> {})
                .as(Caller.system("anna"))
                .products()
                .insert(new Product("P", "P", "", List.of(), Map.of(), List.of(), false, Optional.empty(), Map.of()));

        assertThat(records.trail())
                .containsExactly(new InMemoryRecords.Trail("system:anna", "ApiProduct", "P", List.of()));
    }
}
