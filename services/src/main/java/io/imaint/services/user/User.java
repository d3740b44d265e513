package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in, or a machine that holds API keys.
 *
 * @param id the name for signing in, in lower case; never reused
 * @param roles ids of roles that the user holds beside those of the groups
 * @param groups ids of groups
 * @param allPlants whether the user sees every plant; {@code plants} is empty then
 * @param plants the plants whose documents the user sees beside those of the groups
 * @param workCenters work centers whose work is shown first, as plant/work center
 * @param personnelNumber the person in SAP (PERNR, 8 digits) in whose name work is confirmed
 * @param language a language tag such as {@code de}
 * @param timeZone an IANA time zone; null takes that of the plant
 * @param externalId the user's id in the identity system that provisions it (SCIM)
 * @param rightsVersion raised by each change after which open sessions have to end or look again
 * @param shownPlants the plants that the user wants to see, of those they may; empty is all
 * @param provisioned whether an identity system keeps name, e-mail and groups (SCIM); nobody else changes them
 */
public record User(
        String id,
        String displayName,
        @Nullable String email,
        Status status,
        List<String> roles,
        List<String> groups,
        boolean allPlants,
        List<PlantCode> plants,
        List<String> workCenters,
        @Nullable String personnelNumber,
        @Nullable String language,
        @Nullable String timeZone,
        @Nullable String externalId,
        long rightsVersion,
        List<PlantCode> shownPlants,
        boolean provisioned) {

    static final int NAME_LENGTH_MAX = 120;
    static final int EMAIL_LENGTH_MAX = 254;
    static final int LIST_MAX = 500;

    /** What a name for signing in looks like. */
    static final String ID = "[a-z0-9][a-z0-9._@-]{0,119}";

    static final String ID_WORDS =
            "1 to 120 small letters, digits, dots, dashes, underscores and @, beginning with a letter or digit";

    /** Whether a user can sign in. */
    public enum Status {
        /** Has no credential yet. */
        INVITED("invited"),
        ACTIVE("active"),
        DISABLED("disabled");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public User {
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
        plants = List.copyOf(plants);
        workCenters = List.copyOf(workCenters);
        shownPlants = List.copyOf(shownPlants);
    }

    /** A user of a name and nothing else, who has no credential yet. */
    static User invited(String id, String displayName) {
        return new User(
                id, displayName, null, Status.INVITED, List.of(), List.of(), false, List.of(), List.of(), null, null,
                null, null, 1, List.of(), false);
    }

    /** This user in another status. Open sessions have to look again. */
    public User raised(Status next) {
        return with(next).inRightsVersion(rightsVersion + 1);
    }

    User with(Status other) {
        return new User(
                id, displayName, email, other, roles, groups, allPlants, plants, workCenters, personnelNumber, language,
                timeZone, externalId, rightsVersion, shownPlants, provisioned);
    }

    User inGroups(List<String> others) {
        return new User(
                id, displayName, email, status, roles, others, allPlants, plants, workCenters, personnelNumber, language,
                timeZone, externalId, rightsVersion, shownPlants, provisioned);
    }

    User named(String name, @Nullable String address, @Nullable String external) {
        return new User(
                id, name, address, status, roles, groups, allPlants, plants, workCenters, personnelNumber, language,
                timeZone, external, rightsVersion, shownPlants, true);
    }

    User preferring(@Nullable String tag, @Nullable String zone, List<PlantCode> shown) {
        return new User(
                id, displayName, email, status, roles, groups, allPlants, plants, workCenters, personnelNumber, tag,
                zone, externalId, rightsVersion, shown, provisioned);
    }

    User inRightsVersion(long version) {
        return new User(
                id, displayName, email, status, roles, groups, allPlants, plants, workCenters, personnelNumber, language,
                timeZone, externalId, version, shownPlants, provisioned);
    }

    /** Whether sessions that were opened with the rights of the other have to end or look again. */
    boolean differsInRights(User other) {
        return status != other.status
                || allPlants != other.allPlants
                || !Set.copyOf(roles).equals(Set.copyOf(other.roles))
                || !Set.copyOf(groups).equals(Set.copyOf(other.groups))
                || !Set.copyOf(plants).equals(Set.copyOf(other.plants));
    }
}
