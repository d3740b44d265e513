package io.imaint.services.audit;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.CollectionType;
import io.imaint.store.RecordCodec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link of the audit chain: a write, without its values and the names of persons, which are {@link AuditParticulars}.
 *
 * @param id month and sequence, as in {@code 2026-11/000000000042}
 * @param sequence from 1 in each month, without gaps
 * @param fact the id of the fact from which it was made
 * @param by the id of the caller
 * @param subject the document, as in {@code AlertRules/4711}
 * @param rev the revision that was written; of a removed document its last one
 * @param operation CREATED, CHANGED or REMOVED
 * @param particulars digest of the particulars and their salt
 * @param previous the hash of the entry before, of the month before for the first; empty for the first of all
 * @param hash SHA-256 of {@code previous} and of all the rest in canonical JSON
 */
record AuditEntry(
        String id,
        String month,
        long sequence,
        String fact,
        Instant at,
        String by,
        @Nullable PlantCode plant,
        String subject,
        long rev,
        String operation,
        String particulars,
        String previous,
        String hash) {
    static final CollectionType<AuditEntry> TYPE = CollectionType.of("AuditEntries", AuditEntry.class, AuditEntry::id)
            .unique("fact")
            .index("month")
            .index("subject", "at")
            .index("by", "at")
            .index("at")
            .plant("plant")
            .appendOnly();

    static String id(String month, long sequence) {
        return "%s/%012d".formatted(month, sequence);
    }

    AuditHead head() {
        return new AuditHead(month, sequence, hash);
    }

    /** The same with its own hash. */
    AuditEntry sealed() {
        return new AuditEntry(
                id,
                month,
                sequence,
                fact,
                at,
                by,
                plant,
                subject,
                rev,
                operation,
                particulars,
                previous,
                computedHash());
    }

    /** What {@link #hash} has to be. */
    String computedHash() {
        var content = RecordCodec.of(AuditEntry.class).write(this).put("hash", null);
        return Digests.sha256(previous + Digests.canonical(content));
    }
}
