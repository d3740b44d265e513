package io.imaint.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One write transaction, shared by the writes that waited together. It takes positions from the sequence and notes
 * which collections changed; both are written once, at its end.
 */
final class SqliteTransaction {
    private final SqliteConnection connection;
    private final Map<String, Long> growth = new HashMap<>();
    private long position = -1;
    private long positionBefore = -1;

    SqliteTransaction(SqliteConnection connection) {
        this.connection = connection;
    }

    SqliteConnection connection() {
        return connection;
    }

    long nextPosition() throws SQLException {
        if (position < 0) {
            var kept = connection.number("SELECT value FROM imaint_meta WHERE name='position'");
            position = kept == null ? 0 : kept;
            positionBefore = position;
        }
        return ++position;
    }

    /** Notes that a collection changed and by how many documents it grew. */
    void changed(SqliteTable table, long more) {
        growth.merge(table.type().name(), more, Long::sum);
    }

    /** What a failed write took away with it is of no harm: a gap in the sequence and a version counted in vain. */
    Map<String, Long> growthSoFar() {
        return new HashMap<>(growth);
    }

    void backTo(Map<String, Long> earlier) {
        growth.clear();
        growth.putAll(earlier);
    }

    /** Writes the sequence and the versions; returns a collection that outgrew its statistics, if any. */
    Optional<String> finish() throws SQLException {
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
