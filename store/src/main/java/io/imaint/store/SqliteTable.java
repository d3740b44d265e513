package io.imaint.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables of one collection: its documents, the index of their words, and the keys of removed documents when it is
 * synchronised. Collections have no underscore in their names, so these never meet another collection's.
 */
final class SqliteTable {
    private static final int REFILL_BATCH = 10_000;

    /** Our words are lower case and without accents already, and all of their characters are letters to 'ascii'. */
    private static final String WORDS =
            " USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')";

    private final CollectionType<?> type;
    private final String documents;
    private final String words;
    private final String removed;
    private final String left;

    SqliteTable(CollectionType<?> type) {
        this.type = type;
        this.documents = '"' + type.name() + '"';
        this.words = '"' + type.name() + "_words\"";
        this.removed = '"' + type.name() + "_removed\"";
        this.left = '"' + type.name() + "_left\"";
    }

    CollectionType<?> type() {
        return type;
    }

    String documents() {
        return documents;
    }

    String words() {
        return words;
    }

    String removed() {
        return removed;
    }

    /** The plants in which documents were before, for who follows the changes of a plant. */
    String left() {
        return left;
    }

    /** Whether it has to be noted which plants documents leave. */
    boolean notesLeft() {
        return type.synchronised() && type.plantField() != null;
    }

    boolean searches() {
        return !type.searched().isEmpty();
    }

    /** Creates what the declaration names and the file lacks, but for the indexes that {@link SqliteIndexes} builds. */
    void create(SqliteConnection connection) throws SQLException {
        for (var table : tables().entrySet()) {
            connection.execute("CREATE TABLE IF NOT EXISTS " + table.getKey() + table.getValue());
        }
        connection.update("INSERT OR IGNORE INTO imaint_collections (name) VALUES (?)", type.name());
        for (var statement : uniqueIndexes()) {
            connection.execute(statement);
        }
        if (type.synchronised()) {
            connection.execute("CREATE UNIQUE INDEX IF NOT EXISTS " + index("position") + " ON " + documents
                    + " (position) WHERE position > 0");
        }
        createWords(connection);
    }

    /** The columns of each table but that of the words. */
    private Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        tables.put(
                documents,
                " (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL,"
                        + " position INTEGER NOT NULL, words INTEGER NOT NULL, doc BLOB NOT NULL)");
        if (type.synchronised()) {
            tables.put(removed, " (key TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE) WITHOUT ROWID");
        }
        if (notesLeft()) {
            tables.put(left, " (key TEXT NOT NULL, plant TEXT NOT NULL, PRIMARY KEY (key, plant)) WITHOUT ROWID");
        }
        return tables;
    }

    /** Lets a connection that only reads see what the file lacks as empty tables of its own. */
    void imagine(SqliteConnection connection) throws SQLException {
        for (var table : tables().entrySet()) {
            if (lacks(connection, table.getKey())) {
                connection.execute("CREATE TEMP TABLE " + table.getKey() + table.getValue());
            }
        }
        if (searches() && lacks(connection, words)) {
            connection.execute("CREATE VIRTUAL TABLE temp." + words + WORDS);
        }
    }

    private static boolean lacks(SqliteConnection connection, String table) throws SQLException {
        return connection.number(
                        "SELECT 1 FROM main.sqlite_schema WHERE type='table' AND name=?", table.replace("\"", ""))
                == null;
    }

    private List<String> uniqueIndexes() {
        var statements = new ArrayList<String>();
        for (var index : type.indexes()) {
            index.fields().forEach(IndexCoverage::verifyField);
            if (index.unique()) {
                var fields = index.fields().stream().map(SqliteText::field).toList();
                // Nulls are equal to each other here, unless all are null; a blob is never the value of a field.
                var compared = fields.stream()
                        .map(field -> "ifnull(" + field + ",x'00')")
                        .collect(Collectors.joining(","));
                var present =
                        fields.stream().map(field -> field + " IS NOT NULL").collect(Collectors.joining(" OR "));
                statements.add("CREATE UNIQUE INDEX IF NOT EXISTS "
                        + index(String.join("_", index.fields()) + "_unique") + " ON " + documents + " (" + compared
                        + ") WHERE " + present);
            }
        }
        return statements;
    }

    String index(String name) {
        return '"' + type.name() + '_' + name + '"';
    }

    /** The words are built anew when other fields are searched than before. */
    private void createWords(SqliteConnection connection) throws SQLException {
        var wanted = String.join(",", type.searched());
        try (var row = connection.query("SELECT searched FROM imaint_collections WHERE name=?", type.name())) {
            if (!row.next() || row.getString(1).equals(wanted)) {
                return;
            }
        }
        connection.execute("DROP TABLE IF EXISTS " + words);
        if (searches()) {
            connection.execute("CREATE VIRTUAL TABLE " + words + WORDS);
            refill(connection);
        }
        connection.update("UPDATE imaint_collections SET searched=? WHERE name=?", wanted, type.name());
    }

    private void refill(SqliteConnection connection) throws SQLException {
        record Entry(long id, String words) {}
        long last = 0;
        while (true) {
            var entries = new ArrayList<Entry>();
            try (var rows = connection.query(
                    "SELECT id, doc FROM " + documents + " WHERE id>? ORDER BY id LIMIT " + REFILL_BATCH, last)) {
                while (rows.next()) {
                    var document = Jsonb.read(rows.getBytes(2));
                    entries.add(new Entry(rows.getLong(1), words(document)));
                }
            }
            if (entries.isEmpty()) {
                return;
            }
            var added = new SqliteNewWords(connection, words);
            for (var entry : entries) {
                added.add(entry.id(), entry.words());
                connection.update("UPDATE " + documents + " SET words=? WHERE id=?", hash(entry.words()), entry.id());
            }
            added.write();
            last = entries.getLast().id();
        }
    }

    String words(Document document) {
        return String.join(" ", Tokenizer.of(document, type.searched()));
    }

    /** Tells whether a document's words changed, without keeping them twice; 64 bits of FNV-1a. */
    static long hash(String words) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < words.length(); i++) {
            hash = (hash ^ words.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
