package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The seeded collections, in the order of their references. Those that a service declares come with its declaration; the
 * others are documents until a service reads them.
 */
public final class SeedCollections {
    /** People: inserted once, and from then on the customer's; see {@link SeedPlanner}. */
    static final String USERS = "User";

    /** The texts of the interface, to which {@code x-text} refers. */
    static final String TEXTS = "Language";

    static final List<String> NAMES = List.of(
            "Permission",
            "Role",
            "Language",
            "User",
            "AlertString",
            "AlertRules",
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
    private static final Map<String, CollectionType<Document>> OF_NONE = NAMES.stream()
            .collect(Collectors.toUnmodifiableMap(
                    name -> name,
                    name -> CollectionType.ofDocuments(name, "id")
                            .unscoped("configuration of the installation, the same in all plants")));

    /** All seeded collections, and what is noted of seeding. */
    public static List<CollectionType<?>> withStates(List<CollectionType<?>> declared) {
        return Stream.concat(all(declared).values().stream(), Stream.of(SeedState.TYPE, SeedConflict.TYPE))
                .toList();
    }

    private SeedCollections() {}

    /**
     * All seeded collections by name.
     *
     * @param declared seeded collections that services declare, whose package this one does not know
     */
    static SequencedMap<String, CollectionType<?>> all(List<CollectionType<?>> declared) {
        var others = declared.stream().collect(Collectors.toMap(CollectionType::name, type -> type));
        var all = new LinkedHashMap<String, CollectionType<?>>();
        for (var name : NAMES) {
            var type = others.get(name);
            all.put(name, type == null ? Objects.requireNonNull(OF_NONE.get(name)) : type);
        }
        return all;
    }

    /** The schema of a seeded collection's documents; {@link java.util.NoSuchElementException} for any other. */
    static SeedSchema schemaOf(String collection) {
        return Optional.ofNullable(SCHEMAS.get(collection)).orElseThrow();
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
