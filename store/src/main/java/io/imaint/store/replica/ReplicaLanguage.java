package io.imaint.store.replica;

import io.imaint.store.CollectionType;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A language in which texts are replicated.
 *
 * @param language two letters of ISO 639-1 in upper case, as SAP writes them
 * @param logon whether it is the one in which SAP is logged on to, that of the replica itself
 * @param system from which the texts came
 * @param readAt when they were read
 * @param texts how many documents have texts in it; 0 for that of the replica, where nobody counts
 */
public record ReplicaLanguage(String language, boolean logon, String system, Instant readAt, long texts) {
    public static final CollectionType<ReplicaLanguage> TYPE = CollectionType.of(
                    "ReplicaLanguages", ReplicaLanguage.class, ReplicaLanguage::language)
            .unscoped("customizing is the same in all plants")
            .inChangeSequence();

    /** How SAP writes a language. */
    public static final Pattern FORM = Pattern.compile("[A-Z]{2}");
}
