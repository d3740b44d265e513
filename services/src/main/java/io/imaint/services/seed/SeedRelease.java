package io.imaint.services.seed;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Seed data that was read and found valid by itself.
 *
 * @param source for people
 * @param version of the release; grows when its form or meaning changes
 * @param complete whether documents that it does not have are gone from it; a source without {@code seed.json} only adds
 * @param hash over all files
 * @param documents by collection and key, as documents keep them
 * @param renames of documents that earlier releases had under other keys
 */
record SeedRelease(
        String source,
        long version,
        boolean complete,
        String hash,
        SequencedMap<String, SequencedMap<String, Document>> documents,
        SeedRenames renames) {
    /** The form of files that this program reads. */
    private static final int FILE_VERSION = 1;

    SeedRelease {
        documents = Collections.unmodifiableSequencedMap(documents);
    }

    /** The documents of one collection; empty when the release has no file of it. */
    SequencedMap<String, Document> of(String collection) {
        return documents.getOrDefault(collection, Collections.emptyNavigableMap());
    }

    private SeedRelease renaming(SeedRenames others) {
        return new SeedRelease(source, version, complete, hash, documents, others);
    }

    /** What identifies some files. */
    static String hash(SortedMap<String, byte[]> files) {
        var sums = new StringBuilder();
        files.forEach((name, bytes) ->
                sums.append(name).append(' ').append(SeedJson.hash(bytes)).append('\n'));
        return SeedJson.hash(sums.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Reads seed files and gathers everything that is wrong with them. */
    static final class Reader {
        private final Map<String, CollectionType<?>> types;
        private final long newest;
        private final List<SeedFinding> findings = new ArrayList<>();
        private boolean validated;
        private final SequencedMap<String, SequencedMap<String, Document>> documents = new LinkedHashMap<>();

        /** @param newest the version of the program's own seed data */
        Reader(Map<String, CollectionType<?>> types, long newest) {
            this.types = types;
            this.newest = newest;
        }

        /** Whether documents are known to be valid, as the program's own are, which its tests validate. */
        Reader validated(boolean known) {
            validated = known;
            return this;
        }

        List<SeedFinding> findings() {
            return List.copyOf(findings);
        }

        /** The release as far as it could be read; it is good only when there are no findings. */
        SeedRelease read(SeedSource source) {
            var files = source.files();
            var manifest = Optional.ofNullable(files.get(SeedSource.MANIFEST))
                    .flatMap(bytes -> json(SeedSource.MANIFEST, bytes));
            long version =
                    manifest.map(node -> node.path("version").longValue(1)).orElse(newest);
            if (version > newest) {
                throw SeedProblem.SEED_NEWER.because(
                        "%s has version %d, the program knows %d".formatted(source, version, newest));
            }
            manifest.ifPresent(node -> verifyManifest(node, files));
            files.forEach((name, bytes) -> {
                if (!name.equals(SeedSource.MANIFEST)) {
                    json(name, bytes).ifPresent(file -> file(source, name, file));
                }
            });
            var ordered = new LinkedHashMap<String, SequencedMap<String, Document>>();
            types.keySet().stream()
                    .filter(documents::containsKey)
                    .forEach(name -> ordered.put(name, documents.get(name)));
            var release = new SeedRelease(
                    source.toString(), version, manifest.isPresent(), hash(files), ordered, SeedRenames.NONE);
            return manifest.map(node -> release.renaming(SeedRenames.read(node, release, findings)))
                    .orElse(release);
        }

        private Optional<JsonNode> json(String file, byte[] bytes) {
            try {
                return Optional.of(SeedJson.read(bytes));
            } catch (SeedJson.Broken broken) {
                findings.add(broken.in(file));
                return Optional.empty();
            }
        }

        private void verifyManifest(JsonNode manifest, SortedMap<String, byte[]> files) {
            for (var name : manifest.path("collections").values()) {
                var file = name.stringValue("") + ".json";
                if (!files.containsKey(file)) {
                    findings.add(new SeedFinding(SeedSource.MANIFEST, "", "", "lists " + file + ", which is missing"));
                }
            }
        }

        private void file(SeedSource source, String file, JsonNode content) {
            var collection = file.substring(0, file.length() - ".json".length());
            if (!types.containsKey(collection)) {
                findings.add(new SeedFinding(file, "", "", "is of no seeded collection"));
                return;
            }
            if (content.path("version").longValue(0) > FILE_VERSION) {
                throw SeedProblem.SEED_NEWER.because("%s in %s has version %d, the program reads %d"
                        .formatted(file, source, content.path("version").longValue(), FILE_VERSION));
            }
            if (!content.path("collection").stringValue("").equals(collection)
                    || content.path("version").longValue(0) != FILE_VERSION
                    || !content.path("documents").isArray()) {
                findings.add(new SeedFinding(
                        file,
                        "",
                        "",
                        "must be {\"collection\": \"%s\", \"version\": %d, \"documents\": […]}"
                                .formatted(collection, FILE_VERSION)));
                return;
            }
            var read = new LinkedHashMap<String, Document>();
            documents.put(collection, read);
            int place = 0;
            for (var node : content.path("documents").values()) {
                document(file, collection, "/documents/" + place++, node, read);
            }
        }

        private void document(
                String file, String collection, String place, JsonNode node, SequencedMap<String, Document> into) {
            var schema = SeedCollections.schemaOf(collection);
            var key = node.path(schema.keyField()).stringValue("");
            if (key.isEmpty()) {
                findings.add(new SeedFinding(file, "", place, "has no " + schema.keyField()));
                return;
            }
            var document = (Document) java.util.Objects.requireNonNull(SeedJson.kept(node));
            if (into.put(key, document) != null) {
                findings.add(new SeedFinding(file, key, place, "is there twice"));
            }
            if (validated) {
                return;
            }
            var wrong = schema.findings(file, key, node);
            findings.addAll(wrong);
            findings.addAll(twins(file, key, document, schema.shape(document)));
            if (wrong.isEmpty()) {
                fits(file, key, java.util.Objects.requireNonNull(types.get(collection)), document);
            }
        }

        /** What a schema allows and the record of a service does not. */
        private void fits(String file, String key, CollectionType<?> type, Document document) {
            try {
                type.normal(document);
            } catch (IllegalArgumentException unfit) {
                findings.add(new SeedFinding(file, key, "", String.valueOf(unfit.getMessage())));
            }
        }

        /** Items of a list by key that share one. */
        private static List<SeedFinding> twins(String file, String key, Document document, Shape shape) {
            var found = new ArrayList<SeedFinding>();
            twins(
                    "",
                    document,
                    shape,
                    (pointer, id) ->
                            found.add(new SeedFinding(file, key, pointer, "there is another item '%s'".formatted(id))));
            return found;
        }

        private interface Twin {
            void at(String pointer, Object id);
        }

        private static void twins(String pointer, @Nullable Object value, Shape shape, Twin sink) {
            if (value instanceof Document document) {
                document.forEach((name, inner) ->
                        twins(pointer + '/' + ThreeWayMerge.escaped(name), inner, shape.field(name), sink));
            } else if (value instanceof List<?> list) {
                Set<Object> ids = new HashSet<>();
                for (int i = 0; i < list.size(); i++) {
                    var item = list.get(i);
                    var place = pointer + '/' + i;
                    if (item instanceof Document document && shape.itemKey().isPresent()) {
                        var id = document.get(shape.itemKey().get());
                        if (id != null && !ids.add(id)) {
                            sink.at(place, id);
                        }
                    }
                    twins(place, item, shape.item(), sink);
                }
            }
        }
    }
}
