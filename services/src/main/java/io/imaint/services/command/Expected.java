package io.imaint.services.command;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An object as it will be when SAP has carried out what is pending.
 *
 * @param anchor its number, or the id of the item that creates it
 * @param numbered whether SAP has given it a number
 * @param document with what is pending laid over it, but for what SAP refused
 * @param pending the commands about it, in their order
 */
public record Expected(
        CollectionType<Document> type,
        String anchor,
        boolean numbered,
        Document document,
        List<Pending> pending,
        List<OutboxItem> items) {
    public Expected {
        pending = List.copyOf(pending);
        items = List.copyOf(items);
    }

    /** A command of a kind that SAP refused, and that somebody has to retry or discard first. */
    Optional<Pending> refused(Command command) {
        return pending.stream()
                .filter(one -> one.command() == command && one.state() == State.FAILED)
                .findFirst();
    }

    /** The statuses that it will have; that of its life where SAP's are not replicated. */
    public Set<String> statuses() {
        var statuses = new LinkedHashSet<>(document.texts("systemStatuses"));
        document.text("lifecycleStatus")
                .map(status -> List.of("PCNF", "CNF").contains(status) ? "REL" : status)
                .ifPresent(statuses::add);
        return statuses;
    }

    /** Notes where its statuses forbid a step, or where SAP refused the same step before. */
    public void requireStep(String field, Command command, Set<String> forbidding, Findings findings) {
        var active = statuses();
        active.retainAll(forbidding);
        if (!active.isEmpty()) {
            findings.add(
                    field,
                    "has the status %s, in which SAP does not allow this; read it again"
                            .formatted(String.join(", ", active)));
        }
        if (command.kind() == Command.Kind.ACTION) {
            if (refused(command).isPresent()) {
                findings.add(field, "was refused by SAP before; send that entry again or discard it");
            }
        }
    }

    /** A part of it, such as an operation, as it will be when SAP has carried out the pending changes of it. */
    public Document part(Command change, String key, Document replica) {
        var changed = replica.copy();
        items.stream()
                .filter(item -> item.command() == change
                        && item.state() != State.FAILED
                        && key.equals(item.request().key())
                        && !PendingView.replicated(item, replica))
                .forEach(item -> item.request().values().forEach(changed::put));
        return changed;
    }

    /** As {@link #part}, with what is pending about it. */
    public Document shownPart(Command change, String key, Document replica) {
        var about = about(change, key, replica)
                .map(item -> PendingView.pending(item, item.request().values(), replica))
                .toList();
        return about.isEmpty() ? replica : PendingView.with(part(change, key, replica), about);
    }

    /** Whether a part will be another one than its replica. */
    public boolean changesPart(Command change, String key, Document replica) {
        return about(change, key, replica).anyMatch(item -> item.state() != State.FAILED);
    }

    private Stream<OutboxItem> about(Command change, String key, Document replica) {
        return items.stream()
                .filter(item -> item.command() == change
                        && key.equals(item.request().key())
                        && !PendingView.shows(replica, item));
    }

    /**
     * Without the commands that SAP has carried out and whose result is replicated.
     *
     * @param made the replica of what a command makes or changes
     */
    public Expected withoutReplicated(Function<OutboxItem, Optional<Document>> made) {
        var left = items.stream()
                .filter(item -> made.apply(item)
                        .filter(replica -> PendingView.shows(replica, item))
                        .isEmpty())
                .toList();
        var ids = left.stream().map(OutboxItem::id).collect(Collectors.toSet());
        var stillPending =
                pending.stream().filter(one -> ids.contains(one.id())).toList();
        return new Expected(type, anchor, numbered, document, stillPending, left);
    }

    public void requireStep(Command command, Set<String> forbidding, Findings findings) {
        requireStep("", command, forbidding, findings);
    }

    /** Its number as a value; empty while it has none. */
    public Document named(String field) {
        var named = new Document();
        return numbered ? named.put(field, anchor) : named;
    }

    /** The document with what is pending, to be passed on. */
    public Document shown() {
        return pending.isEmpty() ? document : PendingView.with(document, pending);
    }
}
