package io.imaint.store.outbox;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.Request;
import io.imaint.store.outbox.OutboxItem.State;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outbox as callers see it: commands are accepted, followed, and, where they failed, retried or discarded. What it
 * answers is durable. {@link OutboxQueue} is the side of those who post.
 *
 * <p>Commands of one object are posted in the order in which they were accepted. The order is a number in the object's
 * stream that is unique, so that neither clocks nor processes can confuse it.
 */
public final class Outbox {
    /** Processes that accept commands of one object at the same time; each attempt lets one of them through. */
    private static final int ATTEMPTS_MAX = 50;

    /** Commands of one object take turns within a process; objects that share a turn by chance lose a moment. */
    private static final int TURNS = 256;

    static final List<State> UNSETTLED =
            Arrays.stream(State.values()).filter(state -> !state.settled()).toList();

    private static final List<Command> CREATIONS = Arrays.stream(Command.values())
            .filter(command -> command.kind() == Command.Kind.CREATE)
            .toList();

    /** A change that SAP posted shows here until the replica has it, or for so long at most. */
    private static final Duration SHOWN_AFTER_POSTING = Duration.ofMinutes(10);

    /** Streams and their waiting items may reach beyond the plants of who asks. */
    private static final Caller ITSELF = Caller.system("outbox");

    private final Store store;
    private final InstantSource clock;
    private final OutboxQueue queue;
    private final Object[] turns = Stream.generate(Object::new).limit(TURNS).toArray();

    public Outbox(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.queue = new OutboxQueue(store.as(ITSELF), clock);
    }

    /**
     * The id of the item for a request: the client's key where it is a UUID, else one that is made of the caller and the
     * key, so that a repeated request meets its own item; a new one where there is no key.
     */
    public static String id(@Nullable String idempotencyKey, Caller caller, String route) {
        if (idempotencyKey == null || idempotencyKey.isBlank()) {
            return UUID.randomUUID().toString();
        }
        var key = idempotencyKey.strip();
        if (OutboxItem.ID.matcher(key).matches()) {
            return key.toLowerCase(Locale.ROOT);
        }
        var name = String.join("\n", caller.id(), route, idempotencyKey);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * Accepts a command; it is durable when this returns.
     *
     * @return the item; the earlier one when the request is repeated
     * @throws Failure {@link OutboxProblem#OUTBOX_KEY_REUSED}, {@link OutboxProblem#OUTBOX_PREDECESSOR_DISCARDED}, {@link
     *     OutboxProblem#OUTBOX_ITEM_NOT_FOUND} for a reference or {@link StoreProblem#PLANT_OUT_OF_SCOPE}
     */
    public Stored<OutboxItem> accept(Draft draft, Caller caller) {
        synchronized (turns[Math.floorMod(draft.object().hashCode(), TURNS)]) {
            return inTurn(draft, caller);
        }
    }

    private Stored<OutboxItem> inTurn(Draft draft, Caller caller) {
        var digest = draft.digest();
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var repeated = repeated(draft.id(), digest, caller);
            if (repeated.isPresent()) {
                return repeated.get();
            }
            var item = item(draft, digest, caller);
            try {
                var fact = new CommandAccepted(item.command().toString(), item.object());
                if (items(caller).insert(item, fact) instanceof Written.Done<OutboxItem> done) {
                    // What it waits for may have been settled meanwhile.
                    return item.waitsFor() == null
                            ? done.stored()
                            : queue.aligned(item.id()).orElse(done.stored());
                }
            } catch (Failure failed) {
                if (failed.code() != StoreProblem.DUPLICATE) {
                    throw failed;
                }
                // Another process's command took the place in the stream; the next one is free.
            }
        }
        throw StoreProblem.STORE_BUSY.because("too many commands for " + draft.object() + " at the same time");
    }

    /**
     * The item of an earlier request with this id; empty where there was none.
     *
     * @throws Failure {@link OutboxProblem#OUTBOX_KEY_REUSED} where that one asked for something else
     */
    public Optional<Stored<OutboxItem>> repeated(String id, String digest, Caller caller) {
        return all().find(id).map(stands -> same(stands, digest, caller));
    }

    private OutboxItem item(Draft draft, String digest, Caller caller) {
        var now = clock.instant();
        var stream = queue.order().stream(draft.object());
        var last = queue.order().last(stream);
        var request = new Request(
                draft.key(), draft.values(), draft.base(), draft.references(), digest, caller.displayName());
        var item = new OutboxItem(
                draft.id(),
                last.map(before -> PostingOrder.named(before.object(), draft.object()))
                        .orElse(draft.object()),
                stream,
                last.map(OutboxItem::sequence).orElse(0L) + 1,
                draft.plant(),
                draft.command(),
                caller.id(),
                request,
                State.QUEUED,
                null,
                now,
                null,
                0,
                false,
                Outcome.NONE,
                List.of(),
                last.map(OutboxItem::acceptedAt).filter(now::isBefore).orElse(now),
                now,
                null,
                null);
        for (var id : draft.references().values()) {
            if (find(id, caller).isEmpty()) {
                throw OutboxProblem.OUTBOX_ITEM_NOT_FOUND.because(id);
            }
        }
        var blocker = queue.order().before(item).blocker();
        if (blocker == null) {
            return item;
        }
        if (blocker.state() == State.HELD) { // By what was to create the object, perhaps.
            queue.order().first(stream).filter(OutboxItem::neverCreated).ifPresent(Outbox::possible);
        }
        return item.step(now).after(possible(blocker)).item();
    }

    /** A blocker that may still be posted. */
    private static OutboxItem possible(OutboxItem blocker) {
        if (blocker.state() == State.DISCARDED) {
            throw OutboxProblem.OUTBOX_PREDECESSOR_DISCARDED.because(
                    "item %s, which was to create it, was discarded".formatted(blocker.id()));
        }
        return blocker;
    }

    private static Stored<OutboxItem> same(Stored<OutboxItem> stands, String digest, Caller caller) {
        var item = stands.value();
        if (!item.request().digest().equals(digest) || !item.by().equals(caller.id())) {
            throw OutboxProblem.OUTBOX_KEY_REUSED.because(stands.key());
        }
        return stands;
    }

    /** An item that the caller may see. */
    public Optional<Stored<OutboxItem>> find(String id, Caller caller) {
        return items(caller).find(id);
    }

    /** A page of the items that the caller may see. */
    public Documents<OutboxItem> items(Caller caller) {
        return store.as(caller).documents(OutboxItem.TYPE);
    }

    private Documents<OutboxItem> all() {
        return items(ITSELF);
    }

    /**
     * What is on its way for some objects, in the order of each object: what is not settled, and what was posted a moment
     * ago, which the replica may not have yet.
     *
     * @param collection of the objects
     * @param numbers their numbers, or the ids of the items that create them
     */
    public List<OutboxItem> pending(String collection, List<String> numbers, Caller caller) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        var objects = numbers.stream()
                .map(number -> collection + "/" + number)
                .distinct()
                .toList();
        var pending = new ArrayList<OutboxItem>();
        var names = new HashMap<String, String>();
        var shownFrom = clock.instant().minus(SHOWN_AFTER_POSTING);
        var called = Condition.and(
                new Condition.In("object", objects),
                new Condition.Or(List.of(onItsWay(), new Condition.In("command", CREATIONS))));
        for (var item : listed(caller, called)) {
            if (item.creates() && !item.stream().equals(item.object())) {
                names.put(item.stream(), item.object());
            }
            if (!item.state().settled()
                    || (item.state() == State.POSTED && !item.changedAt().isBefore(shownFrom))) {
                pending.add(item);
            }
        }
        if (!names.isEmpty()) { // What follows a creation is called by its id until it is sent itself.
            var following = Condition.and(
                    new Condition.In("object", List.copyOf(names.keySet())), new Condition.In("state", UNSETTLED));
            listed(caller, following)
                    .forEach(item -> pending.add(item.called(names.getOrDefault(item.object(), item.object()))));
        }
        pending.sort(Comparator.comparing(OutboxItem::object)
                .thenComparing(OutboxItem::acceptedAt)
                .thenComparing(
                        item -> item.stream().equals(item.object())) // As the two streams of an object are posted.
                .thenComparingLong(OutboxItem::sequence));
        return pending;
    }

    private List<OutboxItem> listed(Caller caller, Condition condition) {
        return items(caller).list(Query.where(condition).limit(Query.LIMIT_MAX)).values();
    }

    /** Not settled, or posted a moment ago, so that the replica may not have it yet. */
    private Condition onItsWay() {
        var recent = new Condition.Range("changedAt", clock.instant().minus(SHOWN_AFTER_POSTING), null);
        return new Condition.Or(List.of(
                new Condition.In("state", UNSETTLED), Condition.and(Condition.equal("state", State.POSTED), recent)));
    }

    /** What is on its way of one kind of command, whoever entered it, the oldest first; of much, any part. */
    public List<OutboxItem> pending(Command command, Caller caller, int limit) {
        return items(caller)
                .list(Query.where(Condition.and(Condition.equal("command", command), onItsWay()))
                        .limit(limit))
                .values()
                .stream()
                .sorted(Comparator.comparing(OutboxItem::acceptedAt))
                .toList();
    }

    /** What a caller entered and SAP has not carried out, or only a moment ago, the newest first; of much, any part. */
    public List<OutboxItem> recent(Caller caller, int limit) {
        // By the end of its time an index finds when an item was settled.
        var settled = clock.instant().minus(SHOWN_AFTER_POSTING).plus(OutboxItem.KEPT);
        return Stream.of(
                        new Condition.In("state", UNSETTLED),
                        Condition.and(
                                Condition.equal("state", State.POSTED),
                                new Condition.Range("expiresAt", settled, null)))
                .flatMap(shown -> items(caller)
                        .list(Query.where(Condition.and(Condition.equal("by", caller.id()), shown))
                                .limit(limit))
                        .values()
                        .stream())
                .sorted(Comparator.comparing(OutboxItem::acceptedAt).reversed())
                .limit(limit)
                .toList();
    }

    /**
     * Has a failed or held item sent again.
     *
     * @param rev the revision that the caller saw
     * @param changes the values to change, null to remove one; empty to send the item as it is
     * @throws Failure {@link OutboxProblem#OUTBOX_ITEM_NOT_FOUND}, {@link OutboxProblem#OUTBOX_STEP_FORBIDDEN} or {@link
     *     OutboxProblem#OUTBOX_PREDECESSOR_DISCARDED}
     */
    public Written<OutboxItem> retry(String id, long rev, Map<String, @Nullable Object> changes, Caller caller) {
        var item = standing(id, caller);
        if (!item.state().stuck()) {
            throw forbidden(item);
        }
        var now = clock.instant();
        var before = queue.order().before(item);
        if (before.blocker() != null && possible(before.blocker()).state().stuck()) {
            throw OutboxProblem.OUTBOX_STEP_FORBIDDEN.because(
                    "it waits for item %s, which is %s; retry or discard that one first"
                            .formatted(before.blocker().id(), before.blocker().state()));
        }
        boolean edited = !changes.isEmpty();
        var step = item.step(now).called(before.object());
        var next = (before.blocker() == null ? step.due(now) : step.after(before.blocker()))
                .asking(merged(item.request().values(), changes))
                .logged(edited ? "edited" : "retried", caller.id(), null, null);
        return aligned(items(caller)
                .replace(next.item(), rev, new CommandResubmitted(item.command().toString(), item.object(), edited)));
    }

    private OutboxItem standing(String id, Caller caller) {
        return find(id, caller)
                .orElseThrow(() -> OutboxProblem.OUTBOX_ITEM_NOT_FOUND.because(id))
                .value();
    }

    private static Failure forbidden(OutboxItem item) {
        return OutboxProblem.OUTBOX_STEP_FORBIDDEN.because("%s is %s".formatted(item.id(), item.state()));
    }

    private static Document merged(Document values, Map<String, @Nullable Object> changes) {
        var merged = new Document();
        values.forEach((field, value) -> {
            if (!changes.containsKey(field)) {
                merged.put(field, value);
            }
        });
        changes.forEach((field, value) -> {
            if (value != null) {
                merged.put(field, value);
            }
        });
        return merged;
    }

    /**
     * Gives up an item that is not being sent; those that follow it are held. One that SAP may have carried out is not
     * given up before SAP has said so.
     *
     * @throws Failure {@link OutboxProblem#OUTBOX_ITEM_NOT_FOUND} or {@link OutboxProblem#OUTBOX_STEP_FORBIDDEN}
     */
    public Written<OutboxItem> discard(String id, long rev, String reason, Caller caller) {
        var item = standing(id, caller);
        if (item.state().settled() || item.state() == State.SENDING) {
            throw forbidden(item);
        }
        if (item.state() == State.QUEUED && item.uncertain()) {
            throw OutboxProblem.OUTBOX_STEP_FORBIDDEN.because(
                    "SAP may have carried it out, and is asked before it is sent again");
        }
        var next = item.step(clock.instant()).settled(State.DISCARDED).logged("discarded", caller.id(), null, reason);
        return aligned(items(caller)
                .replace(next.item(), rev, new CommandDiscarded(item.command().toString(), item.object(), reason)));
    }

    private Written<OutboxItem> aligned(Written<OutboxItem> written) {
        if (written instanceof Written.Done<OutboxItem> done) {
            var unused = queue.align(done.stored().value());
        }
        return written;
    }
}
