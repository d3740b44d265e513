package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Users who share roles and plants, such as the crew of a unit. What a user may do is the sum of their own roles and plants
 * and those of their groups.
 *
 * @param externalId the group's id in the identity system that provisions it (SCIM)
 * @param provisioned whether an identity system keeps name and members (SCIM); nobody else changes them
 */
public record Group(
        String id,
        String name,
        List<String> roles,
        boolean allPlants,
        List<PlantCode> plants,
        List<String> workCenters,
        @Nullable String externalId,
        boolean provisioned) {
    public Group {
        roles = List.copyOf(roles);
        plants = List.copyOf(plants);
        workCenters = List.copyOf(workCenters);
    }
}
