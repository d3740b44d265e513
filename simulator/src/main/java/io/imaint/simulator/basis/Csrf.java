package io.imaint.simulator.basis;

/** What became of the check against forged requests. */
public sealed interface Csrf {
    /** The request may go on. */
    record Passed() implements Csrf {}

    /** The request may go on, and its answer carries the token in the header {@code x-csrf-token}. */
    record Fetched(String token) implements Csrf {}

    /** The request would change something and lacks the token of its session. */
    record Refused(Refusal refusal) implements Csrf {}
}
