package io.imaint.services.audit;

import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;

/**
 * How long the audit trail is kept, and where its heads are published.
 *
 * @param monthsKept whole months before the current one; older ones are dropped
 * @param heads the directory of the file with the published heads, best on a disk that the store's owner cannot write
 */
public record AuditSettings(int monthsKept, Path heads) {
    /** Ten years, as long as business records have to be kept in most places. */
    private static final int MONTHS = 120;

    private static final int MONTHS_MAX = 1_200;

    public static AuditSettings read(Settings settings) {
        var home = StoreSettings.read(settings).directory();
        return new AuditSettings(
                settings.integer(
                        "audit-months-kept",
                        MONTHS,
                        1,
                        MONTHS_MAX,
                        "whole months of the audit trail that are kept; older ones are dropped"),
                settings.path(
                        "audit-heads-directory",
                        home.resolve("logs"),
                        "where the hourly heads of the audit trail are written, outside of the store"));
    }
}
