package io.imaint.services.user;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user as a client writes it; {@link User} explains the fields. */
record UserInput(
        @Description("The name for signing in; required for a new user, and never changed")
        @Pattern(regexp = User.ID, description = User.ID_WORDS)
        @Nullable
        String id,

        @Length(min = 1, max = User.NAME_LENGTH_MAX) String displayName,

        @Length(max = User.EMAIL_LENGTH_MAX) @Pattern(regexp = Names.EMAIL, description = "an e-mail address") @Nullable
        String email,

        @Description("Ids of roles beside those of the groups") @Size(max = 50)
        List<String> roles,

        @Description("Ids of groups") @Size(max = 50) List<String> groups,

        @Description("Whether the user sees every plant; plants is empty then") @Default("false")
        boolean allPlants,

        @Size(max = User.LIST_MAX) List<PlantCode> plants,

        @Description("Whose work is shown first")
        @Size(max = User.LIST_MAX)
        @Pattern(regexp = Names.WORK_CENTER, description = "a work center as plant/work center")
        List<String> workCenters,

        @Description("The person in SAP") @Pattern(regexp = "[0-9]{8}", description = "8 digits") @Nullable
        String personnelNumber,

        @Pattern(regexp = Names.LANGUAGE, description = "a language tag such as de") @Nullable
        String language,

        @Description("An IANA time zone; without it that of the plant holds") @Length(max = 60) @Nullable
        String timeZone) {
    UserInput {
        Names.requireName("displayName", displayName);
        Names.requireDistinct("roles", roles);
        Names.requireDistinct("groups", groups);
        Names.requireDistinct("plants", plants);
        Names.requireZone(timeZone);
        if (allPlants && !plants.isEmpty()) {
            throw new IllegalArgumentException("has all plants and names some of them");
        }
    }

    /** The user whom this makes of another. */
    User over(User before) {
        return new User(
                before.id(),
                displayName,
                email,
                before.status(),
                roles,
                groups,
                allPlants,
                plants,
                workCenters,
                personnelNumber,
                language,
                timeZone,
                before.externalId(),
                before.rightsVersion(),
                before.shownPlants(),
                before.provisioned(),
                before.userName(),
                before.givenName(),
                before.familyName());
    }

    static UserInput of(User user) {
        return new UserInput(
                user.id(),
                user.displayName(),
                user.email(),
                user.roles(),
                user.groups(),
                user.allPlants(),
                user.plants(),
                user.workCenters(),
                user.personnelNumber(),
                user.language(),
                user.timeZone());
    }
}
