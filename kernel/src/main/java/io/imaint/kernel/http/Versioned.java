package io.imaint.kernel.http;

/**
 * A value and the version in which it stands. The version becomes the header {@code ETag}, which a client sends back as
 * {@code If-Match} to change exactly what it saw, or as {@code If-None-Match} to fetch only what has changed.
 *
 * @param version printable ASCII without quotes, such as a document's revision
 */
public record Versioned<T>(T value, String version) {
    public Versioned {
        assert version.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '"') : version;
    }

    public Versioned(T value, long rev) {
        this(value, Long.toString(rev));
    }

    /** The version as a strong entity tag. */
    String tag() {
        return EntityTags.tag(version);
    }
}
