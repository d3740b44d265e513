package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Stored;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.ReplicaView.PlaceStep;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functional locations and their hierarchy. */
final class FunctionalLocations implements Routed {
    /** Children shown under one node of the tree; who has more uses the list with its paging. */
    private static final int CHILDREN_MAX = 1_000;

    private final ReplicaView seen;

    FunctionalLocations(ReplicaView seen) {
        this.seen = seen;
    }

    private Documents<Document> documents() {
        return seen.documents(Replicas.FUNCTIONAL_LOCATIONS);
    }

    private Documents<Document> equipment() {
        return seen.documents(Replicas.EQUIPMENT);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/functional-locations", "Lists functional locations")
                        .permits(MasterConfiguration.READ)
                        .answersProjections(FunctionalLocation.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/functional-locations/{functionalLocation}", "Shows a functional location with its path")
                        .permits(MasterConfiguration.READ)
                        .answers(Detail.class)
                        .handles(Key.class, this::detail),
                Route.get(
                                "/api/functional-locations/{functionalLocation}/classification",
                                "Shows the classes of a functional location and the values of its characteristics")
                        .permits(MasterConfiguration.READ)
                        .answers(Classification.class)
                        .handles(Key.class, this::classification),
                Route.get(
                                "/api/functional-location-tree",
                                "Shows the hierarchy from a functional location, or from the top")
                        .permits(MasterConfiguration.READ)
                        .answers(Tree.class)
                        .handles(TreeRequest.class, this::tree));
    }

    record Filter(
            @Description("Maintenance plant") @Nullable String plant,

            @Description("Label; a * at the end matches a prefix, ** the location and all below it") @Nullable
            String functionalLocation,

            @Description("Only those directly below this one") @Nullable
            String superior,

            @Description("Words or prefixes of words in label and description") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Condition condition() {
            var all = new ArrayList<Condition>();
            if (plant != null) {
                all.add(Condition.equal("plant", plant));
            }
            if (functionalLocation != null) {
                all.add(Condition.matching("functionalLocation", functionalLocation));
            }
            if (superior != null) {
                all.add(Condition.equal("superiorFunctionalLocation", superior));
            }
            if (text != null) {
                all.add(new Condition.Text(text));
            }
            return all.isEmpty() ? Condition.ALL : new Condition.And(all);
        }
    }

    record Key(@Path FunctionalLocationId functionalLocation) {}

    record TreeRequest(
            @Description("The root of the tree; by default the top level of all plants") @Nullable
            String root,

            @Description("The number of levels below the root") @Default("1") @Range(min = 1, max = 4)
            int levels) {}

    /**
     * A functional location with its surroundings.
     *
     * @param path its superiors, the topmost first
     */
    record Detail(
            FunctionalLocation functionalLocation,
            List<PlaceStep> path,
            List<PlaceStep> children,
            long equipmentCount) {}

    /** The part of the hierarchy that was asked for. */
    record Tree(@Nullable String root, List<Node> nodes) {}

    /**
     * One functional location in the tree.
     *
     * @param childCount how many hang directly below it, also when {@code children} was not asked for
     */
    record Node(
            String functionalLocation,
            @Nullable String description,
            @Nullable String category,
            long childCount,
            long equipmentCount,
            List<Node> children) {}

    private Listing<Projected<FunctionalLocation>> list(Filter filter) {
        var query = Query.where(filter.condition()).limit(filter.limit()).after(filter.after());
        return seen.page(Replicas.FUNCTIONAL_LOCATIONS, FunctionalLocation.class, query);
    }

    private Detail detail(Key key) {
        var document = existing(key.functionalLocation().value());
        return new Detail(
                RecordCodec.of(FunctionalLocation.class).read(document),
                seen.path(document.text("superiorFunctionalLocation")),
                children(key.functionalLocation().value()).stream()
                        .map(PlaceStep::of)
                        .toList(),
                equipment()
                        .count(Condition.equal(
                                "functionalLocation", key.functionalLocation().value())));
    }

    private Classification classification(Key key) {
        var label = key.functionalLocation().value();
        existing(label);
        return Classification.of(seen, label, Classification.OF_FUNCTIONAL_LOCATIONS);
    }

    private Tree tree(TreeRequest request) {
        if (request.root() != null) {
            existing(request.root());
        }
        return new Tree(request.root(), nodes(request.root(), request.levels()));
    }

    private List<Node> nodes(@Nullable String superior, int levels) {
        return children(superior).stream().map(child -> node(child, levels - 1)).toList();
    }

    private Node node(Document document, int levelsBelow) {
        var label = document.text("functionalLocation").orElseThrow();
        return new Node(
                label,
                document.text("description").orElse(null),
                document.text("category").orElse(null),
                documents().count(Condition.equal("superiorFunctionalLocation", label)),
                equipment().count(Condition.equal("functionalLocation", label)),
                levelsBelow == 0 ? List.of() : nodes(label, levelsBelow));
    }

    private List<Document> children(@Nullable String superior) {
        return documents()
                .list(Query.where(Condition.equal("superiorFunctionalLocation", superior))
                        .limit(CHILDREN_MAX))
                .values();
    }

    private Document existing(String label) {
        return documents()
                .find(label)
                .map(Stored::value)
                .orElseThrow(() -> MasterConfigurationProblem.FUNCTIONAL_LOCATION_NOT_FOUND.because(label));
    }
}
