package io.imaint.kernel.service;

import java.util.Locale;

/** A plain name for a set of targets, used like a target's own name. */
public enum Group {
    /** What stands between SAP and the cloud. */
    EDGE,
    /** What moves data in and out. */
    INTEGRATION,
    /** What people and apps call. */
    BUSINESS,
    /** What others need but nobody asks for by name: the store, the accounts. */
    FOUNDATION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
