package io.imaint.integration.archive;

import io.imaint.store.Document;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a dump.
 *
 * @param version of the product that wrote it
 * @param system the identity of the SAP system whose data it holds; null when nothing was loaded
 * @param collections how many documents of each collection follow, in this order
 * @param versions in which the documents of collections are kept; 0 for those that are not named
 */
public record DumpHeader(
        String version,
        @Nullable String system,
        Instant created,
        SequencedMap<String, Long> collections,
        SequencedMap<String, Long> versions) {
    /** The form of the file that this version writes; it reads all before, the first of which names no versions. */
    static final int FORMAT = 2;

    private static final String KIND = "imaintenance-dump";

    public DumpHeader {
        created = created.truncatedTo(ChronoUnit.MILLIS); // As documents keep it.
        collections = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(collections));
        versions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(versions));
    }

    /** The header of a dump of documents as this version keeps them. */
    DumpHeader(String version, @Nullable String system, Instant created, SequencedMap<String, Long> collections) {
        this(version, system, created, collections, versions(collections));
    }

    /** The header of a dump that holds more collections, which follow the others. */
    DumpHeader with(SequencedMap<String, Long> more, SequencedMap<String, Long> theirVersions) {
        var all = new LinkedHashMap<>(collections);
        all.putAll(more);
        var allVersions = new LinkedHashMap<>(versions);
        allVersions.putAll(theirVersions);
        return new DumpHeader(version, system, created, all, allVersions);
    }

    private static SequencedMap<String, Long> versions(SequencedMap<String, Long> collections) {
        var versions = new LinkedHashMap<String, Long>();
        for (var name : collections.keySet()) {
            ReplicaContents.type(name)
                    .filter(type -> type.version() > 0)
                    .ifPresent(type -> versions.put(name, (long) type.version()));
        }
        return versions;
    }

    /** A document of the dump in the form of this version. */
    Document current(String collection, Document document) {
        int from = versions.getOrDefault(collection, 0L).intValue();
        return ReplicaContents.type(collection)
                .map(type -> type.migrated(document, from))
                .orElse(document);
    }

    /** How many documents follow. */
    public long documents() {
        return collections.values().stream().mapToLong(Long::longValue).sum();
    }

    Document document() {
        return new Document()
                .put("file", KIND)
                .put("format", FORMAT)
                .put("version", version)
                .put("system", system)
                .put("created", created)
                .put("collections", counts(collections))
                .put("versions", counts(versions));
    }

    static Document counts(SequencedMap<String, Long> collections) {
        var counts = new Document();
        collections.forEach(counts::put);
        return counts;
    }

    /**
     * Reads the first line.
     *
     * @throws io.imaint.kernel.problem.Failure {@link ArchiveProblem#DUMP_NEWER} for a form that is not known here
     * @throws IllegalArgumentException for anything that is no header
     */
    static DumpHeader of(Document line) {
        if (!KIND.equals(line.get("file")) || !(line.get("format") instanceof Long format)) {
            throw new IllegalArgumentException("its first line is not that of a dump");
        }
        var version = String.valueOf(line.get("version"));
        if (format < 1 || format > FORMAT) {
            throw ArchiveProblem.DUMP_NEWER.because(
                    "it has format %d, written by version %s; this version reads format %d"
                            .formatted(format, version, FORMAT));
        }
        try {
            return new DumpHeader(
                    version,
                    line.text("system").orElse(null),
                    line.instant("created").orElseThrow(() -> new IllegalArgumentException("it does not say when")),
                    counts(line, "collections"),
                    counts(line, "versions"));
        } catch (ClassCastException | DateTimeException wrong) {
            throw new IllegalArgumentException("its first line is not that of a dump", wrong);
        }
    }

    private static SequencedMap<String, Long> counts(Document line, String field) {
        var counts = new LinkedHashMap<String, Long>();
        if (line.get(field) instanceof Document collections) {
            collections.forEach((name, count) -> {
                if (!(count instanceof Long documents) || documents < 0) {
                    throw new IllegalArgumentException("the count of " + name + " is no number");
                }
                counts.put(name, documents);
            });
        }
        return counts;
    }
}
