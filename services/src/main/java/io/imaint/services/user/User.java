package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
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
        long rightsVersion) {

    /** This user in another status. Open sessions have to look again. */
    public User raised(Status next) {
        return new User(
                id,
                displayName,
                email,
                next,
                roles,
                groups,
                allPlants,
                plants,
                workCenters,
                personnelNumber,
                language,
                timeZone,
                externalId,
                rightsVersion + 1);
    }

    /** This user in other groups. Open sessions have to look again. */
    public User inGroups(List<String> others) {
        return new User(
                id,
                displayName,
                email,
                status,
                roles,
                others,
                allPlants,
                plants,
                workCenters,
                personnelNumber,
                language,
                timeZone,
                externalId,
                rightsVersion + 1);
    }

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
}
