package io.imaint.store;

import org.jspecify.annotations.Nullable;

/** A document as an engine read it: its bytes, which are read when somebody asks for a field, or the document. */
final class Kept {
    private final byte @Nullable [] bytes;
    private @Nullable Document document;

    private Kept(byte @Nullable [] bytes, @Nullable Document document) {
        this.bytes = bytes;
        this.document = document;
    }

    static Kept of(byte[] bytes) {
        return new Kept(bytes, null);
    }

    static Kept of(Document document) {
        return new Kept(null, document);
    }

    /** {@link StoreProblem#STORE_CORRUPT} where the bytes are no document. */
    Document document() {
        var known = document;
        if (known == null) {
            assert bytes != null;
            try {
                known = Jsonb.read(bytes);
            } catch (IllegalArgumentException damaged) {
                throw StoreProblem.STORE_CORRUPT.because("a document cannot be read", damaged);
            }
            document = known;
        }
        return known;
    }

    byte[] bytes() {
        return bytes != null ? bytes : Jsonb.write(document());
    }
}
