package io.imaint.gateway.expression;

/**
 * A pattern of paths, compiled, as the operator MatchesPath and products have it: {@code *} is one segment, <code>{name}</code>
 * too, {@code **} any number of characters, {@code %} takes the meaning from the next character. Case counts. Used by many
 * threads.
 *
 * <p>Assumptions where documents are silent: {@code *} needs at least one character, and {@code /a/**} matches {@code /a/} but
 * not {@code /a}.
 */
final class PathPattern {
    private final String text;
    private final Wildcards wildcards;

    private PathPattern(String text) {
        this.text = text;
        this.wildcards = Wildcards.path(text);
    }

    /** Every text is a pattern. */
    public static PathPattern of(String text) {
        return new PathPattern(text);
    }

    /** Whether a whole path, without its query, matches. A hostile path that would take long does not. */
    public boolean matches(String path) {
        return wildcards.matches(path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
