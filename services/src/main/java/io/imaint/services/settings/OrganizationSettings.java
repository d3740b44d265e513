package io.imaint.services.settings;

import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.settings.SettingValue.Place;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.LiveCollection;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the organization. Each has a delivered value, and where its definition allows it others for the whole
 * installation, a plant, a functional location, a unit, a team, a role, a user; of those that concern somebody, the
 * narrowest holds. Settings of processes, such as ports, are {@link io.imaint.kernel.settings.Settings}.
 */
public final class OrganizationSettings implements Routed {
    /** The collections for which seed data is delivered. */
    public static final List<CollectionType<?>> SEEDED = Stream.concat(
                    Stream.of(SettingCollections.SETTINGS, SettingCollections.BUSINESS_OBJECTS),
                    SettingCollections.REFERRED.values().stream())
            .toList();

    /** The collections whose changes callers may follow. */
    public static final List<LiveCollection> LIVE =
            List.of(new LiveCollection(SettingCollections.VALUES, SettingRoutes.READ));

    /** The languages of the organization with their texts, which the portal shows. */
    public static final CollectionType<?> LANGUAGES = SettingCollections.LANGUAGES;

    /** Finds the value that holds, whatever the plants of who asks. */
    static final Caller SYSTEM = Caller.system("settings");

    /** A directory that knows no users. */
    private static final Directory NOBODY = new Directory() {
        @Override
        public Optional<Person> person(String id) {
            return Optional.empty();
        }

        @Override
        public List<Person> holding(String role) {
            return List.of();
        }
    };

    static final Permission EDIT = new Permission("settings.edit");

    private final Store store;
    private final SettingRules rules;
    private final Places places;

    /** @param directory of the users for whom values are set */
    public OrganizationSettings(Store store, Directory directory) {
        this.store = store;
        this.rules = new SettingRules(store);
        this.places = new Places(store, directory);
    }

    /** For those who ask for plants, and for nobody in particular. */
    public OrganizationSettings(Store store) {
        this(store, NOBODY);
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(new SettingRoutes(this).routes().stream(), new RiskMatrices(store).routes().stream())
                .toList();
    }

    /**
     * The value that holds.
     *
     * @param user null for no particular user
     * @param plant null for no particular plant
     * @throws Failure {@code SETTING_NOT_FOUND}
     */
    public Effective of(String key, @Nullable String user, @Nullable PlantCode plant) {
        return of(setting(key), new Whose(user, plant, null, null));
    }

    /** The value that holds in a plant; empty where no such setting was delivered. */
    public Optional<Effective> in(@Nullable PlantCode plant, String key) {
        return store.documents(SettingCollections.SETTINGS)
                .find(key)
                .map(found -> of(found.value(), new Whose(null, plant, null, null)));
    }

    /**
     * As {@link #of(String, String, PlantCode)}, for people: a user or plant that does not exist is a mistake.
     *
     * @throws Failure {@code SETTING_NOT_FOUND}, {@code SETTING_VALUE_INVALID}
     */
    public Effective explained(String key, @Nullable String user, @Nullable PlantCode plant) {
        var setting = setting(key);
        var whose = new Whose(user, plant, null, null);
        requireSeen(whose);
        return of(setting, whose);
    }

    /** Whether values are texts in JSON, as those of durations and decimals are; {@code SETTING_NOT_FOUND}. */
    public boolean isText(String key) {
        return setting(key).value() instanceof String;
    }

    /**
     * Who and where a value is for; what is null is nobody or nowhere in particular.
     *
     * @param location a functional location; values of the superior ones hold for it too
     */
    record Whose(
            @Nullable String user,
            @Nullable PlantCode plant,
            @Nullable String location,
            @Nullable String unit) {}

    Effective of(Setting setting, Whose whose) {
        return of(List.of(setting), whose).getFirst();
    }

    List<Effective> of(List<Setting> settings, Whose whose) {
        var concerned = places.of(whose);
        var ids = settings.stream()
                .flatMap(setting -> at(setting, concerned).map(place -> place.of(setting.id())))
                .toList();
        // Those of all plants: which of them concern somebody is up to the places.
        var values = store.as(SYSTEM).documents(SettingCollections.VALUES);
        var found = new java.util.HashMap<String, Stored<SettingValue>>();
        for (int from = 0; from < ids.size(); from += Query.LIMIT_MAX) {
            found.putAll(values.findAll(ids.subList(from, Math.min(ids.size(), from + Query.LIMIT_MAX))));
        }
        return settings.stream()
                .map(setting -> effective(setting, at(setting, concerned).toList(), found))
                .toList();
    }

    private static Stream<Place> at(Setting setting, List<Place> concerned) {
        return concerned.stream().filter(place -> setting.levels().contains(place.level()));
    }

    private static Effective effective(Setting setting, List<Place> at, Map<String, Stored<SettingValue>> found) {
        var steps = new ArrayList<Effective.Step>();
        @Nullable Object winner = null;
        for (var place : at) {
            var stored = found.get(place.of(setting.id()));
            var value = stored == null ? null : stored.value().value();
            boolean wins = winner == null && value != null;
            winner = wins ? value : winner;
            steps.add(new Effective.Step(place.level().toString(), place.subject(), value, wins));
        }
        steps.add(new Effective.Step(Effective.DELIVERED, "", setting.value(), winner == null));
        return new Effective(setting.id(), winner == null ? setting.value() : winner, steps);
    }

    /** All definitions in the order of their keys. */
    List<Setting> settings() {
        return store.documents(SettingCollections.SETTINGS)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .values();
    }

    Setting setting(String key) {
        return store.documents(SettingCollections.SETTINGS)
                .find(key)
                .map(Stored::value)
                .orElseThrow(() -> SettingProblem.SETTING_NOT_FOUND.because(key));
    }

    /** The functional location's and plant's existence for the caller; everything that is wrong, by parameter. */
    void requireSeen(Whose whose) {
        var findings = new ArrayList<Finding>();
        if (whose.plant != null) {
            places.resolve(Level.PLANT, whose.plant.value(), findings, "plant");
        }
        if (whose.location != null) {
            places.resolve(Level.LOCATION, whose.location, findings, "location");
        }
        if (whose.user != null && !whose.user.equals(Caller.current().id())) {
            places.resolve(Level.USER, whose.user, findings, "user");
        }
        refuse(findings);
    }

    Stored<SettingValue> value(String key, Level level, String subject) {
        var id = new Place(level, subject).of(setting(key).id());
        return values(level, subject).find(id).orElseThrow(() -> SettingProblem.SETTING_VALUE_NOT_FOUND.because(id));
    }

    /**
     * Sets a value in the name of {@link Caller#current()}, whatever stands there.
     *
     * @param level such as {@code plant}
     * @param value as documents keep it
     * @throws Failure {@code SETTING_NOT_FOUND}; {@code SETTING_VALUE_INVALID} with everything that is wrong
     */
    public void set(String key, String level, String subject, Object value) {
        var place = level(level);
        var standing = values(place, subject).find(new Place(place, subject).of(key));
        set(key, new Place(place, subject), value, standing.map(Stored::rev).orElse(null));
    }

    /** Takes a value back, so that a wider one holds; {@code SETTING_VALUE_NOT_FOUND} when none is set. */
    public void unset(String key, String level, String subject) {
        var standing = value(key, level(level), subject);
        unset(key, standing.value().level(), subject, standing.rev());
    }

    private static Level level(String word) {
        return Stream.of(Level.values())
                .filter(level -> level.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> SettingProblem.SETTING_VALUE_INVALID.because(List.of(new Finding(
                        "level", "is '%s' but must be one of %s".formatted(word, List.of(Level.values()))))));
    }

    /** @param rev the revision that the caller saw; null where they saw no value */
    Stored<SettingValue> set(String key, Place named, Object value, @Nullable Long rev) {
        requireRight(named.level(), named.subject());
        var setting = setting(key);
        var findings = new ArrayList<Finding>();
        if (!setting.levels().contains(named.level())) {
            findings.add(new Finding(
                    "level", "is %s but %s may be set at %s only".formatted(named.level(), key, setting.levels())));
        }
        var place = places.resolve(named.level(), named.subject(), findings, "subject");
        findings.addAll(rules.findings(setting, value));
        refuse(findings);
        var wanted = SettingValue.of(setting, place, value);
        var values = values(named.level(), named.subject());
        var written = rev == null ? values.insert(wanted) : values.replace(wanted, rev);
        return switch (written) {
            case Written.Done<SettingValue> done -> done.stored();
            case Written.Lost<SettingValue> lost
            when rev == null -> throw HttpProblem.PRECONDITION_REQUIRED.because(wanted.id() + " has a value");
            case Written.Lost<SettingValue> lost -> throw lost(wanted.id(), lost.current());
        };
    }

    void unset(String key, Level level, String subject, long rev) {
        requireRight(level, subject);
        var id = new Place(level, subject).of(setting(key).id());
        var values = values(level, subject);
        if (!values.remove(id, rev)) {
            throw lost(id, values.find(id));
        }
    }

    private static void requireRight(Level level, String subject) {
        if (!own(level, subject) && !Caller.current().may(EDIT)) {
            throw HttpProblem.PERMISSION_MISSING.because(EDIT.name());
        }
    }

    private static boolean own(Level level, String subject) {
        return level == Level.USER && subject.equals(Caller.current().id());
    }

    /** The values as the caller may write them. One's own belong to no plant, and are one's own wherever one works. */
    private Documents<SettingValue> values(Level level, String subject) {
        var caller = Caller.current();
        var writer = own(level, subject)
                ? new Caller(
                        caller.id(),
                        caller.displayName(),
                        caller.roles(),
                        caller.permissions(),
                        PlantScope.ALL,
                        caller.personnelNumber(),
                        caller.session(),
                        caller.requestId(),
                        caller.address())
                : caller;
        return store.as(writer).documents(SettingCollections.VALUES);
    }

    private static Failure lost(String id, Optional<Stored<SettingValue>> current) {
        return current.map(standing -> HttpProblem.PRECONDITION_FAILED
                        .because("%s is in revision %d by now".formatted(id, standing.rev()))
                        .showing(new Versioned<>(SettingRoutes.Given.of(standing.value()), standing.rev())))
                .orElseGet(() -> SettingProblem.SETTING_VALUE_NOT_FOUND.because(id));
    }

    private static void refuse(List<Finding> findings) {
        if (!findings.isEmpty()) {
            throw SettingProblem.SETTING_VALUE_INVALID.because(findings);
        }
    }
}
