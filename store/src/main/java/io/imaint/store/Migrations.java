package io.imaint.store;

import io.imaint.store.Leases.Lease;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings the documents of older versions into the form of this one, before anybody reads them: once for each store, by
 * one process under a lease, while others that need the collection wait. The version is noted after all documents, so a
 * crash repeats what it interrupted.
 */
final class Migrations {
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());

    /** A page takes far less; a dead process keeps the others waiting for so long. */
    private static final Duration LEASE_LIFE = Duration.ofSeconds(30);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** Documents in memory, and in one write. */
    private static final int PAGE = 1_000;

    /** The version in which a collection's documents are kept; without one nothing was migrated yet. */
    record Version(String collection, int version) {
        static final CollectionType<Version> TYPE = CollectionType.of(
                        "CollectionVersions", Version.class, Version::collection)
                .unscoped("the store's own");
    }

    private final StoreView.Engine store;
    private final ReentrantLock migrating = new ReentrantLock();
    private final ConcurrentHashMap<String, Integer> current = new ConcurrentHashMap<>();

    Migrations(StoreView.Engine store) {
        this.store = store;
    }

    /**
     * Makes sure that a collection's documents have the form that its declaration reads.
     *
     * @param kept the collection's documents as they are kept, given leases
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_NEWER} when they are of a later version
     */
    void bring(CollectionType<?> type, Kept kept) {
        if (type.version() <= current.getOrDefault(type.name(), 0)) {
            return;
        }
        migrating.lock();
        try {
            while (!brought(type, kept)) {
                pause();
            }
            current.put(type.name(), type.version());
        } finally {
            migrating.unlock();
        }
    }

    /**
     * Makes sure that a collection can be read without being migrated.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_OLDER} or {@link StoreProblem#STORE_NEWER}
     */
    void verify(CollectionType<?> type, Kept kept) {
        boolean older = type.version() > 0 && version(type) < type.version();
        if (older
                && !kept.under(List.of())
                        .list(Query.where(Condition.ALL).limit(1))
                        .items()
                        .isEmpty()) {
            throw StoreProblem.STORE_OLDER.because(type.name() + " has documents of an older version");
        }
    }

    /** The documents of a collection as they are kept, written only while leases are held. */
    interface Kept {
        Documents<Document> under(List<Lease> leases);
    }

    private boolean brought(CollectionType<?> type, Kept kept) {
        if (version(type) == type.version()) {
            return true;
        }
        var holder = "pid-%d/%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());
        var lease = store.leases().acquire("migration/" + type.name(), holder, LEASE_LIFE);
        if (lease.isEmpty()) {
            return false;
        }
        try {
            int version = version(type); // Another process may have been done just before.
            if (version < type.version()) {
                migrate(type, version, kept.under(List.of(lease.get())), lease.get());
                note(new Version(type.name(), type.version()), lease.get());
            }
            return true;
        } finally {
            store.leases().release(lease.get());
        }
    }

    private int version(CollectionType<?> type) {
        int version = store.documents(Version.TYPE)
                .find(type.name())
                .map(found -> found.value().version())
                .orElse(0);
        if (version > type.version()) {
            throw StoreProblem.STORE_NEWER.because("%s has documents of version %d, this program knows %d"
                    .formatted(type.name(), version, type.version()));
        }
        return version;
    }

    private void migrate(CollectionType<?> type, int from, Documents<Document> documents, Lease lease) {
        String after = null;
        long migrated = 0;
        do {
            var page = documents.list(Query.where(Condition.ALL).limit(PAGE).after(after));
            var changed = new ArrayList<Document>();
            for (var document : page.values()) {
                var now = type.migrated(document, from);
                if (!now.equals(document)) {
                    changed.add(now);
                }
            }
            if (!changed.isEmpty()) {
                documents.upsertAll(changed);
                migrated += changed.size();
            }
            after = page.next();
            if (!store.leases().renew(lease, LEASE_LIFE)) {
                throw StoreProblem.LEASE_LOST.because(lease.name());
            }
        } while (after != null);
        if (migrated > 0) {
            LOG.log(Level.INFO, "{0}: {1} documents migrated to version {2}", type, migrated, type.version());
        }
    }

    private void note(Version version, Lease lease) {
        store.documents(Version.TYPE, Access.SYSTEM.under(List.of(lease))).upsertAll(List.of(version));
    }

    private static void pause() {
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("waiting for a migration was interrupted");
        }
    }
}
