package io.imaint.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One write transaction, shared by the writes that waited together. It takes positions from the sequence and notes
 * which collections changed; both are written once, at its end.
 *
 * <p>The words of documents are written at the end too: SQLite flushes their index to its pages at every savepoint, and
 * each statement that may fail midway is one. In between the documents that would be a thousand times as often as once.
 */
final class SqliteTransaction {
    private final SqliteConnection connection;
    private final Map<String, Long> growth = new HashMap<>();
    private final List<WordsChange> words = new ArrayList<>();
    private long position = -1;
    private long positionBefore = -1;

    /** New words of a document; null when it was removed. */
    private record WordsChange(
            SqliteTable table,
            long id,
            boolean known,
            @Nullable String words) {
        /** This change and a later one of the same document. */
        WordsChange then(WordsChange later) {
            return new WordsChange(table, id, known, later.words);
        }
    }

    /** What had been done when a write began. */
    record Mark(Map<String, Long> growth, int words) {}

    SqliteTransaction(SqliteConnection connection) {
        this.connection = connection;
    }

    SqliteConnection connection() {
        return connection;
    }

    /** Takes the next position of the sequence. */
    long nextPosition() throws SQLException {
        position = followingPosition();
        return position;
    }

    /** The position that would be taken next. */
    long followingPosition() throws SQLException {
        return lastPosition() + 1;
    }

    /** The position taken last, by this transaction or the ones before. */
    long lastPosition() throws SQLException {
        if (position < 0) {
            var kept = connection.number("SELECT value FROM imaint_meta WHERE name='position'");
            position = kept == null ? 0 : kept;
            positionBefore = position;
        }
        return position;
    }

    /** Notes that a collection changed and by how many documents it grew. */
    void changed(SqliteTable table, long more) {
        growth.merge(table.type().name(), more, Long::sum);
    }

    /** Notes the words of a document, {@code known} when it had some before. */
    void words(SqliteTable table, long id, boolean known, @Nullable String now) {
        words.add(new WordsChange(table, id, known, now));
    }

    /** Writes the words noted; a question for words asked within the transaction needs them. */
    void writeWords() throws SQLException {
        // In the order of their ids, because SQLite flushes the index of words whenever an id is not greater than the
        // last.
        var tables = new LinkedHashMap<String, SortedMap<Long, WordsChange>>();
        for (var change : words) {
            tables.computeIfAbsent(change.table().words(), name -> new TreeMap<>())
                    .merge(change.id(), change, WordsChange::then);
        }
        words.clear();
        for (var table : tables.entrySet()) {
            var changes = table.getValue().values();
            for (var change : changes) {
                if (change.known()) {
                    connection.update("DELETE FROM " + table.getKey() + " WHERE rowid=?", change.id());
                }
            }
            var added = new SqliteNewWords(connection, table.getKey());
            for (var change : changes) {
                if (change.words() != null) {
                    added.add(change.id(), change.words());
                }
            }
            added.write();
        }
    }

    Mark mark() {
        return new Mark(new HashMap<>(growth), words.size());
    }

    /** Forgets what a failed write noted; a gap that it leaves in the sequence is of no harm. */
    void backTo(Mark mark) {
        growth.clear();
        growth.putAll(mark.growth());
        if (words.size() < mark.words()) {
            throw new IllegalStateException("it undid words of other writes; each has to be tried alone");
        }
        words.subList(mark.words(), words.size()).clear();
    }

    /** Writes the sequence and the versions; returns a collection that outgrew its statistics, if any. */
    Optional<String> finish() throws SQLException {
        writeWords();
        if (position > positionBefore) {
            connection.update("INSERT OR REPLACE INTO imaint_meta (name, value) VALUES ('position',?)", position);
        }
        Optional<String> outgrown = Optional.empty();
        for (var entry : growth.entrySet()) {
            if (grown(entry.getKey(), entry.getValue()).isPresent()) {
                outgrown = Optional.of(entry.getKey());
            }
        }
        return outgrown;
    }

    private OptionalLong grown(String name, long more) throws SQLException {
        try (var row = connection.query(
                "UPDATE imaint_collections SET version=version+1, documents=documents+? WHERE name=?"
                        + " RETURNING documents, analysed",
                more,
                name)) {
            long documents = row.getLong(1);
            return documents > SqliteWriter.ANALYSE_FROM && documents > 2 * row.getLong(2)
                    ? OptionalLong.of(documents)
                    : OptionalLong.empty();
        }
    }
}
