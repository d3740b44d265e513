package io.imaint.services.user;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group as a client writes it; {@link Group} explains the fields. */
record GroupInput(
        @Description("Made up when a new group names none; never changed")
        @Length(max = Names.ID_LENGTH_MAX)
        @Pattern(regexp = Names.ID, description = Names.ID_WORDS)
        @Nullable
        String id,

        @Length(min = 1, max = User.NAME_LENGTH_MAX) String name,

        @Description("Ids of roles that every member holds") @Size(max = 50)
        List<String> roles,

        @Description("Whether members see every plant; plants is empty then") @Default("false")
        boolean allPlants,

        @Size(max = User.LIST_MAX) List<PlantCode> plants,

        @Size(max = User.LIST_MAX) @Pattern(regexp = Names.WORK_CENTER, description = "a work center as plant/work center")
        List<String> workCenters) {
    GroupInput {
        Names.requireName("name", name);
        Names.requireDistinct("roles", roles);
        Names.requireDistinct("plants", plants);
        if (allPlants && !plants.isEmpty()) {
            throw new IllegalArgumentException("has all plants and names some of them");
        }
    }

    /** The group that this makes of another. */
    Group over(Group before) {
        return new Group(
                before.id(), name, roles, allPlants, plants, workCenters, before.externalId(), before.provisioned());
    }

    Group group(String key) {
        return new Group(key, name, roles, allPlants, plants, workCenters, null, false);
    }

    static GroupInput of(Group group) {
        return new GroupInput(
                group.id(), group.name(), group.roles(), group.allPlants(), group.plants(), group.workCenters());
    }
}
