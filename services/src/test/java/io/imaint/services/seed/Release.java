package io.imaint.services.seed;

import io.imaint.store.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A small release of permissions, roles and users, which tests change from one to the next. */
final class Release {
    private final Map<String, Map<String, Document>> documents = new LinkedHashMap<>();
    private final List<String> renames = new ArrayList<>();

    Release() {
        List.of("Permission", "Role", "Language", "User").forEach(name -> documents.put(name, new LinkedHashMap<>()));
        with(
                "Language",
                new Document()
                        .put("id", "en")
                        .put("name", "English")
                        .put("nativeName", "English")
                        .put("direction", "ltr")
                        .put("texts", new Document().put("app.name", "iMaintenance")));
    }

    static Document permission(String id) {
        return new Document()
                .put("id", id)
                .put("group", "work-orders")
                .put("title", text(id))
                .put("description", text("Permits " + id));
    }

    static Document role(String id, String... permissions) {
        return new Document()
                .put("id", id)
                .put("name", text(id))
                .put("description", text("A " + id))
                .put("startPage", "/work")
                .put("secondFactor", "optional")
                .put("permissions", List.of(permissions));
    }

    static Document text(String english) {
        return new Document().put("en", english);
    }

    private Map<String, Document> of(String collection) {
        return Objects.requireNonNull(documents.get(collection));
    }

    Release with(String collection, Document... all) {
        for (var document : all) {
            of(collection).put(document.text("id").orElseThrow(), document);
        }
        return this;
    }

    Release without(String collection, String key) {
        of(collection).remove(key);
        return this;
    }

    /** Gives a document another key, as later releases go on saying. */
    Release renaming(String collection, String from, String to) {
        renames.add("{\"collection\": \"%s\", \"from\": \"%s\", \"to\": \"%s\"}".formatted(collection, from, to));
        return this;
    }

    /** The release as files in a folder. */
    SeedSource in(Path folder) {
        var files = new ArrayList<String>();
        documents.forEach((collection, all) -> files.addAll(List.of(
                collection + ".json",
                Sources.file(
                        collection,
                        all.values().stream()
                                .map(document -> SeedJson.node(document).toString())
                                .toArray(String[]::new)))));
        files.addAll(List.of(
                "seed.json",
                "{\"version\": 1, \"collections\": [%s], \"renames\": [%s]}"
                        .formatted(
                                documents.keySet().stream()
                                        .map(name -> '"' + name + '"')
                                        .collect(Collectors.joining(",")),
                                String.join(",", renames))));
        return Sources.folder(folder, files.toArray(String[]::new));
    }
}
