package io.imaint.services.events;

import io.imaint.kernel.http.Description;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A change of a document, or what takes the place of changes that are too many. */
record LiveEvent(
        Kind kind,

        @Description("Empty where all collections are meant")
        String collection,

        @Description("Of the document; empty where all documents are meant")
        String key,

        @Description("The revision that was written; null unless written") @Nullable
        Long rev,

        @Description("The place in the change sequence up to which the client knows everything")
        long position) {
    /** What happened. */
    enum Kind {
        /** The stream has begun; from here on nothing is missed. */
        READY,
        WRITTEN,
        /** Removed, or moved to where the caller does not see it. */
        REMOVED,
        /** Too much has changed to be listed: read again what you show. */
        RESET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static LiveEvent ready(long position) {
        return new LiveEvent(Kind.READY, "", "", null, position);
    }

    static LiveEvent reset(String collection, long position) {
        return new LiveEvent(Kind.RESET, collection, "", null, position);
    }
}
