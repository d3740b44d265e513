package io.imaint.kernel.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where the answers to requests with an Idempotency-Key are kept, so that a repeated request gets the first one's answer.
 *
 * <pre>
 *               claim                    complete
 *   (nothing) ────────► claimed for a while ────────► answered, kept until it expires
 *                        │   ▲
 *        release, or the │   │ claim, by a request with the same content
 *        time is over    ▼   │
 *                        free, kept until it expires
 * </pre>
 *
 * <p>Claims are atomic over all processes that share a store, and durable when the call returns.
 */
public interface IdempotencyStore {
    /** For a server without routes that take such a key. */
    IdempotencyStore NONE = new IdempotencyStore() {
        @Override
        public Claim claim(String key, String content, Duration atMost, Duration kept) {
            throw new AssertionError("no route takes a key");
        }

        @Override
        public void complete(Claim.Granted claim, KeptAnswer answer) {
            throw new AssertionError("no key was claimed");
        }

        @Override
        public void release(Claim.Granted claim) {
            throw new AssertionError("no key was claimed");
        }
    };

    /** What became of a claim. */
    sealed interface Claim {
        /**
         * The request may be carried out. The key is its alone until the claim is over.
         *
         * @param seed the same for every attempt under one key, and no other key's
         * @param token tells this claim from earlier and later ones of the key
         */
        record Granted(String key, String seed, long token) implements Claim {}

        /** Another request with the same content is being carried out. */
        record Running(Instant until) implements Claim {}

        /** A request with the same content was answered. */
        record Answered(KeptAnswer answer) implements Claim {}

        /** The key was used with other content. */
        record Reused() implements Claim {}
    }

    /** An answer as it was sent. */
    @SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
    record KeptAnswer(int status, String mediaType, Map<String, String> headers, byte[] body) {
        public KeptAnswer {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * Claims a key.
     *
     * @param key unique for caller, route and the client's own key
     * @param content a digest of everything that the request says
     * @param atMost how long the claim lasts when it is neither completed nor released, because its process died
     * @param kept how long the key is known, from its first claim on
     */
    Claim claim(String key, String content, Duration atMost, Duration kept);

    /** Keeps the answer for the claim's key; nothing happens when the claim is over and another one was granted. */
    void complete(Claim.Granted claim, KeptAnswer answer);

    /** Gives the claim up, so that the request can be repeated at once; as {@link #complete}. */
    void release(Claim.Granted claim);
}
