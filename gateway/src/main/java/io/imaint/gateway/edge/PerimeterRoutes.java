package io.imaint.gateway.edge;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Finding;
import java.util.List;

/** The perimeter over HTTP: its rules, what is doubtful about them, and what they decided in the process that answers. */
public final class PerimeterRoutes implements Routed {
    private static final Permission READ = new Permission("api-management.read");
    private static final String ROOT = "/api/api-management/perimeter";

    private final Edge edge;
    private final Perimeter perimeter;

    public PerimeterRoutes(Edge edge, Perimeter perimeter) {
        this.edge = edge;
        this.perimeter = perimeter;
    }

    /**
     * The perimeter.
     *
     * @param errors of the file, because of which the rules before it hold
     */
    record Shown(AclView rules, List<Finding> errors, List<Finding> warnings) {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ROOT, "Shows the rules of the perimeter and what is doubtful about them")
                        .permits(READ)
                        .answers(Shown.class)
                        .handles(() -> new Shown(edge.view(), edge.findings(), edge.review())),
                Route.get(ROOT + "/decisions", "Counts what each rule of the perimeter decided since the start")
                        .permits(READ)
                        .answersListing(Perimeter.Figure.class)
                        .handles(() -> {
                            var figures = perimeter.figures();
                            return new Listing<>(figures, null, (long) figures.size());
                        }));
    }
}
