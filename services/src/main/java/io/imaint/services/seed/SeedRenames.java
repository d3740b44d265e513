package io.imaint.services.seed;

import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/**
 * The documents to which a release gives other keys, as {@code seed.json} lists them:
 *
 * <pre>
 *   "renames": [{"collection": "Permission", "from": "orders.read", "to": "work-orders.read"}]
 * </pre>
 *
 * A rename stays in the list for good, so that an installation may skip releases.
 */
record SeedRenames(Map<String, Map<String, String>> byCollection) {
    static final SeedRenames NONE = new SeedRenames(Map.of());
    static final String FIELD = "renames";

    SeedRenames {
        byCollection = Map.copyOf(byCollection);
    }

    boolean isEmpty() {
        return byCollection.isEmpty();
    }

    /** The old keys of a collection with the next key of each. */
    Map<String, String> of(String collection) {
        return byCollection.getOrDefault(collection, Map.of());
    }

    /** The key that a document has now, over as many renames as there were. */
    String current(String collection, String key) {
        var renamed = of(collection);
        var current = key;
        // The reader refuses circles, so each step leads nearer to the end.
        for (var next = renamed.get(current); next != null; next = renamed.get(current)) {
            current = next;
        }
        return current;
    }

    /** A document whose references lead to the new keys, and which has this key itself. */
    Document followed(String collection, String key, Document document) {
        if (isEmpty()) {
            return document;
        }
        var schema = SeedCollections.schemaOf(collection);
        var followed = schema.redirected(document, this::current);
        return followed.put(schema.keyField(), key);
    }

    /** These without those of documents that somebody else owns by now, and to which references go on leading. */
    SeedRenames without(BiPredicate<String, String> owned) {
        var left = new HashMap<String, Map<String, String>>();
        byCollection.forEach((collection, renamed) -> {
            var some = new HashMap<>(renamed);
            some.keySet().removeIf(from -> owned.test(collection, from));
            left.put(collection, some);
        });
        return new SeedRenames(left);
    }

    /**
     * Reads the list of a release.
     *
     * @param findings to which mistakes are added
     */
    static SeedRenames read(JsonNode manifest, SeedRelease release, List<SeedFinding> findings) {
        var all = new HashMap<String, Map<String, String>>();
        int place = 0;
        for (var node : manifest.path(FIELD).values()) {
            var collection = node.path("collection").stringValue("");
            var from = node.path("from").stringValue("");
            var to = node.path("to").stringValue("");
            var pointer = "/%s/%d".formatted(FIELD, place++);
            var mistakes = new ArrayList<String>();
            if (!release.documents().containsKey(collection) || collection.equals(SeedCollections.USERS)) {
                mistakes.add("is of '%s', of which no document can be renamed".formatted(collection));
            } else if (from.isEmpty() || to.isEmpty()) {
                mistakes.add("must have from and to");
            } else {
                if (release.of(collection).containsKey(from)) {
                    mistakes.add("renames '%s', which the release has itself".formatted(from));
                }
                if (all.computeIfAbsent(collection, first -> new HashMap<>()).put(from, to) != null) {
                    mistakes.add("renames '%s' a second time".formatted(from));
                }
            }
            mistakes.forEach(mistake -> findings.add(new SeedFinding(SeedSource.MANIFEST, "", pointer, mistake)));
        }
        all.forEach((collection, renamed) -> renamed.forEach((from, to) -> {
            if (!ends(renamed, to, release.of(collection).keySet())) {
                findings.add(new SeedFinding(
                        SeedSource.MANIFEST,
                        "",
                        "/" + FIELD,
                        "leads from the %s '%s' to no document of the release".formatted(collection, from)));
            }
        }));
        return findings.isEmpty() ? new SeedRenames(all) : NONE;
    }

    private static boolean ends(Map<String, String> renamed, String to, java.util.Set<String> keys) {
        var at = to;
        for (int step = 0; step <= renamed.size(); step++) {
            if (keys.contains(at)) {
                return true;
            }
            var next = renamed.get(at);
            if (next == null) {
                return false;
            }
            at = next;
        }
        return false;
    }
}
