package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntityKey;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.state.DeadLetter;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows by their keys in the first way that SAP allows.
 *
 * <pre>
 *   filter by several keys ──refused──► address of each row ──refused──► all pages
 * </pre>
 *
 * <p>A filter is not even tried when the metadata says that a key is not filterable. An address knows no filter of the
 * integration, so with one this way is closed. "Not found" at an address proves nothing until a row that is there was
 * found by its own: some services answer so to every address.
 */
final class RowLookup {
    /** Takes the few rows that were asked for by key. */
    static final class Rows implements PagePipeline.Sink {
        private final RowMapping mapping;
        private final Consumer<@Nullable String> stamps;
        private final Map<String, Document> documents = new HashMap<>();
        private final Set<String> unreadable = new HashSet<>();
        private final Predicate<String> wanted;
        private boolean unknown;

        /**
         * @param stamps is given the change stamp of each row
         * @param wanted the ids of the rows that are kept
         */
        Rows(RowMapping mapping, Consumer<@Nullable String> stamps, Predicate<String> wanted) {
            this.mapping = mapping;
            this.stamps = stamps;
            this.wanted = wanted;
        }

        /** The document of the row with an id; null when it did not come. */
        @Nullable
        Document document(String id) {
            return documents.get(id);
        }

        /** Whether the row of an id came, readable or not. */
        boolean has(String id) {
            return documents.containsKey(id) || unreadable.contains(id);
        }

        /** Whether the row of an id may have come and could not be read. */
        boolean unreadable(String id) {
            return unknown || unreadable.contains(id);
        }

        @Override
        public void row(Row row) {
            var document = mapping.document(row);
            stamps.accept(mapping.stamp(row));
            var id = document.text(Replicas.ID).orElseThrow();
            if (wanted.test(id)) {
                documents.put(id, document);
            }
        }

        @Override
        public void setAside(DeadLetter letter) {
            var id = letter.row();
            if (id == null) {
                unknown = true;
            } else {
                unreadable.add(id);
            }
        }
    }

    private static final System.Logger LOG = System.getLogger(RowLookup.class.getName());

    /** Each address costs a request; for more rows than this, to read all pages is cheaper. */
    static final int ADDRESSES_MAX = 200;

    /** After so many refusals in one run the next address is hardly better. */
    private static final int REFUSALS_MAX = 3;

    /** How SAP says that it does not answer this question; other failures are not about the question. */
    private static final Set<ProblemCode> REFUSALS = Set.of(
            ODataProblem.SAP_REQUEST_REFUSED,
            ODataProblem.SAP_NOT_FOUND,
            ODataProblem.SAP_UNAUTHORIZED,
            ODataProblem.SAP_FAILED,
            ODataProblem.SAP_ANSWER_MALFORMED);

    /** Rows for which all pages are read in one go, so that their documents fit into memory. */
    private static final int PAGES_IDS_MAX = 10_000;

    /** So that a refused or slow one costs little; SAP's parser gets slow with long disjunctions. */
    private static final int KEYS_MAX = 20;

    /** Together with the selected properties it stays below what proxies let pass. */
    private static final int LENGTH_MAX = 2_000;

    /** Rows to ask for at once. */
    record Batch(List<String> ids, String filter) {}

    private final Integration integration;
    private final RowMapping mapping;
    /** The properties of the key, in the order of the id. */
    private final List<EdmProperty> keys;

    private final Consumer<@Nullable String> stamps;
    private final BiConsumer<String, Rows> pages;
    private boolean byFilter;
    private boolean byAddress;
    private boolean addressProven;
    private int addresses;
    private int refusals;
    private @Nullable String present;

    /**
     * @param stamps is given the change stamp of each row
     * @param pages reads all pages from a target
     */
    RowLookup(
            Integration integration,
            RowMapping mapping,
            Consumer<@Nullable String> stamps,
            BiConsumer<String, Rows> pages) {
        this.integration = integration;
        this.mapping = mapping;
        this.stamps = stamps;
        this.pages = pages;
        this.keys = integration.mapping().keys().stream()
                .map(key -> mapping.type().properties().get(mapping.type().place(key)))
                .toList();
        this.byFilter = keys.stream().allMatch(EdmProperty::filterable);
        this.byAddress = integration.reading().filter() == null
                && Set.copyOf(mapping.type().keys())
                        .equals(Set.copyOf(integration.mapping().keys()));
    }

    /** Notes a row that SAP has. */
    void present(String id) {
        present = id;
    }

    /**
     * Reads rows.
     *
     * @param impossible takes the ids that no row can have by this mapping
     * @param unaskable takes the ids for which SAP has no literal, such as one with a date that is not there
     * @param read is given ids with those of their rows that SAP has
     */
    void read(
            Collection<String> wanted,
            Collection<String> impossible,
            Collection<String> unaskable,
            BiConsumer<List<String>, Rows> read) {
        var unread = new ArrayList<String>();
        for (var batch : batches(wanted, impossible, unaskable)) {
            var rows = new Rows(mapping, stamps, id -> true);
            var refused = refused(batch, rows);
            var answered = new ArrayList<>(batch.ids());
            answered.removeAll(refused);
            read.accept(answered, rows);
            unread.addAll(refused);
        }
        unread.stream().gather(Gatherers.windowFixed(PAGES_IDS_MAX)).forEach(ids -> {
            var rows = new Rows(mapping, stamps, Set.copyOf(ids)::contains);
            pages.accept(integration.target(mapping.select(), ""), rows);
            read.accept(ids, rows); // What has not come was not there when the keys were read, either.
        });
    }

    /** Reads the rows of a batch; returns the ids that SAP did not let ask for. */
    private List<String> refused(Batch batch, Rows rows) {
        if (byFilter) {
            var refusal = refusal(integration.target(mapping.select(), batch.filter()), rows);
            if (refusal.isEmpty()) {
                return List.of();
            }
            byFilter = false;
            LOG.log(
                    Level.INFO,
                    "{0}: SAP does not filter by the key, rows are read by address: {1}",
                    integration.name(),
                    refusal.get().line());
        }
        proveAddresses(batch.ids(), rows);
        var refused = new ArrayList<String>();
        for (var id : batch.ids()) {
            if (!byAddress(id, rows)) {
                refused.add(id);
            }
        }
        return refused;
    }

    private boolean byAddress(String id, Rows rows) {
        if (!byAddress || addresses == ADDRESSES_MAX) {
            return false;
        }
        addresses++;
        var refusal = refusal(address(id), rows);
        boolean answered = refusal.isEmpty() ? rows.has(id) : refusal.get().code() == ODataProblem.SAP_NOT_FOUND;
        if (!answered) {
            refusals++;
            byAddress = refusals < REFUSALS_MAX;
        }
        return answered;
    }

    /** Reads a row that is there, or else the first that comes, once. */
    private void proveAddresses(List<String> ids, Rows rows) {
        if (byAddress && !addressProven) {
            var known = present == null ? ids : List.of(present);
            addressProven =
                    known.stream().anyMatch(id -> refusal(address(id), rows).isEmpty() && rows.has(id));
            byAddress = addressProven;
        }
    }

    private Optional<Failure> refusal(String target, Rows rows) {
        try {
            pages.accept(target, rows);
            return Optional.empty();
        } catch (Failure failed) {
            if (!REFUSALS.contains(failed.code())) {
                throw failed;
            }
            return Optional.of(failed);
        }
    }

    private String address(String id) {
        var type = mapping.type();
        var texts = RowMapping.values(id, keys.size()).orElseThrow();
        var names = integration.mapping().keys();
        Function<String, Object> value =
                key -> EntityKey.value(type.properties().get(type.place(key)), texts.get(names.indexOf(key)))
                        .orElseThrow();
        var values = type.keys().stream().map(value).toList();
        return integration.mapping().entitySet() + EntityKey.address(type, values) + "?$select=" + mapping.select();
    }

    /**
     * The batches that ask for all of the ids that can be asked for.
     */
    private List<Batch> batches(Collection<String> ids, Collection<String> impossible, Collection<String> unaskable) {
        var batches = new ArrayList<Batch>();
        var some = new ArrayList<String>();
        var filter = new StringBuilder();
        for (var id : ids) {
            var values = RowMapping.values(id, keys.size());
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
        for (var property : keys) {
            var value = EntityKey.value(property, values.get(terms.size()));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            terms.add(property.name() + " eq " + Literals.literal(property.kind(), value.get()));
        }
        return Optional.of("(" + String.join(" and ", terms) + ")");
    }
}
