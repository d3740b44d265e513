package io.imaint.store;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;

/** The log of facts in SQLite, into which each write puts its facts in its own transaction. */
final class SqliteFacts {
    private final SqliteStore store;
    private final Signal added = new Signal();
    private final FactLog log;
    private volatile boolean created;
    private final SqliteChanges changes = new SqliteChanges(new SqliteTable(FactEntry.TYPE));

    SqliteFacts(SqliteStore store) {
        this.store = store;
        this.log = new FactLog(store, store.clock(), added, FactWorker.Pauses.DEFAULT, () -> {});
    }

    FactLog log() {
        return log;
    }

    /** To be called before a write that may carry facts; its transaction must not create tables on the way. */
    void create() {
        if (!created) {
            store.documents(FactEntry.TYPE);
            created = true;
        }
    }

    void add(SqliteTransaction transaction, List<FactEntry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        var prepared = new LinkedHashMap<String, SqliteChanges.Prepared>();
        entries.forEach(entry -> prepared.put(entry.id(), changes.prepared(entry.id(), FactEntry.TYPE.write(entry))));
        changes.upsert(transaction, prepared.values());
    }

    /** Wakes the consumers once facts are durable. */
    void raise() {
        added.raise();
    }
}
