package io.imaint.integration.definition;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The integrations of the store: data that operators may change, seeded with what the product brings. */
public final class Integrations {
    public static final CollectionType<Integration> TYPE = CollectionType.of(
                    "Integrations", IntegrationCodec.CODEC, Integration::name)
            .unscoped("replication spans all plants")
            .index("status")
            .migrated(Integrations::ownerInPlant)
            .migrated(Integrations::decidedStatus)
            .migrated(Integrations::lotLifecycle)
            .migrated(Integrations::externalId);

    /** A landscape has tens of them; one answer of the store holds all. */
    private static final int COUNT_MAX = 1000;

    private static final String SEED = "integrations.json";
    private static final String FIELDS = "fields";
    private static final String LIFECYCLE = "lifecycleStatus";

    private static final String SKIP = "skip";
    private static final String EXTID = "EXTID";

    /** The collections of objects that get their number from SAP after commands have named them. */
    private static final Set<String> CREATED = Set.of(Replicas.WORK_ORDERS.name(), Replicas.NOTIFICATIONS.name());

    /** Those of a lot's life, the last first. */
    private static final List<String> LOT_STATUSES = List.of("UD", "RREC", "REL", "CRTD");

    private Integrations() {}

    /** Inserts the product's integrations that are missing, as {@link #insertMissing}. */
    public static int seed(Documents<Integration> documents) {
        return insertMissing(documents, product());
    }

    /**
     * Inserts integrations whose name is not known and whose collection no other fills; those there are left as they
     * are. Returns how many.
     */
    public static int insertMissing(Documents<Integration> documents, List<Integration> integrations) {
        int inserted = 0;
        // Each process does this when it starts; to look costs one read, to try costs a write for each.
        var known = documents.list(Query.where(Condition.ALL).limit(COUNT_MAX)).items();
        var names = known.stream().map(Stored::key).collect(Collectors.toSet());
        for (var integration : integrations) {
            if (names.contains(integration.name())
                    || filling(integration.mapping().collection(), known).isPresent()) {
                continue;
            }
            switch (documents.insert(integration)) {
                case Documents.Written.Done<Integration> ignored -> inserted++;
                case Documents.Written.Lost<Integration> ignored -> {}
            }
        }
        return inserted;
    }

    /**
     * The integration that fills a collection. There is one at most, because a comparison removes what its own set does
     * not have.
     */
    public static Optional<Integration> filling(String collection, List<Stored<Integration>> among) {
        return among.stream()
                .map(Stored::value)
                .filter(integration -> integration.mapping().collection().equals(collection))
                .findFirst();
    }

    /** The integrations that the product brings, in dependency order. */
    public static List<Integration> product() {
        return Product.ALL;
    }

    /**
     * In version 0 some definitions filled {@code plant} with a plant that does not own the object. Only that field gets its
     * new name; whatever else an operator changed stays.
     */
    private static Document ownerInPlant(Document old) {
        var other = old.text("collection").flatMap(Replicas::otherPlant).orElse(null);
        if (other == null || !(old.get(FIELDS) instanceof List<?> lines)) {
            return old;
        }
        boolean taken = lines.stream().anyMatch(line -> fills(line, other));
        var renamed = new ArrayList<Object>();
        for (var line : lines) {
            if (!fills(line, Replicas.PLANT)) {
                renamed.add(line);
            } else if (!taken) { // Else the operator reads that plant into its own field already.
                renamed.add(((Document) line).copy().put("to", other));
            }
        }
        return old.copy().put(FIELDS, renamed);
    }

    /** In version 1 definitions also said that an integration runs (3) or failed (4), which its state says now. */
    private static Document decidedStatus(Document old) {
        return old.get("status") instanceof Number status && status.intValue() > Status.ACTIVE.number()
                ? old.copy().put("status", Status.ACTIVE.number())
                : old;
    }

    /** In version 2 inspection lots had no life-cycle status. The changed definition has them read again. */
    private static Document lotLifecycle(Document old) {
        if (!old.text("collection")
                        .filter(Replicas.INSPECTION_LOTS.name()::equals)
                        .isPresent()
                || !(old.get(FIELDS) instanceof List<?> lines)
                || lines.stream().anyMatch(line -> fills(line, LIFECYCLE))) {
            return old;
        }
        var more = new ArrayList<Object>();
        for (var line : lines) {
            more.add(line);
            if (fills(line, "systemStatuses") && ((Document) line).has("from")) {
                more.add(new Document()
                        .put("from", ((Document) line).get("from"))
                        .put("to", LIFECYCLE)
                        .put("convert", "lifecycle")
                        .put("precedence", LOT_STATUSES));
            }
        }
        return old.copy().put(FIELDS, more);
    }

    /** In version 3 the external id of orders and notifications was passed over. The changed definition has them read again. */
    private static Document externalId(Document old) {
        boolean created = old.text("collection").filter(CREATED::contains).isPresent();
        if (!created
                || !(old.get(FIELDS) instanceof List<?> lines)
                || !(old.get(SKIP) instanceof List<?> skipped)
                || !skipped.contains(EXTID)
                || lines.stream().anyMatch(line -> fills(line, Replicas.EXTERNAL_ID))) {
            return old;
        }
        var more = new ArrayList<Object>(lines);
        more.add(new Document()
                .put("from", EXTID)
                .put("to", Replicas.EXTERNAL_ID)
                .put("optional", true));
        var left = skipped.stream().filter(property -> !EXTID.equals(property)).toList();
        return old.copy().put(FIELDS, more).put(SKIP, left);
    }

    private static boolean fills(Object line, String field) {
        return line instanceof Document document && field.equals(document.get("to"));
    }

    /**
     * A definition as version 0 would have it, by which documents are the same that were migrated since: so none is read
     * again because a field has another name.
     */
    static Document beforeMigrations(Document definition) {
        var other = definition.text("collection").flatMap(Replicas::otherPlant).orElse(null);
        if (other == null || !(definition.get(FIELDS) instanceof List<?> lines)) {
            return definition;
        }
        List<Object> former = new ArrayList<>();
        lines.forEach(
                line -> former.add(fills(line, other) ? ((Document) line).copy().put("to", Replicas.PLANT) : line));
        return definition.copy().put(FIELDS, former);
    }

    /** Read once: they are part of the program. */
    private static final class Product {
        static final List<Integration> ALL = DocumentTree.packed(Integrations.class, SEED).stream()
                .map(TYPE::read)
                .toList();
    }

    /**
     * The integration with a name.
     *
     * @throws io.imaint.kernel.problem.Failure {@link DefinitionProblem#INTEGRATION_UNKNOWN}
     */
    public static Stored<Integration> one(Documents<Integration> documents, String name) {
        return documents.find(name).orElseThrow(() -> DefinitionProblem.INTEGRATION_UNKNOWN.because("'" + name + "'"));
    }

    /** All integrations, those that others depend on first, else by name. */
    public static List<Stored<Integration>> all(Documents<Integration> documents) {
        return inOrder(
                documents.list(Query.where(Condition.ALL).limit(COUNT_MAX)).items());
    }

    /**
     * Puts dependencies before dependants.
     *
     * @throws io.imaint.kernel.problem.Failure {@link InboundProblem#INTEGRATION_INVALID} for a name that is not there
     *     and for integrations that wait for one another
     */
    public static List<Stored<Integration>> inOrder(List<Stored<Integration>> integrations) {
        Map<String, Stored<Integration>> byName = new HashMap<>();
        integrations.forEach(stored -> byName.put(stored.key(), stored));
        for (var stored : integrations) {
            for (var need : stored.value().dependsOn()) {
                if (!byName.containsKey(need)) {
                    throw DefinitionProblem.INTEGRATION_INVALID.because(
                            "'%s' depends on '%s', which does not exist".formatted(stored.key(), need));
                }
            }
        }
        var ordered = new LinkedHashSet<String>();
        var waiting = new ArrayDeque<>(integrations);
        int passedOver = 0;
        while (!waiting.isEmpty()) {
            var first = waiting.removeFirst();
            if (ordered.containsAll(first.value().dependsOn())) {
                ordered.add(first.key());
                passedOver = 0;
            } else {
                waiting.addLast(first);
                passedOver++;
            }
            if (passedOver > 0 && passedOver == waiting.size()) {
                throw DefinitionProblem.INTEGRATION_INVALID.because("these integrations depend on each other: "
                        + String.join(
                                ", ", waiting.stream().map(Stored::key).sorted().toList()));
            }
        }
        return ordered.stream().map(byName::get).toList();
    }
}
