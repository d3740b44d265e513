package io.imaint.services.user;

import io.imaint.kernel.identifiers.PlantCode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A person who signs in, or a machine that holds API keys.
 *
 * @param id the name for signing in, in lower case; never changed, never reused
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
 * @param userName the name that an identity system has given the user since, by which they sign in too; null for none
 * @param givenName as an identity system knows it
 * @param familyName as an identity system knows it
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
        boolean provisioned,
        @Nullable String userName,
        @Nullable String givenName,
        @Nullable String familyName) {

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

    /** A user whose names no identity system keeps. */
    public User(
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
        this(
                id,
                displayName,
                email,
                status,
                roles,
                groups,
                allPlants,
                plants,
                workCenters,
                personnelNumber,
                language,
                timeZone,
                externalId,
                rightsVersion,
                shownPlants,
                provisioned,
                null,
                null,
                null);
    }

    /** A user of a name and nothing else, who has no credential yet. */
    static User invited(String id, String displayName) {
        return new User(
                id,
                displayName,
                null,
                Status.INVITED,
                List.of(),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                1,
                List.of(),
                false);
    }

    /** A user to be changed field by field. */
    private static final class Changing {
        private final User from;
        private String displayName;
        private @Nullable String email;
        private Status status;
        private List<String> groups;
        private @Nullable String language;
        private @Nullable String timeZone;
        private @Nullable String externalId;
        private long rightsVersion;
        private List<PlantCode> shownPlants;
        private boolean provisioned;
        private @Nullable String userName;
        private @Nullable String givenName;
        private @Nullable String familyName;

        private Changing(User from) {
            this.from = from;
            displayName = from.displayName;
            email = from.email;
            status = from.status;
            groups = from.groups;
            language = from.language;
            timeZone = from.timeZone;
            externalId = from.externalId;
            rightsVersion = from.rightsVersion;
            shownPlants = from.shownPlants;
            provisioned = from.provisioned;
            userName = from.userName;
            givenName = from.givenName;
            familyName = from.familyName;
        }

        private User changed() {
            return new User(
                    from.id,
                    displayName,
                    email,
                    status,
                    from.roles,
                    groups,
                    from.allPlants,
                    from.plants,
                    from.workCenters,
                    from.personnelNumber,
                    language,
                    timeZone,
                    externalId,
                    rightsVersion,
                    shownPlants,
                    provisioned,
                    userName,
                    givenName,
                    familyName);
        }
    }

    private User changed(Consumer<Changing> change) {
        var changing = new Changing(this);
        change.accept(changing);
        return changing.changed();
    }

    /** This user in another status. Open sessions have to look again. */
    public User raised(Status next) {
        return with(next).inRightsVersion(rightsVersion + 1);
    }

    User with(Status other) {
        return changed(user -> user.status = other);
    }

    /** This user in other groups; whoever changes rights so raises their version. */
    public User inGroups(List<String> others) {
        return changed(user -> user.groups = others);
    }

    /** The names of a user as an identity system keeps them. */
    record Naming(
            String display,
            @Nullable String user,
            @Nullable String given,
            @Nullable String family) {}

    User named(Naming names, @Nullable String address, @Nullable String external) {
        return changed(user -> {
            user.displayName = names.display();
            user.userName = names.user();
            user.givenName = names.given();
            user.familyName = names.family();
            user.email = address;
            user.externalId = external;
            user.provisioned = true;
        });
    }

    /** The name by which an identity system knows the user. */
    String provisionedName() {
        return userName == null ? id : userName;
    }

    User preferring(@Nullable String tag, @Nullable String zone, List<PlantCode> shown) {
        return changed(user -> {
            user.language = tag;
            user.timeZone = zone;
            user.shownPlants = shown;
        });
    }

    User inRightsVersion(long version) {
        return changed(user -> user.rightsVersion = version);
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
