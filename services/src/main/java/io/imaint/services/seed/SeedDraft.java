package io.imaint.services.seed;

import io.imaint.services.seed.SeedPlan.Action;
import io.imaint.services.seed.ThreeWayMerge.Clash;
import io.imaint.store.Document;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of a seeded collection, and what becomes of it. All values are as {@link SeedDocuments#seeded}. */
final class SeedDraft {
    final String collection;
    final String key;
    final @Nullable Stored<Document> stored;

    /** As it is stored; {@code base} and {@code mine} have the new keys. */
    final @Nullable Document before;

    /** Whether what is stored has to be written for the new keys in it. */
    final boolean followed;

    final @Nullable Document base;
    final @Nullable Document mine;
    final @Nullable Document theirs;

    @Nullable
    Action action;

    @Nullable
    Document result;

    final List<Conflicting> conflicts = new ArrayList<>();

    SeedDraft(
            SeedDocuments in,
            String key,
            @Nullable Stored<Document> stored,
            @Nullable Document theirs,
            SeedRenames renames) {
        this.collection = in.name();
        this.key = key;
        this.stored = stored;
        this.before = stored == null ? null : in.seeded(stored.value());
        this.mine = before == null ? null : renames.followed(collection, key, before);
        var delivered = stored == null ? null : in.base(stored.value()).orElse(null);
        this.base = delivered == null ? null : renames.followed(collection, key, delivered);
        this.followed = !ThreeWayMerge.same(before, mine) || !ThreeWayMerge.same(delivered, base);
        this.theirs = theirs == null ? null : in.seeded(theirs);
        this.result = mine;
    }

    boolean renamed() {
        return stored != null && !stored.key().equals(key);
    }

    /** What has to be written; null for nothing. */
    @Nullable
    Action written() {
        if (renamed() && action != Action.DELETE) {
            return Action.RENAME;
        }
        return action == null && followed ? (ThreeWayMerge.same(before, result) ? Action.NOTE : Action.UPDATE) : action;
    }

    /** What is noted as delivered; null for nothing, when the document is the customer's alone from now on. */
    @Nullable
    Document noted() {
        return theirs == null && action == null ? base : theirs;
    }

    void becomes(@Nullable Action next, @Nullable Document value) {
        action = next;
        result = value;
    }

    /** Leaves the customer's document as it is, with one conflict for all of it. */
    void refuse(String reason) {
        conflicts.clear();
        conflicts.add(new Conflicting(new Clash("", base, mine, theirs), reason));
        becomes(Action.NOTE, mine);
    }

    record Conflicting(Clash clash, String reason) {}
}
