package io.imaint.services.erpmasterdata;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Revalidated;
import io.imaint.kernel.http.Route;
import io.imaint.store.Aggregation;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lists of what is taken from the stores. SAP's list of storage locations is not replicated: those are listed in which
 * a material has a stock, be it zero. A plant has some dozens of them, so that they come without pages.
 */
final class StockLists {
    private static final List<CollectionType<Document>> MATERIALS_FROM = List.of(Replicas.MATERIALS, Replicas.STOCKS);
    private static final List<CollectionType<Document>> LOCATIONS_FROM = List.of(Replicas.STOCKS);

    private final ValueLists lists;

    StockLists(ValueLists lists) {
        this.lists = lists;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/master-data/materials", "Lists materials with their stocks by storage location")
                        .permits(ErpMasterData.READ_MATERIALS)
                        .revalidatesListing(StockedMaterial.class)
                        .handles(Materials.class, this::materials),
                Route.get(
                                "/api/master-data/storage-locations",
                                "Lists storage locations, those in which materials have stocks")
                        .permits(ErpMasterData.READ_MATERIALS)
                        .revalidatesListing(StorageLocation.class)
                        .handles(StorageLocations.class, this::storageLocations));
    }

    record Materials(
            @Description("A plant, to see the stocks in it alone; materials are the same in all plants") @Nullable
            String plant,

            @Description("Words or prefixes of words in number, description and old number") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements ListFilter {
        @Override
        public Condition condition() {
            return new Narrowing().text(text).condition();
        }
    }

    record StorageLocations(
            @Description("A plant, for its storage locations") @Nullable
            String plant,

            @Description("How the storage location begins") @Nullable
            String text) {}

    /** A material that maintenance uses. Source: SAP tables MARA, MAKT. */
    record Material(
            String material,
            @Nullable String description,
            @Nullable String materialGroup,
            @Nullable String baseUnit,
            boolean deletionFlag) {}

    /** The stock of a material in a storage location. Source: SAP table MARD. */
    record Stock(
            @Nullable String plant,
            @Nullable String storageLocation,

            @Description("In the material's base unit") @Nullable
            BigDecimal unrestrictedStock) {}

    /** A material with its stocks in the plants that the caller sees. */
    record StockedMaterial(@JsonUnwrapped Projected<Material> header, List<Stock> stocks) {}

    /** A storage location. Source: SAP table MARD. */
    record StorageLocation(
            String plant,
            String storageLocation,

            @Description("Materials that have a stock there, be it zero")
            long materials) {}

    private Revalidated<Listing<StockedMaterial>> materials(Materials asked) {
        return lists.revalidated(asked, StockedMaterial.class, MATERIALS_FROM, () -> {
            var page = lists.seen().page(Replicas.MATERIALS, Material.class, asked.query());
            var stocks = stocks(page.items().stream().map(StockLists::number).toList(), asked.plant());
            return new Listing<>(
                    page.items().stream()
                            .map(material ->
                                    new StockedMaterial(material, stocks.getOrDefault(number(material), List.of())))
                            .toList(),
                    page.next(),
                    page.total());
        });
    }

    private static String number(Projected<Material> material) {
        return material.text("material").orElseThrow();
    }

    /** The stocks of materials by material. */
    private Map<String, List<Stock>> stocks(List<String> materials, @Nullable String plant) {
        var narrowed =
                new Narrowing().and(new Condition.In("material", materials)).equal("plant", plant);
        var all = Query.where(narrowed.condition()).limit(Query.LIMIT_MAX);
        var stocks = new HashMap<String, List<Stock>>();
        var documents = lists.seen().documents(Replicas.STOCKS);
        String after = null;
        do {
            var page = documents.list(all.after(after));
            for (var stored : page.items()) {
                var stock = stored.value();
                stocks.computeIfAbsent(stock.text("material").orElseThrow(), material -> new ArrayList<>())
                        .add(new Stock(
                                stock.text("plant").orElse(null),
                                stock.text("storageLocation").orElse(null),
                                stock.decimal("unrestrictedStock").orElse(null)));
            }
            after = page.next();
        } while (after != null);
        return stocks;
    }

    private Revalidated<Listing<StorageLocation>> storageLocations(StorageLocations asked) {
        return lists.revalidated(asked, StorageLocation.class, LOCATIONS_FROM, () -> {
            var begin = asked.text() == null ? "" : asked.text().strip().toUpperCase(Locale.ROOT);
            var found = locations(asked.plant()).stream()
                    .filter(location ->
                            location.storageLocation().toUpperCase(Locale.ROOT).startsWith(begin))
                    .toList();
            return new Listing<>(found, null, (long) found.size());
        });
    }

    /** The storage locations of a plant, or of all that the caller sees, in the order of their keys. */
    private List<StorageLocation> locations(@Nullable String plant) {
        var where = new Narrowing().equal("plant", plant).condition();
        return lists
                .seen()
                .documents(Replicas.STOCKS)
                .aggregate(
                        Aggregation.of(where).by("plant").by("storageLocation").count("materials"))
                .stream()
                .filter(group -> group.by().text("plant").isPresent()
                        && group.by().text("storageLocation").isPresent())
                .map(group -> new StorageLocation(
                        group.by().text("plant").orElseThrow(),
                        group.by().text("storageLocation").orElseThrow(),
                        group.figures().integer("materials").orElseThrow()))
                .sorted(Comparator.comparing(StorageLocation::plant).thenComparing(StorageLocation::storageLocation))
                .toList();
    }
}
