package io.imaint.simulator.odata;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The delta tokens that were handed out. A user has one subscription to a set, as in SAP's operational delta queues: the
 * end of a tracked initial load begins it anew and closes the tokens from before. Within it every token stays good until
 * it expires, so that a caller who lost an answer can ask again. Safe for use by many threads.
 */
public interface DeltaRegister {
    /**
     * A token.
     *
     * @param set the name of the set
     * @param filter the filter of the tracked read, empty without one
     * @param initial it ended an initial load, not a read of changes
     * @param open false once the subscription was ended or begun anew
     */
    record Issued(String set, String user, String token, String filter, Instant at, boolean initial, boolean open) {
        Issued closed() {
            return new Issued(set, user, token, filter, at, initial, false);
        }
    }

    /** Adds a token; one that ended an initial load closes all earlier ones of its set and user. */
    void add(Issued issued);

    /** The tokens of a user, the oldest first. */
    List<Issued> issued(String set, String user);

    /** Closes all tokens of a user. */
    void close(String set, String user);

    /** A register that is forgotten when the program ends. */
    static DeltaRegister inMemory() {
        return new InMemory();
    }

    /** Keeps the newest tokens of each user and set. */
    final class InMemory implements DeltaRegister {
        /** A day of tokens at one a minute. */
        private static final int TOKENS_MAX = 1440;

        private final Map<List<String>, Deque<Issued>> bySubscription = new HashMap<>();

        private InMemory() {}

        @Override
        public synchronized void add(Issued issued) {
            var key = List.of(issued.set(), issued.user());
            if (issued.initial()) {
                close(issued.set(), issued.user());
            }
            var tokens = bySubscription.computeIfAbsent(key, unused -> new ArrayDeque<>());
            tokens.removeIf(old -> old.token().equals(issued.token()) && old.filter().equals(issued.filter()));
            tokens.addLast(issued);
            if (tokens.size() > TOKENS_MAX) {
                tokens.removeFirst();
            }
        }

        @Override
        public synchronized List<Issued> issued(String set, String user) {
            return List.copyOf(bySubscription.getOrDefault(List.of(set, user), new ArrayDeque<>()));
        }

        @Override
        public synchronized void close(String set, String user) {
            var closed = new ArrayList<Issued>();
            issued(set, user).forEach(old -> closed.add(old.closed()));
            bySubscription.put(List.of(set, user), new ArrayDeque<>(closed));
        }
    }
}
