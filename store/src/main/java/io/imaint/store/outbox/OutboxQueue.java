package io.imaint.store.outbox;

import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.Page;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.outbox.OutboxItem.Claim;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxItem.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outbox as those see it who post: what is due is claimed, sent and settled. Any number of processes may do so at the
 * same time; each step is one conditional write of one document.
 *
 * <p>An item waits for the last unsettled item before it in its stream, and for the items that its references name. Its
 * state while it waits is derived from the one item that it waits for and from nothing else: queued behind what is on its
 * way, held behind what failed, was discarded or is held itself, due once that is posted and nothing else is before it.
 * Whoever changes an item brings those that wait for it into line. A crash before that leaves an item that does not fit
 * the one it waits for, and {@link #recover} looks for just that.
 */
public final class OutboxQueue {
    /** Longer than any request to SAP with its look-up; a claim that ran out is taken over. */
    static final Duration CLAIM_LIFE = Duration.ofMinutes(3);

    private static final int PAGE = 200;

    /** About as long as SAP takes for a request. */
    static final Duration OTHER_SENDS = Duration.ofSeconds(5);

    /** Items that one step brings into line; what is left, {@link #recover} does. */
    static final int FOLLOWERS_MAX = 1_000;

    private final Documents<OutboxItem> items;
    private final PostingOrder order;
    private final InstantSource clock;

    /** Where the look at those that wait goes on. */
    private final AtomicReference<@Nullable String> looked = new AtomicReference<>();

    public OutboxQueue(Store store, InstantSource clock) {
        this.items = store.documents(OutboxItem.TYPE);
        this.order = new PostingOrder(store);
        this.clock = clock;
    }

    /** An item that this process sends, and the numbers that its references stand for by now: field name to number. */
    public record Claimed(Stored<OutboxItem> stored, Map<String, String> numbers) {
        public OutboxItem item() {
            return stored.value();
        }

        private String by() {
            var claim = item().claim();
            return claim == null ? "" : claim.by();
        }
    }

    PostingOrder order() {
        return order;
    }

    /** The ids of items that are due, the longest first. */
    public List<String> due(int limit) {
        return overdue(State.QUEUED, limit).stream().map(OutboxItem::id).toList();
    }

    private List<OutboxItem> overdue(State state, int limit) {
        var until = new Condition.Range("dueAt", Instant.EPOCH, clock.instant().plusMillis(1));
        return items.list(Query.where(Condition.and(Condition.equal("state", state), until))
                        .sorted("dueAt", false)
                        .limit(limit))
                .values();
    }

    /**
     * Takes an item to send; empty when it is not due, waits for another, or somebody else has it.
     *
     * @param by the process
     */
    public Optional<Claimed> claim(String id, String by) {
        var now = clock.instant();
        var stored = items.find(id)
                .filter(found -> found.value().state() == State.QUEUED && due(found.value(), now))
                .orElse(null);
        if (stored == null) {
            return Optional.empty();
        }
        var item = stored.value();
        var before = order.before(item);
        if (before.blocker() != null) {
            var unused = aligned(item.id());
            return Optional.empty();
        }
        var claimed = item.step(now).called(before.object()).sentBy(new Claim(by, now.plus(CLAIM_LIFE)));
        if (!(items.replace(claimed.item(), stored.rev()) instanceof Written.Done<OutboxItem> done)) {
            return Optional.empty();
        }
        var taken = new Claimed(done.stored(), numbers(item));
        if (order.inOther(item, before.object(), List.of(State.SENDING))
                .findAny()
                .isPresent()) { // Looked for after the write: one sees the other.
            release(taken, OTHER_SENDS);
            return Optional.empty();
        }
        return Optional.of(taken);
    }

    private static boolean due(OutboxItem item, Instant now) {
        var due = item.dueAt();
        return due != null && !due.isAfter(now);
    }

    private Map<String, String> numbers(OutboxItem item) {
        var numbers = new HashMap<String, String>();
        item.request()
                .references()
                .forEach((field, id) -> items.find(id)
                        .map(found -> found.value().outcome().sapNumber())
                        .ifPresent(number -> numbers.put(field, number)));
        return numbers;
    }

    /** As {@link #posted(Claimed, Outcome, boolean)}, by SAP's answer. */
    public List<String> posted(Claimed claimed, Outcome outcome) {
        return posted(claimed, outcome, false);
    }

    /**
     * Settles a claimed item that SAP carried out.
     *
     * @param lookedUp whether SAP's answer was lost, and a look-up found what SAP had done
     * @return the ids of items that are due now because of it; empty as well when the claim was lost, and the item with it
     */
    public List<String> posted(Claimed claimed, Outcome outcome, boolean lookedUp) {
        var item = claimed.item();
        var number = outcome.sapNumber() == null ? "" : outcome.sapNumber();
        var object = item.creates() && !number.isEmpty()
                ? item.command().collection().name() + "/" + number
                : item.object();
        var posted = item.step(clock.instant())
                .said(outcome)
                .called(object)
                .settled(State.POSTED)
                .logged(lookedUp ? "looked-up" : "sent", claimed.by(), outcome.code(), outcome.message())
                .item();
        var fact = new CommandPosted(item.command().toString(), object, number);
        if (!(items.replace(posted, claimed.stored().rev(), fact) instanceof Written.Done<OutboxItem>)) {
            return List.of();
        }
        return align(posted);
    }

    /**
     * Puts a claimed item back, to be sent later.
     *
     * @param uncertain whether SAP may have carried it out
     */
    public void later(Claimed claimed, Outcome words, boolean uncertain, Duration wait) {
        var now = clock.instant();
        back(
                claimed,
                claimed.item()
                        .step(now)
                        .due(now.plus(wait))
                        .said(words)
                        .uncertain(uncertain)
                        .logged("sent", claimed.by(), words.code(), words.message()));
    }

    /** Puts a claimed item back that was not sent at all, as if it had not been claimed. */
    public void release(Claimed claimed, Duration wait) {
        var now = clock.instant();
        back(claimed, claimed.item().step(now).due(now.plus(wait)).notSent());
    }

    private void back(Claimed claimed, OutboxItem.Step step) {
        var unused = items.replace(step.item(), claimed.stored().rev()); // Who took it over decides.
    }

    /** Marks a claimed item as refused by SAP, and holds those that follow it. */
    public void failed(Claimed claimed, Outcome words) {
        var item = claimed.item();
        var failed = item.step(clock.instant())
                .failed(words)
                .logged("sent", claimed.by(), words.code(), words.message())
                .item();
        var fact = new CommandFailed(
                item.command().toString(),
                item.object(),
                item.by(),
                String.valueOf(words.code()),
                String.valueOf(words.message()));
        if (items.replace(failed, claimed.stored().rev(), fact) instanceof Written.Done<OutboxItem>) {
            var unused = align(failed);
        }
    }

    /**
     * Brings into line what waits for an item that has changed, and what waits for that in turn.
     *
     * @return the ids of items that are due because of it
     */
    List<String> align(OutboxItem changed) {
        var due = new ArrayList<String>();
        var left = new ArrayDeque<>(List.of(changed.id()));
        int met = 0;
        while (!left.isEmpty() && met < FOLLOWERS_MAX) {
            var query = Query.where(Condition.equal("waitsFor", left.remove())).limit(PAGE);
            Page<OutboxItem> page;
            do {
                page = items.list(query);
                for (var follower : page.items()) {
                    aligned(follower.key()).ifPresent(moved -> {
                        left.add(moved.key());
                        if (moved.value().dueAt() != null) {
                            due.add(moved.key());
                        }
                    });
                }
                met += page.items().size();
                query = query.after(page.next());
            } while (page.next() != null && met < FOLLOWERS_MAX);
        }
        return due;
    }

    /** The item as it stands after it was brought into line; empty where it was, or is gone. */
    Optional<Stored<OutboxItem>> aligned(String id) {
        return changed(id, item -> {
            var waitsFor = item.waitsFor();
            return fitting(
                    item,
                    waitsFor == null
                            ? null
                            : items.find(waitsFor).map(Stored::value).orElse(null));
        });
    }

    private Optional<Stored<OutboxItem>> changed(String id, Function<OutboxItem, OutboxItem.@Nullable Step> change) {
        var changed = new AtomicBoolean();
        var stands = items.update(id, stored -> {
            var step = change.apply(stored.value());
            changed.set(step != null);
            return step == null ? null : Change.of(step.item());
        });
        return stands.filter(ignored -> changed.get());
    }

    /**
     * What becomes of an item by the one that it waits for; null where nothing does.
     *
     * @param awaited null where it waits for none, or for one that is gone
     */
    private OutboxItem.@Nullable Step fitting(OutboxItem item, @Nullable OutboxItem awaited) {
        if (item.state() != State.QUEUED && item.state() != State.HELD) {
            return null;
        }
        var before = awaited == null || awaited.state() == State.POSTED
                ? order.before(item)
                : new PostingOrder.Before(
                        awaited,
                        awaited.stream().equals(item.stream())
                                ? PostingOrder.named(awaited.object(), item.object())
                                : item.object());
        var step = item.step(clock.instant()).called(before.object());
        if (before.blocker() == null) {
            return item.waitsFor() == null ? null : step.due(clock.instant());
        }
        var next = step.after(before.blocker()).item();
        boolean same = next.state() == item.state()
                && before.blocker().id().equals(item.waitsFor())
                && next.object().equals(item.object())
                && next.outcome().equals(item.outcome());
        return same ? null : step;
    }

    /**
     * Recovers what processes left that died: claims that ran out, and items that do not fit the one for which they wait. It
     * looks at a page of those that wait, and at the next page the next time, so that a long queue costs no more than a
     * short one.
     *
     * @return how many items it changed
     */
    public int recover() {
        int recovered = 0;
        for (var item : overdue(State.SENDING, PAGE)) {
            recovered += changed(item.id(), this::expired).isPresent() ? 1 : 0;
        }
        var page = items.list(Query.where(new Condition.Range("waitsFor", "", null))
                .sorted("waitsFor", false)
                .limit(PAGE)
                .after(looked.get()));
        looked.set(page.next());
        var awaited = items.findAll(page.values().stream()
                .map(item -> Objects.requireNonNull(item.waitsFor()))
                .distinct()
                .toList());
        for (var item : page.values()) {
            var other = awaited.get(item.waitsFor());
            if (fitting(item, other == null ? null : other.value()) != null) {
                var moved = aligned(item.id());
                moved.ifPresent(stored -> align(stored.value()));
                recovered += moved.isPresent() ? 1 : 0;
            }
        }
        return recovered;
    }

    private OutboxItem.@Nullable Step expired(OutboxItem item) {
        var claim = item.claim();
        var now = clock.instant();
        return item.state() != State.SENDING || claim == null || claim.until().isAfter(now)
                ? null
                : item.step(now)
                        .due(now)
                        .uncertain(true)
                        .logged("recovered", claim.by(), null, "its process did not answer any more");
    }
}
