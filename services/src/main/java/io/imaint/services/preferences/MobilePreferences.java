package io.imaint.services.preferences;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.services.settings.KeptJson;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The mobile preferences and their routes. */
public final class MobilePreferences implements Routed {
    static final CollectionType<Document> PREFERENCES = CollectionType.ofDocuments("MobileAppPreference", "id")
            .unscoped("what the mobile app can do is the same in all plants");

    private static final CollectionType<MobileChoices> CHOICES = CollectionType.of(
                    "MobileChoices", MobileChoices.class, MobileChoices::user)
            .unscoped("the choices of one user, which only they see");

    /** The collections for which seed data is delivered. */
    public static final List<CollectionType<?>> SEEDED = List.of(PREFERENCES);

    private static final Permission READ = new Permission("preferences.read");
    private static final Permission EDIT = new Permission("preferences.edit");

    private static final String PATH = "/api/mobile-preferences";
    private static final String OWN = PATH + "/choices";
    private static final String ONE = PATH + "/{id}";

    static final String VALUE_PATTERN = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._/-]*";
    static final String VALUE_WORDS = "a key of letters, digits, spaces, dots, dashes and slashes";

    private final Store store;
    private final PreferenceEditing editing;

    MobilePreferences(Store store) {
        this.store = store;
        this.editing = new PreferenceEditing(store);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Shows what the mobile app can do for the caller, and how it begins")
                        .permits(READ)
                        .answers(Effective.class)
                        .handles(ShowEffective.class, this::effective),
                Route.get(OWN, "Shows the plant, unit, position and shift that the caller chose")
                        .permits(READ)
                        .answersVersioned(Choices.class)
                        .handles(this::choices),
                Route.put(OWN, "Chooses the caller's plant, unit, position and shift")
                        .permits(READ)
                        .answersVersioned(Choices.class)
                        .handles(Choose.class, this::choose),
                Route.get(ONE, "Shows a mobile preference")
                        .permits(READ)
                        .answersVersioned(Preference.class)
                        .handles(One.class, asked -> versioned(editing.find(asked.id))),
                Route.put(ONE, "Replaces a mobile preference")
                        .permits(EDIT)
                        .answersVersioned(Preference.class)
                        .handles(
                                Replace.class,
                                asked -> versioned(editing.replace(asked.id, asked.preference.document, asked.rev))));
    }

    record ShowEffective(@Default("all") Platform platform) {}

    record One(@Path String id) {}

    record Replace(
            @Path String id,
            @Body PreferenceInput preference,
            @IfMatch long rev) {}

    record PreferenceInput(
            @Description("Switches and defaults, as the schema of MobileAppPreference in the seed data describes them")
            JsonNode document) {}

    record Choose(@Body Choices choices, @IfMatch long rev) {}

    /** A stored preference. */
    record Preference(String id, JsonNode document) {}

    /** Why a feature is on or off. */
    enum Reason {
        ON("on"),
        SWITCHED_OFF("switched-off"),
        PERMISSION_MISSING("permission-missing");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A feature for the caller. */
    record Feature(
            String key,
            boolean enabled,
            String reason,

            @Description("The mobile preference that switches it")
            String preference,

            @Description("The permission that it needs; null for none") @Nullable
            String permission,

            Map<String, String> title,
            Map<String, String> description) {
        Feature(
                String key,
                boolean enabled,
                Reason reason,
                String preference,
                @Nullable String permission,
                Map<String, String> title,
                Map<String, String> description) {
            this(key, enabled, reason.toString(), preference, permission, title, description);
        }
    }

    /** Where the caller works now. */
    record Choices(
            @Nullable PlantCode plant,

            @Length(max = 60)
            @io.imaint.kernel.http.Pattern(regexp = VALUE_PATTERN, description = VALUE_WORDS)
            @Nullable
            String unit,

            @Length(max = 60)
            @io.imaint.kernel.http.Pattern(regexp = VALUE_PATTERN, description = VALUE_WORDS)
            @Nullable
            String position,

            @Length(max = 60)
            @io.imaint.kernel.http.Pattern(regexp = VALUE_PATTERN, description = VALUE_WORDS)
            @Nullable
            String shift) {
        static Choices of(MobileChoices stored) {
            return new Choices(stored.plant(), stored.unit(), stored.position(), stored.shift());
        }

        MobileChoices of(String user) {
            return new MobileChoices(user, plant, unit, position, shift);
        }
    }

    /** What holds for the caller on a platform. */
    record Effective(
            Platform platform,

            @Description("The mobile preferences that hold, the nearest first")
            List<String> preferences,

            List<Feature> features,

            @Description("The first values of what users can change")
            JsonNode defaults,

            @Description("Whether work offline needs the installed app")
            boolean installedOnly,

            Choices choices,

            @Description("What the caller must choose before the first synchronization")
            List<String> missing) {}

    private Effective effective(ShowEffective asked) {
        var chain = editing.chain(asked.platform);
        var chosen = seen(Caller.current());
        return new Effective(
                asked.platform,
                chain.ids(),
                chain.features(Caller.current()),
                chain.defaults(),
                chain.installedOnly(),
                Choices.of(chosen),
                chain.scope("required").stream()
                        .filter(dimension -> !chosen.chosen().containsKey(dimension))
                        .toList());
    }

    private Documents<MobileChoices> documents() {
        return store.as(Caller.current()).documents(CHOICES);
    }

    /** What the caller chose, as far as they still see the plant. */
    private MobileChoices seen(Caller caller) {
        var stored = documents().find(caller.id()).map(Stored::value).orElseGet(() -> MobileChoices.none(caller.id()));
        return stored.plant() == null || caller.plants().includes(stored.plant()) ? stored : stored.withoutPlant();
    }

    private Versioned<Choices> choices() {
        var caller = Caller.current();
        long rev = documents().find(caller.id()).map(Stored::rev).orElse(0L);
        return new Versioned<>(Choices.of(seen(caller)), rev);
    }

    private Versioned<Choices> choose(Choose asked) {
        var wanted = asked.choices.of(Caller.current().id());
        verify(wanted);
        var written = asked.rev == 0 ? documents().insert(wanted) : documents().replace(wanted, asked.rev);
        return switch (written) {
            case Written.Done<MobileChoices> done ->
                new Versioned<>(Choices.of(done.stored().value()), done.stored().rev());
            case Written.Lost<MobileChoices> lost -> throw changed(lost.current());
        };
    }

    private void verify(MobileChoices wanted) {
        var findings = new ArrayList<Finding>();
        var asked = editing.chain(Platform.ALL).scope("asked");
        wanted.chosen().keySet().stream()
                .filter(dimension -> !asked.contains(dimension))
                .forEach(dimension -> findings.add(new Finding("/" + dimension, "is nothing that users choose here")));
        var plant = wanted.plant();
        if (plant != null
                && store.as(Caller.current())
                        .documents(Replicas.PLANTS)
                        .find(plant.value())
                        .isEmpty()) {
            findings.add(new Finding("/plant", "is '%s', which is no plant that you see".formatted(plant)));
        }
        if (!findings.isEmpty()) {
            throw PreferenceProblem.MOBILE_PREFERENCE_INVALID.because(findings);
        }
    }

    private static Failure changed(Optional<Stored<MobileChoices>> current) {
        var shown = current.map(stored -> new Versioned<>(Choices.of(stored.value()), stored.rev()))
                .orElseGet(() -> new Versioned<>(new Choices(null, null, null, null), 0));
        return HttpProblem.PRECONDITION_FAILED
                .because("your choices were changed on another device")
                .showing(shown);
    }

    static Versioned<Preference> versioned(Stored<Document> stored) {
        return new Versioned<>(
                new Preference(stored.key(), KeptJson.json(PreferenceEditing.shown(stored.value()))), stored.rev());
    }
}
