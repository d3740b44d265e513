package io.imaint.store.outbox;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command to SAP and how far it has come.
 *
 * <pre>
 *              claimed              SAP confirms
 *   queued ──────────────► sending ──────────────► posted
 *     ▲ ▲                   │    │
 *     │ └───────────────────┘    │ SAP refuses
 *     │   may pass: later        ▼
 *     ├──── retried ─────────── failed ──── discarded ─► discarded
 *     └──── retried ─────────── held  ──── discarded ─► discarded
 *                                 ▲
 *              an earlier command of the same object failed or was discarded
 * </pre>
 *
 * @param id a UUID: the idempotency key, and the external id of what SAP makes
 * @param object the business object whose commands keep their order: collection and number, such as {@code
 *     WorkOrders/000004000012}, or collection and id of the item that creates it for as long as it has no number
 * @param stream by which the order is kept: the object as it was called by its first command; never changes. An object has
 *     two where a command named its number before the item that creates it was known as posted
 * @param sequence the place in the stream, from 1 without gaps
 * @param plant the plant of the object, whose users see the item
 * @param by the id of the user
 * @param request what is to be done
 * @param waitsFor the id of the item that must be posted before; null where there is none, or none that was found yet
 * @param dueAt when it is to be sent, or, while it is being sent, when its claim ends; null otherwise
 * @param claim who sends it; null unless it is being sent
 * @param attempts how often somebody set about posting it. An attempt looks the item up in SAP where an earlier one may have
 *     arrived, sends it unless it is found, and looks it up where no answer comes
 * @param uncertain whether SAP may have carried it out though no answer came: SAP is asked before it is sent again
 * @param outcome what SAP made of it, or said to it at last
 * @param history the attempts and what people did, the oldest first, at most {@value #HISTORY_MAX}
 * @param acceptedAt never before that of an item before it in the stream
 * @param settledAt when it was posted or discarded; null before
 * @param expiresAt when it is forgotten; null before it is settled
 */
public record OutboxItem(
        String id,
        String object,
        String stream,
        long sequence,
        @Nullable String plant,
        Command command,
        String by,
        Request request,
        State state,
        @Nullable String waitsFor,
        @Nullable Instant dueAt,
        @Nullable Claim claim,
        int attempts,
        boolean uncertain,
        Outcome outcome,
        List<Event> history,
        Instant acceptedAt,
        Instant changedAt,
        @Nullable Instant settledAt,
        @Nullable Instant expiresAt) {
    /** A UUID as people and programs write it, in letters of either case. */
    public static final Pattern ID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /** How long a posted or discarded item, and with it its key, is kept. */
    public static final Duration KEPT = Duration.ofDays(90);

    /** Enough to see how an outage went; of more, the oldest but one are dropped. */
    static final int HISTORY_MAX = 30;

    /** The code of the outcome of an item that waits for a person to decide about another one. */
    static final String WAITS = "outbox-waits";

    public static final CollectionType<OutboxItem> TYPE = CollectionType.of("Outbox", OutboxItem.class, OutboxItem::id)
            .unique("stream", "sequence")
            .index("state", "dueAt")
            .index("state", "acceptedAt")
            .index("acceptedAt")
            .index("object")
            .index("by", "state")
            .index("waitsFor")
            .plant("plant")
            .expires("expiresAt")
            .inChangeSequence();

    /** How far a command has come. */
    public enum State {
        QUEUED,
        SENDING,
        POSTED,
        FAILED,
        HELD,
        DISCARDED;

        /** Whether nothing follows any more. */
        public boolean settled() {
            return this == POSTED || this == DISCARDED;
        }

        /** Whether a person has to decide. */
        public boolean stuck() {
            return this == FAILED || this == HELD;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is to be done.
     *
     * @param key the id of the document that it changes or acts on; null where it creates one
     * @param values the fields of the object to create, the changed fields, or the parameters of the action, by our names
     * @param base the values of the changed fields that the person saw; SAP's must still be these
     * @param references the fields whose values are numbers that SAP has not given yet: field name to the id of the item
     *     that creates the object
     * @param digest tells whether a repeated request is the same
     */
    public record Request(
            @Nullable String key,
            Document values,
            Document base,
            Map<String, String> references,
            String digest,
            String byName) {
        public Request {
            references = Map.copyOf(references);
        }

        Request with(Document newValues) {
            return new Request(key, newValues, base, references, digest, byName);
        }
    }

    /** The process that is sending it, and until when no other does. */
    public record Claim(String by, Instant until) {}

    /**
     * What SAP made of it, or said to it at last.
     *
     * @param sapNumber the number that SAP gave, or that of the object; null until it is posted
     * @param answer the object as SAP answered it, by our field names; null where it answered none
     * @param code the code of SAP's last message, or of our failure
     * @param message SAP's last words
     * @param remedy what to do; null where nothing is to be done
     */
    public record Outcome(
            @Nullable String sapNumber,
            @Nullable Document answer,
            @Nullable String code,
            @Nullable String message,
            @Nullable String remedy) {
        public static final Outcome NONE = new Outcome(null, null, null, null, null);

        /** Words without a result. */
        public static Outcome words(String code, String message, @Nullable String remedy) {
            return new Outcome(null, null, code, message, remedy);
        }
    }

    /**
     * An attempt, or what a person did.
     *
     * @param what one of {@code sent}, {@code looked-up}, {@code retried}, {@code edited}, {@code discarded}, {@code recovered}, {@code restored}
     * @param by the id of the user or of the process
     */
    public record Event(
            Instant at,
            String what,
            String by,
            @Nullable String code,
            @Nullable String message) {}

    public OutboxItem {
        history = List.copyOf(history);
    }

    /** The number of its object, or the id of the item that creates it. */
    public String number() {
        return number(object);
    }

    /** The name of the collection of an object. */
    static String collection(String object) {
        return object.substring(0, object.indexOf('/'));
    }

    static String number(String object) {
        return object.substring(object.indexOf('/') + 1);
    }

    /** Whether it creates the object of its stream, which has no number before. */
    boolean creates() {
        return command.kind() == Command.Kind.CREATE && stream.endsWith("/" + id);
    }

    /** Whether the object of its stream will never be, because this item was to create it. */
    boolean neverCreated() {
        return state == State.DISCARDED && creates();
    }

    /** With the name that its object has by now. */
    OutboxItem called(String name) {
        return step(changedAt).called(name).item();
    }

    /** As it comes back from a backup, after which SAP may have carried it out. */
    OutboxItem restored(long place, Instant now) {
        var step = step(now).uncertain(true).logged("restored", "", null, null);
        return (state == State.SENDING ? step.due(now) : step)
                .at(place, place == sequence ? acceptedAt : now)
                .item();
    }

    /** What becomes of it now. */
    Step step(Instant now) {
        return new Step(this, now);
    }

    /** Makes the next form of an item; what no call names stays as it was. */
    static final class Step {
        private final OutboxItem item;
        private final Instant now;
        private String object;
        private Request request;
        private State state;
        private @Nullable String waitsFor;
        private @Nullable Instant dueAt;
        private @Nullable Claim claim;
        private int attempts;
        private boolean uncertain;
        private long sequence;
        private Outcome outcome;
        private List<Event> history;
        private Instant acceptedAt;
        private @Nullable Instant settledAt;

        private Step(OutboxItem item, Instant now) {
            this.item = item;
            this.now = now;
            this.object = item.object;
            this.sequence = item.sequence;
            this.request = item.request;
            this.state = item.state;
            this.waitsFor = item.waitsFor;
            this.dueAt = item.dueAt;
            this.claim = item.claim;
            this.attempts = item.attempts;
            this.uncertain = item.uncertain;
            this.outcome = item.outcome;
            this.history = item.history;
            this.acceptedAt = item.acceptedAt;
            this.settledAt = item.settledAt;
        }

        private Step in(State next, @Nullable String blocker, @Nullable Instant due) {
            state = next;
            waitsFor = blocker;
            dueAt = due;
            claim = null;
            return this;
        }

        Step due(Instant at) {
            return freed().in(State.QUEUED, null, at);
        }

        /** Without the words that said why it was held. */
        private Step freed() {
            return state == State.HELD ? said(Outcome.NONE) : this;
        }

        /** Waits for another item; held where a person has to decide about that one first. */
        Step after(OutboxItem blocker) {
            return switch (blocker.state) {
                case QUEUED, SENDING -> freed().in(State.QUEUED, blocker.id, null);
                case FAILED ->
                    held(blocker, "follows %s, which failed: %s".formatted(blocker.id, blocker.outcome.message));
                case HELD -> held(blocker, blocker.outcome.message);
                case DISCARDED ->
                    held(blocker, "follows %s, which was discarded: %s".formatted(blocker.id, blocker.reason()));
                case POSTED -> throw new AssertionError("nobody waits for what is posted");
            };
        }

        private Step held(OutboxItem blocker, @Nullable String why) {
            var remedy = switch (blocker.state) {
                case DISCARDED -> blocker.creates() ? "Discard this one too." : "Retry or discard this one.";
                default -> "Retry or discard that one.";
            };
            return said(new Outcome(null, null, WAITS, why, remedy)).in(State.HELD, blocker.id, null);
        }

        Step sentBy(Claim process) {
            in(State.SENDING, null, process.until);
            claim = process;
            attempts++;
            return this;
        }

        Step notSent() {
            attempts--;
            return this;
        }

        Step failed(Outcome words) {
            return said(words).uncertain(false).in(State.FAILED, null, null);
        }

        Step settled(State last) {
            settledAt = now;
            return uncertain(false).in(last, null, null);
        }

        Step said(Outcome words) {
            outcome = words;
            return this;
        }

        Step uncertain(boolean whether) {
            uncertain = whether;
            return this;
        }

        private Step at(long place, Instant accepted) {
            sequence = place;
            acceptedAt = accepted;
            return this;
        }

        Step called(String name) {
            object = name;
            return this;
        }

        Step asking(Document values) {
            request = request.with(values);
            return this;
        }

        Step logged(String what, String by, @Nullable String code, @Nullable String message) {
            var more = new ArrayList<>(history);
            if (more.size() >= HISTORY_MAX) {
                more.remove(1);
            }
            more.add(new Event(now, what, by, code, message));
            history = more;
            return this;
        }

        OutboxItem item() {
            return new OutboxItem(
                    item.id,
                    object,
                    item.stream,
                    sequence,
                    item.plant,
                    item.command,
                    item.by,
                    request,
                    state,
                    waitsFor,
                    dueAt,
                    claim,
                    attempts,
                    uncertain,
                    outcome,
                    history,
                    acceptedAt,
                    now,
                    settledAt,
                    settledAt == null ? null : settledAt.plus(KEPT));
        }
    }

    /** Why it was discarded. */
    private @Nullable String reason() {
        return history.getLast().message();
    }
}
