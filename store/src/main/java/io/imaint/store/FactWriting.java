package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a write of one collection carries: those that its author gave it, behind the one that says what a
 * caller changed.
 */
final class FactWriting {
    private final Access access;
    private final CollectionType<?> type;
    private final InstantSource clock;

    FactWriting(Access access, CollectionType<?> type, InstantSource clock) {
        this.access = access;
        this.type = type;
        this.clock = clock;
    }

    /** Whether every write is a fact, so that the document as it was has to be known. */
    boolean audits() {
        return access.caller().isPresent();
    }

    /** The facts of a write that was done; {@code rev} as in {@link StoredFact#rev()}. */
    List<FactEntry> entries(String key, long rev, @Nullable Document before, @Nullable Document after, Fact... facts) {
        if (facts.length == 0 && !audits()) {
            return List.of();
        }
        var entries = new ArrayList<FactEntry>(facts.length + 1);
        var now = clock.instant();
        var plant = plant(after != null ? after : before);
        if (audits()) {
            entries.add(entry(DocumentWritten.of(type, before, after), key, rev, now, common(before, after)));
        }
        for (var fact : facts) {
            entries.add(entry(fact, key, rev, now, plant));
        }
        return entries;
    }

    private FactEntry entry(Fact fact, String key, long rev, Instant now, @Nullable PlantCode plant) {
        return new FactEntry(
                UUID.randomUUID().toString(),
                fact.name(),
                type.name(),
                key,
                rev,
                now,
                now,
                Actor.of(author()),
                plant,
                document(fact));
    }

    private Caller author() {
        return access.caller().orElseGet(() -> Caller.scoped().isBound() ? Caller.current() : Caller.system("store"));
    }

    private static <R extends Record> Document document(Fact fact) {
        if (!(fact instanceof Record)) {
            throw new AssertionError(fact.getClass() + " is a fact and has to be a record");
        }
        @SuppressWarnings("unchecked") // A fact's class is that of a record.
        var codec = RecordCodec.of((Class<R>) fact.getClass());
        @SuppressWarnings("unchecked")
        var written = codec.write((R) fact);
        return written;
    }

    /** The plant of both; null when a document moved, because its old values are not for the people of the new plant. */
    private @Nullable PlantCode common(@Nullable Document before, @Nullable Document after) {
        var now = plant(after != null ? after : before);
        return before == null || Objects.equals(plant(before), now) ? now : null;
    }

    /** SAP may hold what is no plant's code; a fact about it is kept all the same. */
    private @Nullable PlantCode plant(@Nullable Document document) {
        var plant = document == null ? null : Access.plant(type, document);
        try {
            return plant == null ? null : new PlantCode(plant);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
