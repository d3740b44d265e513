package io.imaint.integration.delta;

import io.imaint.kernel.settings.Settings;
import java.time.Duration;

/**
 * How the store is kept current.
 *
 * @param compareEvery how often keys are compared where nothing else shows what SAP deleted; that reads all keys
 * @param stampOverlap how far before the newest change stamp the next read begins
 * @param noteEvery how often a run that found nothing notes its position
 * @param removalsMax documents that a comparison may remove without asking, if that is more than the part below
 * @param removalsPercent the part of a collection that a comparison may remove without asking
 * @param contentsEvery within what time the contents of all documents are compared with SAP; zero for never
 * @param contentsSample documents whose contents a reconciliation compares besides keys and change stamps
 * @param idsMax ids that a comparison holds in memory; a larger set is compared bucket by bucket
 */
public record DeltaSettings(
        Duration compareEvery,
        Duration stampOverlap,
        Duration noteEvery,
        int removalsMax,
        int removalsPercent,
        Duration contentsEvery,
        int contentsSample,
        int idsMax) {
    /** Far below the life of a token; an unchanged position is not worth more writes. */
    private static final Duration NOTE_EVERY = Duration.ofMinutes(10);

    /** Some tens of megabytes. */
    private static final int IDS_MAX = 200_000;

    private static final int REMOVALS_MAX = 100;

    public static final DeltaSettings DEFAULT = new DeltaSettings(
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            NOTE_EVERY,
            REMOVALS_MAX,
            10,
            Duration.ofDays(1),
            100,
            IDS_MAX);

    public static DeltaSettings read(Settings settings) {
        return new DeltaSettings(
                settings.duration(
                        "inbound-compare-every",
                        DEFAULT.compareEvery,
                        Duration.ZERO,
                        Duration.ofDays(30),
                        "the time between reconciliations that find deletions, for sets without delta tokens"),
                settings.duration(
                        "inbound-stamp-overlap",
                        DEFAULT.stampOverlap,
                        Duration.ZERO,
                        Duration.ofDays(7),
                        "the overlap of two reads by change stamp"),
                NOTE_EVERY,
                REMOVALS_MAX,
                settings.integer(
                        "inbound-removals-percent",
                        DEFAULT.removalsPercent,
                        0,
                        100,
                        "the part of a collection that a reconciliation may remove, in percent"),
                settings.duration(
                        "inbound-contents-every",
                        DEFAULT.contentsEvery,
                        Duration.ZERO,
                        Duration.ofDays(30),
                        "the time within which the schedule compares the contents of all documents with SAP; PT0S means never"),
                settings.integer(
                        "inbound-contents-sample",
                        DEFAULT.contentsSample,
                        0,
                        1000,
                        "the documents whose contents each reconciliation of keys and change stamps compares as well"),
                IDS_MAX);
    }
}
