package io.imaint.services.seed;

import io.imaint.services.alert.Alerts;
import io.imaint.services.preferences.MobilePreferences;
import io.imaint.services.settings.OrganizationSettings;
import io.imaint.services.user.UserCollections;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The seeded collections, in the order of their references. Those that a service declares are here by its declaration;
 * the others are documents until a service reads them.
 */
public final class SeedCollections {
    /** People: inserted once, and from then on the customer's; see {@link SeedPlanner}. */
    static final String USERS = UserCollections.USERS.name();

    /** The texts of the interface, to which {@code x-text} refers. */
    static final String TEXTS = "Language";

    /** The collections whose documents a reset keeps unless it is told otherwise. */
    public static final List<CollectionType<?>> PEOPLE =
            List.of(UserCollections.USERS, UserCollections.ROLES, UserCollections.GROUPS);

    static final List<String> NAMES = List.of(
            "Permission",
            "Role",
            "Language",
            "User",
            "AlertString",
            "RiskMatrix",
            "MasterBo",
            "Configurations",
            "MobileAppPreference",
            "Integrations",
            "SapInbound",
            "MasterForm",
            "MasterFormPage",
            "MasterFormPageSection",
            "MasterFormPageSectionField",
            "MasterFormPageSectionFieldLogic",
            "Report",
            "Widget",
            "Dashboard",
            "WidgetConfiguration");

    private static final Map<String, SeedSchema> SCHEMAS =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(name -> name, SeedCollections::schema));

    /** One declaration for each, because a store knows a collection by it. */
    private static final Map<String, CollectionType<?>> OF_SERVICES = Stream.of(
                    List.of(UserCollections.USERS, UserCollections.ROLES),
                    Alerts.SEEDED,
                    OrganizationSettings.SEEDED,
                    MobilePreferences.SEEDED)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(CollectionType::name, type -> type));

    private static final Map<String, CollectionType<Document>> OF_NONE = NAMES.stream()
            .filter(name -> !OF_SERVICES.containsKey(name))
            .collect(Collectors.toUnmodifiableMap(
                    name -> name,
                    name -> CollectionType.ofDocuments(name, "id")
                            .unscoped("configuration of the installation, the same in all plants")));

    private SeedCollections() {}

    /**
     * All seeded collections by name.
     *
     * @param declared collections that other modules declare
     */
    static SequencedMap<String, CollectionType<?>> all(List<CollectionType<?>> declared) {
        var others = declared.stream().collect(Collectors.toMap(CollectionType::name, type -> type));
        var all = new LinkedHashMap<String, CollectionType<?>>();
        for (var name : NAMES) {
            var type = others.containsKey(name) ? others.get(name) : OF_SERVICES.get(name);
            all.put(name, type == null ? java.util.Objects.requireNonNull(OF_NONE.get(name)) : type);
        }
        return all;
    }

    /** The schema of a seeded collection's documents; {@link java.util.NoSuchElementException} for any other. */
    static SeedSchema schemaOf(String collection) {
        return java.util.Optional.ofNullable(SCHEMAS.get(collection)).orElseThrow();
    }

    /** Whether a service reads the documents as records, and may have fields in them that no seed has. */
    static boolean isOfService(CollectionType<?> type) {
        return OF_NONE.get(type.name()) != type;
    }

    private static SeedSchema schema(String collection) {
        try (var resource = SeedSource.Program.resource("schema/" + collection + ".schema.json")) {
            return new SeedSchema(SeedJson.read(resource.readAllBytes()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SeedJson.Broken broken) {
            throw new AssertionError("the schema of " + collection, broken);
        }
    }
}
