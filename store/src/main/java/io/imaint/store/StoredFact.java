package io.imaint.store;

import io.imaint.kernel.identifiers.PlantCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact as it stands in the log.
 *
 * @param id unique; a consumer that was given it before passes it over
 * @param position its place in the log
 * @param name the simple name of the fact's record
 * @param collection of the document whose write made it true
 * @param key of that document
 * @param rev the revision that the write made; of a removed document its last one
 * @param at when it was written
 * @param plant of the document; null where it has none
 * @param data the components of the fact's record
 */
public record StoredFact(
        String id,
        long position,
        String name,
        String collection,
        String key,
        long rev,
        Instant at,
        Actor by,
        @Nullable PlantCode plant,
        Document data) {}
