package io.imaint.services.erpmasterdata;

import io.imaint.kernel.cache.Cache;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Store;
import io.imaint.store.replica.ReplicaView;
import java.util.List;
import java.util.stream.Stream;

/** The value lists of all plants. */
public final class ErpMasterData implements Routed {
    static final Permission READ = new Permission("master-data.read");
    static final Permission READ_MATERIALS = new Permission("materials.read");

    private final List<Route> routes;

    ErpMasterData(Store store, Cache cache) {
        var lists = new ValueLists(new ReplicaView(store), cache);
        var texts = new TextLists(lists);
        this.routes = Stream.of(
                        CustomizingLists.routes(texts), CatalogLists.routes(texts),
                        new PlantLists(lists).routes(), new StockLists(lists).routes())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
