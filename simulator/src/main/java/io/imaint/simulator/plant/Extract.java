package io.imaint.simulator.plant;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a user's own plant: a folder of tables exported from SAP with SE16N, all checked before any is served.
 *
 * <p>Plants, work centers, functional locations, equipment, notifications, orders and operations come from the folder.
 * Order, notification and activity types, priorities, status texts, catalogs and catalog profiles are the standard
 * customizing. All other sets are empty: planner groups, persons, bills of material, characteristics, measuring points
 * and documents, what is below a notification, components, confirmations, materials and their movements, time sheets,
 * inspection lots, task lists, maintenance plans and attachments. Catalog profiles of the user's own system are not
 * read, since their codes would not be known.
 */
final class Extract implements PlantData {
    /** A folder with more entries is not an extract. */
    private static final int ENTRIES_MAX = 10_000;

    /** Enough to tell the extracts of one folder apart. */
    private static final int FINGERPRINT_BYTES = 4;

    private final Map<String, ExtractSet> sets = new LinkedHashMap<>();
    private final String description;
    private final String fingerprint;

    /** @param encoding of the files without a byte order mark; empty to detect that of each */
    Extract(Path folder, Optional<Charset> encoding) {
        SortedMap<String, List<String>> encodings = new TreeMap<>();
        Dictionary dictionary = new Dictionary();
        Findings findings = new Findings();
        SortedMap<String, Path> files = files(folder, dictionary, findings);
        Map<String, ExtractTable> tables = new HashMap<>();
        for (Dictionary.Table table : dictionary.tables.values()) {
            ExtractTable read = new ExtractTable(table);
            Path file = files.get(table.name());
            if (file != null) {
                var used = read(read, file, encoding, findings);
                encodings
                        .computeIfAbsent(used.name(), unseen -> new ArrayList<>())
                        .add(table.name());
            }
            tables.put(table.name(), read);
        }
        // Joined only when all tables are good, or one bad key would be told twice.
        findings.throwIfAny(folder.toString());
        for (ExtractSet set : new ExtractSets(tables).all()) {
            set.prepare(findings);
            sets.put(set.set.name(), set);
        }
        findings.throwIfAny(folder.toString());
        this.description = "extract " + folder + ": "
                + sets.values().stream()
                        .map(set -> set.count() + " " + set.set.name())
                        .collect(Collectors.joining(", "))
                + "; read as " + described(encodings);
        this.fingerprint = "extract %s, content %s".formatted(folder, content(files.values()));
    }

    /** Changes with any byte of the files. */
    private static String content(Collection<Path> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files) {
                digest.update(String.valueOf(file.getFileName()).getBytes(UTF_8));
                try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (IOException e) {
            throw PlantProblem.EXTRACT_UNREADABLE.because("the extract: " + reason(e), e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String described(SortedMap<String, List<String>> encodings) {
        return encodings.size() == 1
                ? encodings.firstKey()
                : encodings.entrySet().stream()
                        .map(entry -> "%s (%s)".formatted(entry.getKey(), String.join(", ", entry.getValue())))
                        .collect(Collectors.joining(", "));
    }

    private static Charset read(ExtractTable table, Path path, Optional<Charset> encoding, Findings findings) {
        try {
            var file = new ExtractFile(path, encoding);
            table.read(file, findings);
            return file.encoding();
        } catch (IOException e) {
            throw PlantProblem.EXTRACT_UNREADABLE.because(path + ": " + reason(e), e);
        }
    }

    /** The file of each table that the folder holds. */
    private static SortedMap<String, Path> files(Path folder, Dictionary dictionary, Findings findings) {
        SortedMap<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            throw PlantProblem.EXTRACT_UNREADABLE.because(
                    folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.limit(ENTRIES_MAX)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList()) {
                String name = String.valueOf(entry.getFileName()).toUpperCase(Locale.ROOT);
                boolean read = name.endsWith(".CSV") || name.endsWith(".TXT");
                String table = read ? name.substring(0, name.length() - 4) : "";
                Path other = dictionary.tables.containsKey(table) ? files.putIfAbsent(table, entry) : null;
                if (other != null) {
                    findings.add(
                            String.valueOf(entry.getFileName()),
                            0,
                            null,
                            "holds the same table as " + other.getFileName());
                }
            }
        } catch (IOException e) {
            throw PlantProblem.EXTRACT_UNREADABLE.because(folder + ": " + reason(e), e);
        }
        if (files.isEmpty()) {
            throw PlantProblem.EXTRACT_UNREADABLE.because(folder + " holds no .csv or .txt file named after a table ("
                    + String.join(", ", dictionary.tables.keySet()) + ")");
        }
        return files;
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }

    @Override
    public long count(EntitySet set) {
        ExtractSet read = sets.get(set.name());
        return read == null ? fixed(set).count() : read.count();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        ExtractSet read = sets.get(set.name());
        return read == null ? fixed(set).from(from) : new Walk(read, read.seek(from));
    }

    private static FixedRows fixed(EntitySet set) {
        FixedRows fixed = Customizing.rows(set);
        return fixed == null ? FixedRows.NONE : fixed;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    private static final class Walk implements Rows {
        private final ExtractSet set;
        private int next;

        Walk(ExtractSet set, int from) {
            this.set = set;
            this.next = from;
        }

        @Override
        public boolean next(@Nullable Object[] row) {
            if (next >= set.count()) {
                return false;
            }
            set.fill(next++, row);
            return true;
        }
    }
}
