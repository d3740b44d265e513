package io.imaint.services.preferences;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.preferences.MobilePreferences.Feature;
import io.imaint.services.preferences.MobilePreferences.Reason;
import io.imaint.services.settings.KeptJson;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The preferences of a platform with those that they extend. What the first has counts, then what the next has.
 *
 * @param documents the nearest first
 */
record PreferenceChain(List<Document> documents) {
    private static final String ENABLED = "enabled";

    PreferenceChain {
        documents = List.copyOf(documents);
    }

    List<String> ids() {
        return documents.stream().map(PreferenceChain::id).toList();
    }

    private static String id(Document document) {
        return document.text("id").orElseThrow();
    }

    /** All features in the order of the base, on or off for a caller. */
    List<Feature> features(Caller caller) {
        var switches = new LinkedHashMap<String, Switch>();
        for (var document : documents.reversed()) {
            if (document.get("features") instanceof List<?> features) {
                features.forEach(feature -> {
                    var own = (Document) feature;
                    switches.merge(
                            own.text("key").orElseThrow(), new Switch(id(document), own), PreferenceChain::nearer);
                });
            }
        }
        var shown = new ArrayList<Feature>();
        switches.forEach((key, found) -> shown.add(feature(key, found, caller)));
        return shown;
    }

    /** A switch and the document that has it. */
    private record Switch(String document, Document feature) {}

    private static Switch nearer(Switch base, Switch nearer) {
        var merged = base.feature.copy();
        nearer.feature.forEach(merged::putKept);
        return new Switch(nearer.document, merged);
    }

    private static Feature feature(String key, Switch found, Caller caller) {
        var needed = FeaturePermissions.of(key);
        boolean on = found.feature.flag(ENABLED);
        boolean may = needed.map(caller::may).orElse(true);
        return new Feature(
                key,
                on && may,
                on ? may ? Reason.ON : Reason.PERMISSION_MISSING : Reason.SWITCHED_OFF,
                found.document,
                needed.map(Permission::name).orElse(null),
                texts(found.feature.get("title")),
                texts(found.feature.get("description")));
    }

    private static Map<String, String> texts(@Nullable Object kept) {
        var texts = new LinkedHashMap<String, String>();
        if (kept instanceof Document document) {
            document.forEach((language, text) -> texts.put(language, String.valueOf(text)));
        }
        return texts;
    }

    /** The first values of what users can change. */
    JsonNode defaults() {
        return KeptJson.json(merged());
    }

    /** What a user is asked for, or has to choose. */
    List<String> scope(String field) {
        return merged().get("scope") instanceof Document scope ? scope.texts(field) : List.of();
    }

    private Document merged() {
        var merged = new Document();
        for (var document : documents.reversed()) {
            if (document.get("defaults") instanceof Document defaults) {
                merge(merged, defaults);
            }
        }
        return merged;
    }

    private static void merge(Document into, Document nearer) {
        nearer.forEach((name, value) -> {
            if (into.get(name) instanceof Document base && value instanceof Document inner) {
                var both = base.copy();
                merge(both, inner);
                into.putKept(name, both);
            } else if (value != null) {
                into.putKept(name, value);
            }
        });
    }

    /** Whether work offline needs the installed app. */
    boolean installedOnly() {
        return documents.stream().anyMatch(document -> document.flag("installedOnly"));
    }
}
