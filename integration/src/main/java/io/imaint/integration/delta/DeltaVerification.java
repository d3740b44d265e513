package io.imaint.integration.delta;

/**
 * How source and store are compared on demand.
 *
 * @param repair whether differences are put right or only told
 * @param contents whether all that is mapped is compared, not the change stamp alone; reads all rows whole
 * @param removalsMax documents that may be removed; negative for what the settings allow
 */
public record DeltaVerification(boolean repair, boolean contents, long removalsMax) {
    /** Tells what differs. */
    public static final DeltaVerification REPORT = new DeltaVerification(false, false, -1);

    /** Puts right what differs, within what the settings allow. */
    public static final DeltaVerification REPAIR = new DeltaVerification(true, false, -1);
}
