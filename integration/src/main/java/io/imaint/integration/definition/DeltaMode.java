package io.imaint.integration.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How changes in SAP are found. */
public enum DeltaMode {
    /** SAP tracks them and hands out tokens. */
    TOKEN,
    /** What has a newer change stamp than the newest one seen is read; deletions show when keys are compared. */
    STAMP,
    /** The set is read whole and compared. */
    FULL;

    /** The word in the document. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DeltaMode> of(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
}
