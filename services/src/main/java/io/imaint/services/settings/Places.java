package io.imaint.services.settings;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.settings.OrganizationSettings.Whose;
import io.imaint.services.settings.SettingValue.Place;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where values may stand: for whom each counts, and whether there is such a subject. */
final class Places {
    /** Deeper than any plant; a circle in the hierarchy ends there too. */
    private static final int LOCATION_DEPTH_MAX = 30;

    /** What the id of a unit may be, as long as units are not data of their own. */
    private static final String UNIT = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";

    private final Store store;
    private final Directory directory;

    Places(Store store, Directory directory) {
        this.store = store;
        this.directory = directory;
    }

    /** The places whose values count for somebody somewhere, the one that counts most first. */
    List<Place> of(Whose whose) {
        var places = new ArrayList<Place>();
        if (whose.user() != null) {
            var user = whose.user();
            places.add(new Place(Level.USER, user));
            directory
                    .person(user)
                    .ifPresent(person ->
                            person.roles().stream().sorted().forEach(role -> places.add(new Place(Level.ROLE, role))));
            store.documents(UserCollections.USERS)
                    .find(user)
                    .ifPresent(found -> found.value().groups().stream()
                            .sorted()
                            .forEach(team -> places.add(new Place(Level.TEAM, team))));
        }
        if (whose.unit() != null) {
            places.add(new Place(Level.UNIT, whose.unit()));
        }
        var plant = Optional.ofNullable(whose.plant()).map(PlantCode::value);
        var location = whose.location() == null ? null : location(store, whose.location());
        if (location != null) {
            plant = plant.or(() -> plantOf(location));
            addLocations(location, places);
        }
        plant.ifPresent(code -> places.add(new Place(Level.PLANT, code)));
        places.add(new Place(Level.GLOBAL, Level.ALL));
        return places;
    }

    private void addLocations(Document lowest, List<Place> places) {
        @Nullable Document at = lowest;
        for (int depth = 0; at != null && depth < LOCATION_DEPTH_MAX; depth++) {
            places.add(new Place(Level.LOCATION, at.text("functionalLocation").orElseThrow()));
            var superior = at.text("superiorFunctionalLocation").orElse("");
            at = superior.isEmpty() ? null : location(store, superior);
        }
    }

    private static @Nullable Document location(Store store, String id) {
        return store.as(OrganizationSettings.SYSTEM)
                .documents(Replicas.FUNCTIONAL_LOCATIONS)
                .find(id)
                .map(Stored::value)
                .orElse(null);
    }

    private static Optional<String> plantOf(Document document) {
        return document.text("plant");
    }

    /**
     * A place with its plant, as far as the caller sees it: what they do not see does not exist for them.
     *
     * @param findings takes what is wrong, under the name of the parameter
     */
    Place resolve(Level level, String subject, List<Finding> findings, String parameter) {
        var seen = store.as(Caller.current());
        boolean exists = true;
        @Nullable PlantCode plant = null;
        switch (level) {
            case GLOBAL -> exists = subject.equals(Level.ALL);
            case PLANT -> {
                exists = seen.documents(Replicas.PLANTS).find(subject).isPresent();
                plant = exists ? new PlantCode(subject) : null;
            }
            case LOCATION -> {
                var location = seen.documents(Replicas.FUNCTIONAL_LOCATIONS).find(subject);
                exists = location.isPresent();
                plant = location.map(Stored::value)
                        .flatMap(Places::plantOf)
                        .map(PlantCode::new)
                        .orElse(null);
            }
            case UNIT -> exists = subject.matches(UNIT);
            case TEAM ->
                exists = store.documents(UserCollections.GROUPS).find(subject).isPresent();
            case ROLE ->
                exists = store.documents(UserCollections.ROLES).find(subject).isPresent();
            case USER ->
                exists = subject.equals(Caller.current().id())
                        || directory.person(subject).isPresent();
        }
        if (!exists) {
            findings.add(new Finding(parameter, "is '%s', which is %s".formatted(subject, missing(level))));
        }
        return new Place(level, subject, plant);
    }

    private static String missing(Level level) {
        return switch (level) {
            case GLOBAL -> "not '%s', the only subject of this level".formatted(Level.ALL);
            case PLANT -> "no plant that you see";
            case LOCATION -> "no functional location that you see";
            case UNIT -> "no id of a unit";
            case TEAM -> "no group";
            case ROLE -> "no role";
            case USER -> "no active user";
        };
    }
}
