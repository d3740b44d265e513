package io.imaint.store;

import java.util.Optional;

/** Binary content as rows of a table. */
final class SqliteChunks implements Chunks {
    static final String TABLE =
            "CREATE TABLE IF NOT EXISTS imaint_chunks (content TEXT NOT NULL, number INTEGER NOT NULL,"
                    + " hash BLOB NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (content, number))";

    private final SqliteWriter writer;
    private final SqliteReaders readers;

    SqliteChunks(SqliteWriter writer, SqliteReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public void write(String content, int number, Chunk chunk) {
        writer.write(transaction -> transaction
                .connection()
                .update(
                        "INSERT OR REPLACE INTO imaint_chunks (content, number, hash, bytes) VALUES (?,?,?,?)",
                        content,
                        number,
                        chunk.hash(),
                        chunk.bytes()));
    }

    @Override
    public Optional<Chunk> read(String content, int number) {
        return readers.read(connection -> {
            try (var row = connection.query(
                    "SELECT hash, bytes FROM imaint_chunks WHERE content=? AND number=?", content, number)) {
                return row.next() ? Optional.of(new Chunk(row.getBytes(1), row.getBytes(2))) : Optional.<Chunk>empty();
            }
        });
    }

    @Override
    public void remove(String content) {
        writer.write(
                transaction -> transaction.connection().update("DELETE FROM imaint_chunks WHERE content=?", content));
    }
}
