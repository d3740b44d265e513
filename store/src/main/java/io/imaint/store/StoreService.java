package io.imaint.store;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import java.time.InstantSource;

/** The store as a service: the embedded engine in the data directory, or MongoDB when its address is given. */
public final class StoreService {
    public static final ServiceModule<Store> MODULE = ServiceModule.named(
                    "store", Group.FOUNDATION, "Stores all documents, in SQLite or MongoDB")
            .reads(StoreSettings::read)
            .starts((needs, settings) -> checked(open(settings)));

    private StoreService() {}

    /** Opens the store that settings name, for those who run without services; the caller closes it. */
    public static Store open(StoreSettings settings) {
        HomeStore.require(settings);
        var clock = InstantSource.system();
        var store = settings.mongo()
                .<Store>map(uri -> MongoStore.open(uri.reveal(), clock))
                .orElseGet(() -> SqliteStore.open(settings.directory(), clock));
        HomeStore.note(settings);
        return store;
    }

    /**
     * Opens the store that settings name for who only reads: nothing is made, migrated or written, in a database that was
     * mistyped neither, and what is not there is empty. The caller closes it.
     *
     * @throws io.imaint.kernel.problem.Failure {@link StoreProblem#STORE_OLDER} when data has to be migrated before
     */
    public static Store openToRead(StoreSettings settings) {
        HomeStore.require(settings);
        var clock = InstantSource.system();
        return settings.mongo()
                .<Store>map(uri -> MongoStore.openToRead(uri.reveal(), clock))
                .orElseGet(() -> SqliteStore.openToRead(settings.directory(), clock));
    }

    private static Store checked(Store store) {
        return store instanceof SqliteStore embedded ? embedded.checked() : store;
    }
}
