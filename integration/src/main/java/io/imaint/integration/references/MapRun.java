package io.imaint.integration.references;

import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import java.time.InstantSource;
import java.util.function.Consumer;

/** One walk over all references, for a person who waits for it. */
public final class MapRun {
    private MapRun() {}

    /**
     * Looks at every document.
     *
     * @param repair whether copies that are wrong are written anew, and the report is kept
     * @param progress hears the collection that is being looked at
     */
    public static MapReport run(Store store, boolean repair, InstantSource clock, Consumer<String> progress) {
        var walk = new Walk(store, References.product(), repair, clock);
        var report = walk.step();
        while (report.isEmpty()) {
            walk.at().ifPresent(progress);
            report = walk.step();
        }
        if (repair) {
            keep(store.documents(MapReport.TYPE), report.get());
        }
        return report.get();
    }

    /** Keeps a report as the last one; of two at the same time either may win. */
    static void keep(Documents<MapReport> reports, MapReport report) {
        var before = reports.find(MapReport.LAST);
        var written = before.isEmpty()
                ? reports.insert(report)
                : reports.replace(report, before.get().rev());
        switch (written) {
            case Written.Done<MapReport> done -> {}
            case Written.Lost<MapReport> newer -> {}
        }
    }
}
