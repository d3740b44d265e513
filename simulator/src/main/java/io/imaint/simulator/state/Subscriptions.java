package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The delta tokens that were handed out. A user has one subscription to a set, as in SAP's operational delta queues: the
 * end of a tracked initial load begins it anew and closes the tokens from before. Within it every token stays good until
 * it expires, so that a caller who lost an answer can ask again. Safe for use by many threads.
 */
public final class Subscriptions {
    /** A day of tokens at one a minute, for each user and set. */
    private static final int TOKENS_MAX = 1440;

    /** More subscriptions than sets times the users of a landscape; the least recently begun goes first. */
    private static final int SUBSCRIPTIONS_MAX = 10_000;

    private record Subscriber(EntitySet set, String user) {}

    private final Map<Subscriber, Deque<IssuedToken>> tokens = new HashMap<>();
    private final Consumer<IssuedToken> journal;

    /**
     * @param journal is told of each token, and of each closing as a token that is closed, before it counts
     */
    Subscriptions(Consumer<IssuedToken> journal) {
        this.journal = journal;
    }

    /** Adds a token; one that ended an initial load closes all earlier ones of its set and user. */
    public void add(IssuedToken issued) {
        journal.accept(issued);
        remember(issued);
    }

    /** Closes all tokens of a user. */
    public void close(EntitySet set, String user) {
        add(new IssuedToken(set, user, "", "", Instant.EPOCH, false, false));
    }

    /** The tokens of a user, the oldest first. */
    public synchronized List<IssuedToken> issued(EntitySet set, String user) {
        return List.copyOf(tokens.getOrDefault(new Subscriber(set, user), new ArrayDeque<>()));
    }

    /** All tokens, in no order but that of their subscriptions. */
    synchronized List<IssuedToken> all() {
        return tokens.values().stream().flatMap(Collection::stream).toList();
    }

    /** Takes over what a journal holds. */
    synchronized void remember(IssuedToken issued) {
        var subscriber = new Subscriber(issued.set(), issued.user());
        var known = tokens.computeIfAbsent(subscriber, unused -> new ArrayDeque<>());
        if (issued.token().isEmpty() || (issued.initial() && issued.open())) {
            var closed = new ArrayList<IssuedToken>();
            known.forEach(token -> closed.add(token.closed()));
            known.clear();
            known.addAll(closed);
        }
        if (!issued.token().isEmpty()) {
            known.removeIf(
                    old -> old.token().equals(issued.token()) && old.filter().equals(issued.filter()));
            known.addLast(issued);
        }
        if (known.size() > TOKENS_MAX) {
            known.removeFirst();
        }
        if (tokens.size() > SUBSCRIPTIONS_MAX) {
            tokens.keySet().stream()
                    .filter(other -> !other.equals(subscriber))
                    .findFirst()
                    .ifPresent(tokens::remove);
        }
    }

    synchronized void clear() {
        tokens.clear();
    }
}
