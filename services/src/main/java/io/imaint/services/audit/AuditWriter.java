package io.imaint.services.audit;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.DocumentWritten;
import io.imaint.store.Documents.Written;
import io.imaint.store.FactConsumer;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.StoredFact;
import java.security.SecureRandom;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes audit entries of facts. The facts' subscription lets one writer work at a time; should two ever meet, the key of
 * an entry, which is its place in the chain, lets only one of them in.
 */
final class AuditWriter implements FactConsumer {
    private static final String AUDITED = DocumentWritten.class.getSimpleName();
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy-MM").withZone(ZoneOffset.UTC);
    private static final int SALT_BYTES = 16;

    private final Store store;
    private final SecureRandom random = new SecureRandom();

    AuditWriter(Store store) {
        this.store = store;
    }

    @Override
    public void accept(List<StoredFact> facts) {
        var writes = facts.stream().filter(fact -> fact.name().equals(AUDITED)).toList();
        if (writes.isEmpty()) {
            return;
        }
        var ids = writes.stream().map(StoredFact::id).toList();
        var known = new HashSet<String>();
        store.documents(AuditEntry.TYPE)
                .list(Query.where(new Condition.In("fact", ids)).limit(ids.size()))
                .values()
                .forEach(entry -> known.add(entry.fact()));
        var head = AuditHead.of(store);
        boolean closed = head.flatMap(last -> store.documents(AuditClosing.TYPE).find(last.month()))
                .isPresent();
        for (var fact : writes) {
            if (!known.contains(fact.id())) {
                head = Optional.of(append(AuditHead.next(head, MONTH.format(fact.at()), closed), fact));
                closed = false;
            }
        }
    }

    /** @param place where the entry comes, with the hash of the one before */
    private AuditHead append(AuditHead place, StoredFact fact) {
        var write = RecordCodec.of(DocumentWritten.class).read(fact.data());
        var particulars = written(new AuditParticulars(
                AuditEntry.id(place.month(), place.sequence()),
                fact.id(),
                fact.plant(),
                fact.by().displayName(),
                fact.by().session(),
                fact.by().requestId(),
                fact.by().address(),
                write.changes(),
                salt()));
        var entry = new AuditEntry(
                        particulars.id(),
                        place.month(),
                        place.sequence(),
                        fact.id(),
                        fact.at(),
                        fact.by().id(),
                        fact.plant(),
                        fact.collection() + "/" + fact.key(),
                        fact.rev(),
                        write.operation().name(),
                        particulars.digest(),
                        place.hash(),
                        "")
                .sealed();
        if (store.documents(AuditEntry.TYPE).insert(entry) instanceof Written.Lost) {
            throw overtaken(entry.id());
        }
        return entry.head();
    }

    /**
     * Writes particulars, before their entry, because an entry without them counts as erased. Those of the same fact that
     * stand there were left by a crash and are taken over, with their salt. Those of another fact are replaced while they
     * have no entry, as when that fact became a dead letter; else they belong to the entry of another writer.
     */
    private AuditParticulars written(AuditParticulars wanted) {
        var particulars = store.documents(AuditParticulars.TYPE);
        if (particulars.insert(wanted) instanceof Written.Lost<AuditParticulars> lost) {
            var standing = lost.current().orElseThrow(() -> overtaken(wanted.id()));
            if (standing.value().fact().equals(wanted.fact())) {
                return standing.value();
            }
            if (store.documents(AuditEntry.TYPE).find(wanted.id()).isPresent()
                    || particulars.replace(wanted, standing.rev()) instanceof Written.Lost) {
                throw overtaken(wanted.id());
            }
        }
        return wanted;
    }

    private static Failure overtaken(String entry) {
        return StoreProblem.LEASE_LOST.because("another writer of the audit trail made " + entry);
    }

    private String salt() {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }
}
