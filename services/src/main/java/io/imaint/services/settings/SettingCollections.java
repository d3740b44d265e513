package io.imaint.services.settings;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.Map;

/** The collections of the settings service. The names of those that are seeded: guide 2.3. */
final class SettingCollections {
    static final CollectionType<Setting> SETTINGS =
            CollectionType.of("Configurations", Setting.class, Setting::id).unscoped("definitions hold in every plant");

    static final CollectionType<SettingValue> VALUES = CollectionType.of(
                    "SettingValues", SettingValue.class, SettingValue::id)
            .unique("key", "level", "subject")
            .plant("plant")
            .inChangeSequence();

    /** The business objects, whose fields lists show. */
    static final CollectionType<Document> BUSINESS_OBJECTS = configuration("MasterBo");

    static final CollectionType<Document> LANGUAGES = configuration("Language");

    static final CollectionType<Document> RISK_MATRICES = configuration("RiskMatrix");

    /** The collections to whose documents a value may refer, by name. */
    static final Map<String, CollectionType<Document>> REFERRED =
            Map.of("Language", LANGUAGES, "RiskMatrix", RISK_MATRICES);

    private SettingCollections() {}

    private static CollectionType<Document> configuration(String name) {
        return CollectionType.ofDocuments(name, "id")
                .unscoped("configuration of the installation, the same in all plants");
    }
}
