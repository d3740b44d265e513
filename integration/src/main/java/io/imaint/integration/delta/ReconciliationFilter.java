package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Literals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks for rows by the ids of their documents, some at a time. */
final class ReconciliationFilter {
    /** So that a refused or slow one costs little; SAP's parser gets slow with long disjunctions. */
    private static final int KEYS_MAX = 20;

    /** Together with the selected properties it stays below what proxies let pass. */
    private static final int LENGTH_MAX = 2_000;

    /** Rows to ask for at once. */
    record Batch(List<String> ids, String filter) {}

    private final KeyValues keys;

    ReconciliationFilter(Integration integration, EntityType type) {
        this.keys = new KeyValues(integration.mapping().keys(), type);
    }

    /**
     * The batches that ask for all of the ids.
     *
     * @param impossible takes the ids that no row can have by this mapping
     * @param unaskable takes the ids for which SAP has no literal, such as one with a date that is not there
     */
    List<Batch> batches(Collection<String> ids, Collection<String> impossible, Collection<String> unaskable) {
        var batches = new ArrayList<Batch>();
        var some = new ArrayList<String>();
        var filter = new StringBuilder();
        for (var id : ids) {
            var values = keys.texts(id);
            var condition = values.flatMap(this::condition);
            if (condition.isEmpty()) {
                (values.isPresent() ? unaskable : impossible).add(id);
                continue;
            }
            if (some.size() == KEYS_MAX
                    || (!some.isEmpty()
                            && Literals.encoded(filter + condition.get()).length() > LENGTH_MAX)) {
                batches.add(new Batch(List.copyOf(some), filter.toString()));
                some.clear();
                filter.setLength(0);
            }
            some.add(id);
            filter.append(filter.isEmpty() ? "" : " or ").append(condition.get());
        }
        if (!some.isEmpty()) {
            batches.add(new Batch(List.copyOf(some), filter.toString()));
        }
        return batches;
    }

    private Optional<String> condition(List<String> values) {
        var terms = new ArrayList<String>();
        for (var property : keys.properties()) {
            var value = KeyValues.value(property, values.get(terms.size()));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            terms.add(property.name() + " eq " + Literals.literal(property.kind(), value.get()));
        }
        return Optional.of("(" + String.join(" and ", terms) + ")");
    }
}
