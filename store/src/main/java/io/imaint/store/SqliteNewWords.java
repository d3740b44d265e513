package io.imaint.store;

import java.sql.SQLException;

/**
 * Words of documents on their way into the index of words, many with one statement: a statement costs as much as the words
 * of a document, and no statement has places for as many as a write may have. So they are given as one JSON document of
 * words by id, which needs no escaping, because words are letters and digits.
 */
final class SqliteNewWords {
    /** Bounds memory; as many as ten thousand documents usually have. */
    private static final int CHARACTERS_MAX = 2 << 20;

    private final SqliteConnection connection;
    private final String insert;
    private final StringBuilder json = new StringBuilder();

    /** @param table the index of words, quoted */
    SqliteNewWords(SqliteConnection connection, String table) {
        this.connection = connection;
        this.insert = "INSERT INTO " + table + " (rowid, words) SELECT CAST(key AS INTEGER), value FROM json_each(?)";
    }

    /** Adds the words of a document that has none in the index; ids should grow. */
    void add(long id, String words) throws SQLException {
        json.append(json.isEmpty() ? '{' : ',')
                .append('"')
                .append(id)
                .append("\":\"")
                .append(words)
                .append('"');
        if (json.length() > CHARACTERS_MAX) {
            write();
        }
    }

    /** Writes what was added. */
    void write() throws SQLException {
        if (!json.isEmpty()) {
            connection.update(insert, json.append('}').toString());
            json.setLength(0);
        }
    }
}
