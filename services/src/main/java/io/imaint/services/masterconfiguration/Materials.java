package io.imaint.services.masterconfiguration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Aggregation;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The materials and what lies in the stores. */
final class Materials implements Routed {
    static final Permission READ = new Permission("materials.read");

    /** SAP keeps numbers of digits alone with leading zeros to 18 characters, or to 40 where long ones are active. */
    private static final List<Integer> LENGTHS = List.of(18, 40);

    private static final String UNRESTRICTED = "unrestrictedStock";

    private final ReplicaView seen;

    Materials(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/materials", "Lists materials with the stock of the plants")
                        .permits(READ)
                        .answersListing(StockedMaterial.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/materials/{material}", "Shows a material with its stock in each storage location")
                        .permits(READ)
                        .answers(Detail.class)
                        .handles(Key.class, this::detail),
                Route.get("/api/stocks", "Lists stocks of materials in storage locations")
                        .permits(READ)
                        .answersProjections(Stock.class)
                        .handles(StockFilter.class, this::stocks));
    }

    record Filter(
            @Description("The plant whose stock is shown; by default that of all plants together") @Nullable
            String plant,

            @Description("Material groups; any of them matches")
            List<String> materialGroup,

            @Description("Words or prefixes of words in number, description and old number") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query query() {
            var asked = new Narrowing().anyOf("materialGroup", materialGroup).text(text);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    record Key(
            @Description("With or without leading zeros") @Path
            String material) {}

    record StockFilter(
            @Description("Material number, as replicated") @Nullable
            String material,

            @Nullable String plant,

            @Description("Storage location of the plant") @Nullable
            String storageLocation,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        StockFilter {
            if (storageLocation != null && plant == null) {
                throw new IllegalArgumentException("storageLocation narrows plant, which is missing");
            }
        }

        Query query() {
            var asked = new Narrowing()
                    .equal("material", material)
                    .equal("plant", plant)
                    .equal("storageLocation", storageLocation);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    /** A material with what lies in the stores. */
    record StockedMaterial(
            @JsonUnwrapped Projected<Material> header,

            @Description("In baseUnit, of the plants that the caller sees; null where no stock is known") @Nullable
            BigDecimal unrestrictedStock) {}

    /** A material with the stock in each storage location that the caller sees. */
    record Detail(@JsonUnwrapped Projected<Material> header, List<Projected<Stock>> stocks) {}

    private Listing<StockedMaterial> list(Filter filter) {
        var page = seen.page(Replicas.MATERIALS, Material.class, filter.query());
        var numbers = page.items().stream()
                .flatMap(material -> material.text("material").stream())
                .toList();
        var stocks = unrestricted(numbers, filter.plant());
        return new Listing<>(
                page.items().stream()
                        .map(material -> new StockedMaterial(
                                material, stocks.get(material.text("material").orElse(""))))
                        .toList(),
                page.next(),
                page.total());
    }

    private Map<String, BigDecimal> unrestricted(List<String> materials, @Nullable String plant) {
        var asked = new Narrowing().and(new Condition.In("material", materials)).equal("plant", plant);
        var sums = new HashMap<String, BigDecimal>();
        for (var group : seen.documents(Replicas.STOCKS)
                .aggregate(Aggregation.of(asked.condition()).by("material").sum(UNRESTRICTED, UNRESTRICTED))) {
            sums.put(
                    group.by().text("material").orElseThrow(),
                    group.figures().decimal(UNRESTRICTED).orElse(BigDecimal.ZERO));
        }
        return sums;
    }

    private Detail detail(Key asked) {
        var material = numbers(asked.material())
                .flatMap(number -> seen.find(Replicas.MATERIALS, Material.class, number).stream())
                .findFirst()
                .orElseThrow(() -> MasterConfigurationProblem.MATERIAL_NOT_FOUND.because(asked.material()));
        var ofMaterial = Condition.equal("material", material.text("material").orElseThrow());
        return new Detail(material, seen.all(Replicas.STOCKS, Stock.class, ofMaterial));
    }

    /** The numbers that somebody may mean: as typed, and with leading zeros. */
    static Stream<String> numbers(String typed) {
        var number = typed.strip();
        boolean digits = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return Stream.concat(
                Stream.of(number),
                LENGTHS.stream()
                        .filter(length -> digits && length > number.length())
                        .map(length -> "0".repeat(length - number.length()) + number));
    }

    private Listing<Projected<Stock>> stocks(StockFilter filter) {
        return seen.page(Replicas.STOCKS, Stock.class, filter.query());
    }
}
