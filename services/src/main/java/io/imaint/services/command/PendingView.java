package io.imaint.services.command;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.command.Pending.Change;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import io.imaint.store.outbox.OutboxLine;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The replicated orders, notifications and inspection lots with what is pending laid over them, as the current caller sees them.
 *
 * <pre>
 *   replica   description "Pump leaks"   lifecycleStatus CRTD
 *   pending   change-order  description "Pump leaks oil"          laid over
 *             release-order                                       laid over: lifecycleStatus REL
 *             change-order  priority 1 (failed)                   not laid over; shown with SAP's words
 * </pre>
 */
public final class PendingView {
    /** The field of a document that shows what is pending. */
    private static final String PENDING = "pending";

    private static final String LIFECYCLE = "lifecycleStatus";
    private static final String STATUSES = "systemStatuses";

    /** When SAP changed an object, by SAP's clock. */
    private static final String CHANGED = "changedAt";

    /** What one person enters while SAP is away and that fits above a list; all of it shows in the outbox. */
    private static final int CREATIONS_SHOWN_MAX = 200;

    /** More of one kind are entered only while SAP is away for long. */
    private static final int MADE_SHOWN_MAX = 1_000;

    private static final RecordCodec<Pending> CODEC = RecordCodec.of(Pending.class);

    /** The field of an object's number, and the status in which SAP creates it. */
    private record Kind(String number, String created) {}

    private static final Map<String, Kind> KINDS = Map.of(
            Replicas.WORK_ORDERS.name(), new Kind("orderNumber", "CRTD"),
            Replicas.NOTIFICATIONS.name(), new Kind("notification", "OSNO"),
            Replicas.INSPECTION_LOTS.name(), new Kind("inspectionLot", "CRTD"));

    private final ReplicaView seen;
    private final Outbox outbox;

    public PendingView(Store store, InstantSource clock) {
        this.seen = new ReplicaView(store);
        this.outbox = new Outbox(store, clock);
    }

    /**
     * An object as it will be.
     *
     * @param key its number, or the id of the item that creates it
     */
    public Optional<Expected> find(CollectionType<Document> type, String key) {
        if (ItemIds.id(key).isEmpty()) {
            return numbered(type, key);
        }
        var item = outbox.find(key, Caller.current()).map(Stored::value).filter(creating -> creates(creating, type));
        if (item.isEmpty() || item.get().state() == State.DISCARDED) {
            return Optional.empty();
        }
        var number = item.get().outcome().sapNumber();
        return item.get().state() == State.POSTED && number != null
                ? numbered(type, number)
                : Optional.of(expected(type, key, created(type, item.get()), pendingOf(type, List.of(key))));
    }

    private Optional<Expected> numbered(CollectionType<Document> type, String number) {
        var items = pendingOf(type, List.of(number));
        return seen.documents(type)
                .find(number)
                .map(Stored::value)
                .map(replica -> expected(type, number, replica, unreplicated(type, items, replica)))
                .or(() -> items.stream() // Posted a moment ago and not replicated yet.
                        .filter(item -> creates(item, type) && item.state() == State.POSTED)
                        .filter(item -> KINDS.containsKey(type.name()))
                        .findFirst()
                        .map(item -> expected(type, number, created(type, item), items)));
    }

    /** What is on its way for an object. */
    public List<OutboxItem> items(CollectionType<Document> type, String number) {
        return pendingOf(type, List.of(number));
    }

    private static boolean creates(OutboxItem item, CollectionType<Document> type) {
        var command = item.command();
        return command.kind() == Command.Kind.CREATE
                && command.collection().name().equals(type.name());
    }

    private List<OutboxItem> pendingOf(CollectionType<Document> type, List<String> keys) {
        return outbox.pending(type.name(), keys, Caller.current());
    }

    /**
     * Without what SAP has done to the object itself and the replica shows: the last such command, and those before it, which
     * SAP carried out earlier.
     */
    private static List<OutboxItem> unreplicated(
            CollectionType<Document> type, List<OutboxItem> items, Document replica) {
        var own = items.stream()
                .filter(item -> item.command().collection().name().equals(type.name()))
                .toList();
        int last = own.size() - 1;
        while (last >= 0 && !replicated(own.get(last), replica)) {
            last--;
        }
        var shown = own.subList(0, last + 1).stream()
                .filter(item -> item.state() == State.POSTED)
                .collect(Collectors.toSet());
        return items.stream().filter(item -> !shown.contains(item)).toList();
    }

    /**
     * Whether a replica is from after SAP carried a command out. SAP's clock counts seconds: where both are of the same one, what
     * the command changes tells.
     */
    static boolean replicated(OutboxItem item, Document replica) {
        var answer = item.outcome().answer();
        var done = item.state() == State.POSTED && answer != null ? answer.instant(CHANGED) : Optional.<Instant>empty();
        var known = replica.instant(CHANGED);
        if (done.isEmpty() || known.isEmpty() || known.get().isBefore(done.get())) {
            return false;
        }
        return known.get().isAfter(done.get())
                || item.command().kind() == Command.Kind.CREATE
                || effect(item.command(), item, replica).fields().entrySet().stream()
                        .filter(field -> !field.getKey().equals(STATUSES)) // SAP adds to them what it finds out.
                        .allMatch(field -> Fulfilled.same(replica.get(field.getKey()), field.getValue()));
    }

    /** Whether a replica shows what SAP carried out: it is from after that, or has the values, where SAP's answer tells no time. */
    static boolean shows(Document replica, OutboxItem item) {
        return replicated(item, replica)
                || (item.state() == State.POSTED
                        && item.request().values().fields().entrySet().stream()
                                .allMatch(field -> Fulfilled.same(replica.get(field.getKey()), field.getValue())));
    }

    private static Expected expected(
            CollectionType<Document> type, String anchor, Document document, List<OutboxItem> items) {
        var laidOver = document.copy();
        var pending = new ArrayList<Pending>();
        for (var item : items) {
            var command = item.command();
            boolean own = command.collection().name().equals(type.name());
            var effect =
                    own && command.kind() != Command.Kind.CREATE ? effect(command, item, laidOver) : new Document();
            pending.add(pending(item, effect, document));
            if (item.state() != State.FAILED) {
                effect.forEach(laidOver::put);
            }
        }
        return new Expected(type, anchor, ItemIds.id(anchor).isEmpty(), laidOver, pending, items);
    }

    /** The fields that a command gives new values. */
    private static Document effect(Command command, OutboxItem item, Document before) {
        return switch (command) {
            case RELEASE_ORDER, REOPEN_ORDER -> status(before, "REL");
            case COMPLETE_ORDER_TECHNICALLY -> status(before, "TECO");
            case PUT_NOTIFICATION_IN_PROCESS -> status(before, "NOPR");
            case COMPLETE_NOTIFICATION -> status(before, "NOCO");
            default -> item.request().values();
        };
    }

    private static Document status(Document before, String next) {
        var statuses = new ArrayList<String>();
        statuses.add(next);
        before.texts(STATUSES).stream()
                .filter(status -> !List.of("CRTD", "REL", "TECO", "OSNO", "NOPR", "NOPO", "NOCO", next)
                        .contains(status))
                .forEach(statuses::add);
        return new Document().put(LIFECYCLE, next).put(STATUSES, statuses);
    }

    static Pending pending(OutboxItem item, Document effect, Document replica) {
        var line = OutboxLine.of(item);
        var changes = new ArrayList<Change>();
        effect.forEach((field, value) -> {
            if (!field.equals(STATUSES)) {
                changes.add(new Change(field, replica.get(field), value, line.state(), line.message()));
            }
        });
        return new Pending(
                line.id(),
                line.command(),
                line.state(),
                line.message(),
                item.request().values().fields(),
                changes);
    }

    /** An object of which there is nothing but the item that creates it. */
    private Document created(CollectionType<Document> type, OutboxItem item) {
        var kind = KINDS.get(type.name());
        if (kind == null) {
            throw new AssertionError(type + " is not shown while it is pending");
        }
        var line = OutboxLine.of(item);
        var document = new Document();
        item.request().values().forEach((field, value) -> {
            if (!(value instanceof List<?>)) { // Its parts are lists of their own.
                document.put(field, value);
            }
        });
        document.put(LIFECYCLE, kind.created()).put(STATUSES, List.of(kind.created()));
        var answer = item.outcome().answer();
        if (answer != null) {
            answer.forEach(document::put);
        }
        var number = line.sapNumber() == null ? line.id() : line.sapNumber();
        document.put(Replicas.ID, number)
                .put(kind.number(), number)
                .put(Replicas.PLANT, line.plant())
                .put("createdOn", LocalDate.ofInstant(line.acceptedAt(), ZoneOffset.UTC));
        describe(document, "equipment", Replicas.EQUIPMENT);
        describe(document, "functionalLocation", Replicas.FUNCTIONAL_LOCATIONS);
        describe(document, "orderType", Replicas.ORDER_TYPES);
        describe(document, "notificationType", Replicas.NOTIFICATION_TYPES);
        return document;
    }

    private void describe(Document document, String field, CollectionType<Document> type) {
        document.text(field)
                .flatMap(key -> seen.documents(type).find(key))
                .flatMap(found -> found.value().text("description"))
                .ifPresent(text -> document.put(field + "Description", text));
    }

    static Document with(Document document, List<Pending> pending) {
        return document.copy().put(PENDING, pending.stream().map(CODEC::write).toList());
    }

    /**
     * A page of what a query finds, each line with what is pending about it; on the first page also the caller's own
     * objects that are not replicated yet, above the others. The total counts them too.
     */
    public <R extends Record> Listing<Projected<R>> page(
            CollectionType<Document> type, Class<R> as, Query query, boolean total) {
        var page = seen.page(type, as, query, total);
        var field = number(type);
        var keys =
                page.items().stream().flatMap(line -> line.text(field).stream()).toList();
        var byKey = new HashMap<String, List<OutboxItem>>();
        for (var item : pendingOf(type, keys)) {
            byKey.computeIfAbsent(item.number(), key -> new ArrayList<>()).add(item);
        }
        boolean first = query.after() == null;
        var creations = first || total ? creations(type, query) : List.<Document>of();
        var created = first ? creations : List.<Document>of();
        var count = page.total() == null ? null : Long.valueOf(page.total() + creations.size());
        if (byKey.isEmpty() && created.isEmpty()) {
            return new Listing<>(page.items(), page.next(), count);
        }
        var projection = type.projected(as);
        var full = seen.documents(type).findAll(List.copyOf(byKey.keySet()));
        var lines = new ArrayList<Projected<R>>();
        created.forEach(document -> lines.add(projection.read(document)));
        for (var line : page.items()) {
            var key = line.text(field).orElse("");
            var items = byKey.get(key);
            var stored = full.get(key);
            lines.add(
                    items == null || stored == null
                            ? line
                            : projection.read(
                                    expected(type, key, stored.value(), unreplicated(type, items, stored.value()))
                                            .shown()));
        }
        return new Listing<>(lines, page.next(), count);
    }

    /** Documents, each with what is pending about it. */
    public List<Document> shown(CollectionType<Document> type, List<Document> documents) {
        var keys = documents.stream()
                .flatMap(document -> document.text(Replicas.ID).stream())
                .toList();
        var byKey = pendingOf(type, keys).stream()
                .collect(Collectors.groupingBy(item -> OutboxLine.of(item).number()));
        return documents.stream()
                .map(document -> {
                    var key = document.text(Replicas.ID).orElse("");
                    return expected(type, key, document, byKey.getOrDefault(key, List.of()))
                            .shown();
                })
                .toList();
    }

    /**
     * What is on its way to be made by a command, called by the id of its item until it is replicated. A number that
     * SAP has not given yet is the id of the item that asks for it.
     */
    public List<Document> making(Command command, Condition where) {
        var made = seen.documents(command.collection());
        var items = outbox.pending(command, Caller.current(), MADE_SHOWN_MAX);
        var numbers = items.stream()
                .flatMap(item -> Stream.ofNullable(item.outcome().sapNumber()))
                .toList();
        var replicated = made.findAll(numbers).keySet();
        return items.stream()
                .filter(item -> item.outcome().sapNumber() == null
                        || !replicated.contains(item.outcome().sapNumber()))
                .map(item -> {
                    var document = item.request().values().copy();
                    item.request().references().forEach(document::put);
                    document.put(Replicas.ID, item.id());
                    return with(document, List.of(pending(item, new Document(), document)));
                })
                .filter(document -> Fulfilled.by(document, command.collection(), where))
                .toList();
    }

    private static String number(CollectionType<Document> type) {
        var kind = KINDS.get(type.name());
        if (kind == null) {
            throw new AssertionError(type + " has no list with what is pending");
        }
        return kind.number();
    }

    private List<Document> creations(CollectionType<Document> type, Query query) {
        var items = outbox.recent(Caller.current(), CREATIONS_SHOWN_MAX).stream()
                .filter(item -> creates(item, type))
                .toList();
        var replicated = seen.documents(type)
                .findAll(items.stream().map(OutboxItem::number).toList());
        return items.stream()
                .filter(item -> !replicated.containsKey(item.number()))
                .map(item -> expected(type, item.number(), created(type, item), List.of(item))
                        .shown())
                .filter(document -> Fulfilled.by(document, type, query.where()))
                .toList();
    }
}
