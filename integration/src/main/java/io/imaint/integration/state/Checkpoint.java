package io.imaint.integration.state;

import org.jspecify.annotations.Nullable;

/**
 * How far a part of a load has come; all before it is durable.
 *
 * @param first the address the part began with; one that begins with another cannot continue here
 * @param next the page to read next; null when {@code done}, or when the first page is still to be read
 * @param done whether all pages are loaded
 * @param delta where SAP answers with what changed since, when it offered that
 */
public record Checkpoint(
        String first,
        @Nullable String next,
        boolean done,
        @Nullable String delta) {
    public static Checkpoint begin(String first) {
        return new Checkpoint(first, null, false, null);
    }

    /** The address of the page to read next. */
    public String target() {
        return next == null ? first : next;
    }

    public Checkpoint after(@Nullable String following, @Nullable String deltaLink) {
        return new Checkpoint(first, following, following == null, deltaLink);
    }
}
