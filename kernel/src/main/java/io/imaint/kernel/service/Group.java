package io.imaint.kernel.service;

import java.util.Locale;

/** A name for a set of targets, used like the name of a target. */
public enum Group {
    /** Services between SAP and the cloud. */
    EDGE,
    /** Services that move data in and out. */
    INTEGRATION,
    /** Services that people and apps call. */
    BUSINESS,
    /** Services that others need: the store, the SAP system. */
    FOUNDATION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
