package io.imaint.services.auth;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Instant;
import java.util.List;

/**
 * A key by which a machine calls the API in the name of its owner.
 *
 * @param owner the id of a user; the key never allows more than its owner is allowed when it is used
 * @param hash of the secret part
 * @param permissions what the key allows
 * @param plants of these plants only; empty is all of the owner's
 * @param networks addresses or blocks such as {@code 10.1.0.0/16} from which it is good; empty is any
 */
record ApiKey(
        String id,
        String name,
        String owner,
        String hash,
        List<String> permissions,
        List<PlantCode> plants,
        List<String> networks,
        Instant createdAt,
        Instant endsAt) {
    ApiKey {
        permissions = List.copyOf(permissions);
        plants = List.copyOf(plants);
        networks = List.copyOf(networks);
    }
}
