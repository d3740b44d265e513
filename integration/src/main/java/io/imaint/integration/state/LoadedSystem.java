package io.imaint.integration.state;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whose data the store holds: one document for all integrations, so that data of two systems never stands in it together.
 * The first rows claim the store for their system; only a reset, a restore or a switch gives it to another.
 *
 * @param system the identity of the SAP system; null when nothing was loaded
 * @param unfinished what an operator began to do with all data and has not ended; null as a rule
 */
public record LoadedSystem(
        @Nullable String system, @Nullable Unfinished unfinished) {
    /**
     * A reset, restore or switch under way, or interrupted.
     *
     * @param what for people, such as {@code a switch from A to B}
     * @param command that finishes it
     * @param plan what is left to do, for that command
     */
    public record Unfinished(String what, String command, Document plan) {}

    private static final String KEY = "sap";

    private static final CollectionType<LoadedSystem> TYPE =
            CollectionType.of("LoadedSystem", LoadedSystem.class, any -> KEY).unscoped("replication spans all plants");

    /** Nothing is loaded and nothing is left to do. */
    private static final LoadedSystem NONE = new LoadedSystem(null, null);

    /** What the store says now. */
    public static LoadedSystem of(Store store) {
        return store.documents(TYPE).find(KEY).map(Stored::value).orElse(NONE);
    }

    /**
     * Writes it down; only for who holds the leases of all integrations.
     *
     * @param store under these leases
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#LEASE_LOST} when somebody else did meanwhile
     */
    public void write(Store store) {
        var documents = store.documents(TYPE);
        var before = documents.find(KEY);
        var written = before.isPresent() ? documents.replace(this, before.get().rev()) : documents.insert(this);
        if (written instanceof Written.Lost<LoadedSystem>) {
            throw StoreProblem.LEASE_LOST.because("another process changed the loaded system");
        }
    }

    /**
     * Makes sure that a system's data may be written to the store, and claims the store for it when it is nobody's. For
     * who holds the lease of an integration: without one, a switch could begin behind the claim.
     *
     * @param store under this lease
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#SYSTEM_CHANGED},
     *     {@link InboundProblem#ARCHIVE_RUNNING} or {@link InboundProblem#ARCHIVE_UNFINISHED}
     */
    public static void claim(Store store, String system) {
        var documents = store.documents(TYPE);
        var ours = new LoadedSystem(system, null);
        Function<Stored<LoadedSystem>, @Nullable Change<LoadedSystem>> claim = now -> {
            require(store, now.value(), system);
            return system.equals(now.value().system()) ? null : Change.of(ours);
        };
        if (documents.update(KEY, claim).isEmpty() && documents.insert(ours) instanceof Written.Lost<LoadedSystem>) {
            documents.update(KEY, claim);
        }
    }

    /** Fails when another system's data is loaded, or all data is about to be replaced. */
    public static void require(Store store, String system) {
        require(store, of(store), system);
    }

    private static void require(Store store, LoadedSystem now, String system) {
        if (now.unfinished() != null) {
            var holder = AllIntegrationsLock.holder(store);
            if (holder.isPresent()) {
                throw InboundProblem.ARCHIVE_RUNNING.because(
                        "%s, by %s".formatted(now.unfinished().what(), holder.get()));
            }
            throw InboundProblem.ARCHIVE_UNFINISHED.because("%s; finish it with `%s`"
                    .formatted(now.unfinished().what(), now.unfinished().command()));
        }
        if (now.system() != null && !same(now.system(), system)) {
            throw InboundProblem.SYSTEM_CHANGED.because(
                    "loaded is '%s', now it is '%s'; `imaint integrations switch --system %s` parks the one and loads the other"
                            .formatted(now.system(), system, system.split("[/ ,]", 2)[0]));
        }
    }

    /** Whether two names are those of one system; a later version may say more of it, after a comma. */
    public static boolean same(@Nullable String loaded, String now) {
        return loaded != null && (now.equals(loaded) || now.startsWith(loaded + ", "));
    }
}
