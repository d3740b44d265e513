package io.imaint.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What writes do to one collection's tables, within a transaction. */
final class SqliteChanges {
    /** A document ready to be written, its bytes made outside of the writer's thread. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Prepared(String key, Document document, byte[] bytes, String words) {}

    /** Documents that one statement adds: a statement costs as much as the row that it writes. */
    private static final int TOGETHER = 32;

    /** New documents, one after the other, after which the following are added together. */
    private static final int NEW_FIRST = 8;

    private final SqliteTable table;
    private final String select;
    private final String find;
    private final String look;
    private final String insert;
    private final String insertTogether;
    private final String update;
    private final String last;
    private final String anyRemoved;
    private final String revive;
    private final String plant;
    private final String leave;

    SqliteChanges(SqliteTable table) {
        this.table = table;
        this.select = "SELECT key, rev, position, doc FROM " + table.documents() + " WHERE key";
        this.find = select + "=?";
        this.plant =
                table.notesLeft() ? SqliteText.field(String.valueOf(table.type().plantField())) : "NULL";
        this.look = "SELECT id, rev, position, words, doc=?, " + plant + " FROM " + table.documents() + " WHERE key=?";
        var add = "INSERT INTO " + table.documents() + " (id, key, rev, position, words, doc) VALUES ";
        var row = "(?,?,1,?,?,?)";
        this.insert = add + row + " ON CONFLICT(key) DO NOTHING";
        this.insertTogether = add + String.join(",", Collections.nCopies(TOGETHER, row));
        this.update = "UPDATE " + table.documents() + " SET rev=?, position=?, words=?, doc=? WHERE id=?";
        this.last = "SELECT max(id) FROM " + table.documents();
        this.anyRemoved = "SELECT EXISTS (SELECT 1 FROM " + table.removed() + ")";
        this.revive = "DELETE FROM " + table.removed() + " WHERE key=?";
        this.leave = "INSERT OR IGNORE INTO " + table.left() + " (key, plant) VALUES (?,?)";
    }

    Prepared prepared(String key, Document document) {
        return prepared(key, document, Jsonb.writer());
    }

    Prepared prepared(String key, Document document, Jsonb writer) {
        return new Prepared(key, document, writer.bytes(document), table.words(document));
    }

    static Paging.Found found(ResultSet row) throws SQLException {
        return new Paging.Found(row.getString(1), row.getLong(2), row.getLong(3), Jsonb.read(row.getBytes(4)));
    }

    /** A document that is to be passed on, and mostly never becomes one. */
    static Paging.Found unread(ResultSet row) throws SQLException {
        return new Paging.Found(row.getString(1), row.getLong(2), row.getLong(3), Kept.of(row.getBytes(4)));
    }

    /** The statement that finds a document. */
    SqliteText finding(String key) {
        return new SqliteText().add(select + "=").argument(key);
    }

    /** The statement that finds several. */
    SqliteText finding(List<String> keys) {
        return new SqliteText().add(select).values(keys);
    }

    Optional<Paging.Found> find(SqliteConnection connection, String key) throws SQLException {
        try (var row = connection.query(find, key)) {
            return row.next() ? Optional.of(found(row)) : Optional.empty();
        }
    }

    /** A document's row as it stands; {@code same} when its bytes are those about to be written. */
    private record Row(
            long id,
            long rev,
            long position,
            long words,
            boolean same,
            @Nullable String plant) {}

    private Optional<Row> look(SqliteTransaction transaction, Prepared one) throws SQLException {
        try (var row = transaction.connection().query(look, one.bytes(), one.key())) {
            return row.next()
                    ? Optional.of(new Row(
                            row.getLong(1),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getBoolean(5),
                            row.getString(6)))
                    : Optional.empty();
        }
    }

    /** Documents that are written for the first time often come together; after some, the next are first taken for others. */
    Documents.Upserted upsert(SqliteTransaction transaction, Collection<Prepared> all) throws SQLException {
        var additions = new Additions(transaction);
        var each = List.copyOf(all);
        int inserted = 0;
        int updated = 0;
        int newBefore = 0;
        int togetherFrom = 0;
        int at = 0;
        while (at < each.size()) {
            int next = at + TOGETHER;
            if (newBefore >= NEW_FIRST && at >= togetherFrom && next <= each.size()) {
                if (additions.addTogether(each.subList(at, next))) {
                    inserted += TOGETHER;
                    at = next;
                    continue;
                }
                togetherFrom = next;
                newBefore = 0;
            }
            var one = each.get(at++);
            if (newBefore > 0 && additions.add(one)) {
                inserted++;
                newBefore++;
                continue;
            }
            var row = look(transaction, one);
            newBefore = row.isEmpty() ? 1 : 0;
            if (row.isEmpty()) {
                additions.addNew(one);
                inserted++;
            } else if (!row.get().same()) {
                table.type().verifyChangeable(one.key());
                change(transaction, one, row.get());
                updated++;
            }
        }
        if (inserted + updated > 0) {
            transaction.changed(table, inserted);
        }
        return new Documents.Upserted(inserted, updated, each.size() - inserted - updated);
    }

    WriteOutcome insert(SqliteTransaction transaction, Prepared one) throws SQLException {
        var standing = find(transaction.connection(), one.key());
        if (standing.isPresent()) {
            return new WriteOutcome(false, standing);
        }
        long position = new Additions(transaction).addNew(one);
        transaction.changed(table, 1);
        return new WriteOutcome(true, Optional.of(new Paging.Found(one.key(), 1, position, one.document())));
    }

    /** @param always whether it is written, and gets a new revision, even when nothing is different */
    WriteOutcome replace(SqliteTransaction transaction, Prepared one, long rev, boolean always) throws SQLException {
        var row = look(transaction, one);
        if (row.isEmpty() || row.get().rev() != rev) {
            return new WriteOutcome(false, find(transaction.connection(), one.key()));
        }
        if (row.get().same() && !always) {
            var found = new Paging.Found(one.key(), rev, row.get().position(), one.document());
            return new WriteOutcome(true, Optional.of(found));
        }
        long position = change(transaction, one, row.get());
        transaction.changed(table, 0);
        return new WriteOutcome(true, Optional.of(new Paging.Found(one.key(), rev + 1, position, one.document())));
    }

    /** Adds documents within one write, in which nobody else adds any; so what it asks it asks once. */
    private final class Additions {
        private final SqliteTransaction transaction;
        private long id = -1;
        private boolean revives;

        Additions(SqliteTransaction transaction) {
            this.transaction = transaction;
        }

        /** Adds a document, unless one stands under its key. */
        boolean add(Prepared one) throws SQLException {
            begin();
            if (transaction.connection().update(insert, values(List.of(one))) == 0) {
                return false;
            }
            added(one);
            return true;
        }

        /** Adds as many documents as one statement adds; none of them when a unique index refuses one. */
        boolean addTogether(List<Prepared> some) throws SQLException {
            begin();
            try {
                transaction.connection().update(insertTogether, values(some));
            } catch (SQLException failed) {
                if (SqliteFailures.endsTransaction(failed)) {
                    throw failed;
                }
                return false;
            }
            for (var one : some) {
                added(one);
            }
            return true;
        }

        private void begin() throws SQLException {
            if (id < 0) {
                var connection = transaction.connection();
                var greatest = connection.number(last);
                id = greatest == null ? 0 : greatest;
                revives = table.type().synchronised() && Long.valueOf(1).equals(connection.number(anyRemoved));
            }
        }

        private Object[] values(List<Prepared> some) throws SQLException {
            long position = table.type().synchronised() ? transaction.followingPosition() : 0;
            int step = table.type().synchronised() ? 1 : 0;
            var values = new ArrayList<Object>();
            for (int i = 0; i < some.size(); i++) {
                var one = some.get(i);
                values.add(id + 1 + i);
                values.add(one.key());
                values.add(position + (long) step * i);
                values.add(SqliteTable.hash(one.words()));
                values.add(one.bytes());
            }
            return values.toArray();
        }

        private void added(Prepared one) throws SQLException {
            id++;
            position(transaction);
            if (table.searches()) {
                transaction.words(table, id, false, one.words());
            }
            if (revives) {
                transaction.connection().update(revive, one.key());
            }
        }

        /** Adds a document under a key at which nothing stands; returns its position. */
        long addNew(Prepared one) throws SQLException {
            boolean added = add(one);
            assert added : one.key() + " was looked for in the same write";
            return table.type().synchronised() ? transaction.lastPosition() : 0;
        }
    }

    private long change(SqliteTransaction transaction, Prepared one, Row row) throws SQLException {
        long position = position(transaction);
        long words = SqliteTable.hash(one.words());
        var connection = transaction.connection();
        connection.update(update, row.rev() + 1, position, words, one.bytes(), row.id());
        if (table.searches() && words != row.words()) {
            transaction.words(table, row.id(), true, one.words());
        }
        if (row.plant() != null && !row.plant().equals(Access.plant(table.type(), one.document()))) {
            connection.update(leave, one.key(), row.plant());
        }
        return position;
    }

    private long position(SqliteTransaction transaction) throws SQLException {
        return table.type().synchronised() ? transaction.nextPosition() : 0;
    }

    /** Removes some of the documents that fulfil a condition; returns how many. */
    int removeSome(SqliteTransaction transaction, Condition where, int limit) throws SQLException {
        return remove(
                transaction,
                new SqliteText()
                        .add("id IN (SELECT id FROM " + table.documents() + " WHERE ")
                        .condition(table, where)
                        .add(" LIMIT " + limit + ")"));
    }

    /** Removes the documents of which an expression is true; returns how many. */
    int remove(SqliteTransaction transaction, SqliteText which) throws SQLException {
        record Gone(long id, String key, @Nullable String plant) {}
        transaction.writeWords();
        var connection = transaction.connection();
        var gone = new ArrayList<Gone>();
        try (var rows = connection.query(
                "DELETE FROM " + table.documents() + " WHERE " + which.sql() + " RETURNING id, key, " + plant,
                which.arguments().toArray())) {
            while (rows.next()) {
                gone.add(new Gone(rows.getLong(1), rows.getString(2), rows.getString(3)));
            }
        }
        for (var one : gone) {
            if (table.searches()) {
                transaction.words(table, one.id(), true, null);
            }
            if (one.plant() != null) {
                connection.update(leave, one.key(), one.plant());
            }
            if (table.type().synchronised() && !table.type().isAppendOnly()) {
                connection.update(
                        "INSERT OR REPLACE INTO " + table.removed() + " (key, position) VALUES (?,?)",
                        one.key(),
                        transaction.nextPosition());
            }
        }
        if (!gone.isEmpty()) {
            transaction.changed(table, -gone.size());
        }
        return gone.size();
    }
}
