package io.imaint.services.command;

import io.imaint.kernel.http.Commanded;
import io.imaint.kernel.http.Commanded.Progress;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxLine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes commands: makes each durable once, waits for SAP where the client prefers that, and answers how far it has come.
 *
 * <p>A repeated request is known by its key and by what it asks for, and is answered without being checked again: the
 * object may have changed since, perhaps by this very command.
 */
public final class Commands {
    /** Between two looks at an item for which a client waits. A look that finds nothing reads one number. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Store store;
    private final Outbox outbox;

    public Commands(Store store, InstantSource clock) {
        this.store = store;
        this.outbox = new Outbox(store, clock);
    }

    /**
     * Takes a command.
     *
     * @param asked what the route was asked for, whose content tells whether a request is repeated
     * @param checked checks it and makes what is to be accepted of it
     */
    public Commanded<OutboxLine> take(
            Command command, CommandHeaders headers, Record asked, Supplier<Prepared> checked) {
        var caller = Caller.current();
        var route = command.toString();
        var id = Outbox.id(headers.idempotencyKey(), caller, route);
        var digest = new Document()
                .put("route", route)
                .put("asked", Entered.values(asked))
                .digest();
        var stored = outbox.repeated(id, digest, caller).orElseGet(() -> {
            var prepared = checked.get();
            return outbox.accept(prepared.draft(id, digest), caller);
        });
        return headers.waiting()
                .map(waiting -> answer(awaited(stored, waiting, caller), waiting))
                .orElseGet(() ->
                        new Commanded<>(Progress.ACCEPTED, link(stored.value()), OutboxLine.of(stored.value()), null));
    }

    private OutboxItem awaited(Stored<OutboxItem> accepted, Duration waiting, Caller caller) {
        var item = accepted.value();
        long seen = -1;
        long until = System.nanoTime() + waiting.toNanos();
        while (underWay(item) && System.nanoTime() - until < 0) {
            try {
                boolean never = new CountDownLatch(1).await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                assert !never : "nobody counts it down: another process may post it";
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return item;
            }
            long now = store.position();
            if (now != seen) {
                seen = now;
                item = outbox.find(item.id(), caller).map(Stored::value).orElse(item);
            }
        }
        return item;
    }

    private static boolean underWay(OutboxItem item) {
        return switch (item.state()) {
            case QUEUED, SENDING -> true;
            case POSTED, FAILED, HELD, DISCARDED -> false;
        };
    }

    private static Commanded<OutboxLine> answer(OutboxItem item, Duration waited) {
        var line = OutboxLine.of(item);
        if (item.state() == OutboxItem.State.FAILED) {
            throw CommandProblem.COMMAND_REFUSED_BY_SAP.because(
                    "%s (outbox item %s)".formatted(line.message(), line.id()));
        }
        boolean made = line.command().kind() == Command.Kind.CREATE;
        var progress =
                item.state() != OutboxItem.State.POSTED ? Progress.ACCEPTED : made ? Progress.CREATED : Progress.DONE;
        return new Commanded<>(progress, link(item), line, waited);
    }

    private static String link(OutboxItem item) {
        return "/api/outbox/" + item.id();
    }
}
