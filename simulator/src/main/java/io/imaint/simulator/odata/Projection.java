package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What of an entity is written: the outcome of {@code $select} and {@code $expand}.
 *
 * @param places the chosen properties' places in a row, in the order of the model
 * @param ways the chosen navigation properties, in the order of the model
 */
record Projection(EntitySet set, List<Integer> places, List<Way> ways) {
    /** The deepest nesting: the model's longest sensible way is half of it. */
    private static final int DEPTH_MAX = 6;

    /** The most paths in one option; the model has fewer ways. */
    private static final int PATHS_MAX = 500;

    /**
     * A navigation property.
     *
     * @param expanded what of the entities it leads to is written; empty where their address suffices
     */
    record Way(Navigation navigation, Optional<Projection> expanded) {}

    /** The whole entity, with addresses where ways lead on. */
    static Projection all(EntitySet set) {
        return of(set, null, List.of());
    }

    /** The whole entity with what some of its ways lead to. */
    static Projection expanding(EntitySet set, List<List<String>> paths) {
        return of(set, null, paths);
    }

    static Projection parse(EntitySet set, @Nullable String select, @Nullable String expand) {
        return of(set, select == null ? null : paths(select), expand == null ? List.of() : paths(expand));
    }

    private static List<List<String>> paths(String option) {
        var items = option.strip().split("\\s*,\\s*", -1);
        if (items.length > PATHS_MAX) {
            throw ODataFault.uriSyntax("More than %d paths in one system query option".formatted(PATHS_MAX));
        }
        return Arrays.stream(items)
                .map(item -> List.of(item.split("/", DEPTH_MAX + 2)))
                .toList();
    }

    /**
     * @param selected the paths chosen here and below; null for everything
     * @param expanded the ways followed from here
     */
    private static Projection of(EntitySet set, @Nullable List<List<String>> selected, List<List<String>> expanded) {
        expanded.forEach(path -> verifyWay(set, path));
        if (selected != null) {
            selected.forEach(path -> verifySelected(set, path, expanded));
        }
        boolean all = selected == null || selected.contains(List.of("*"));
        var chosen = selected == null ? List.<List<String>>of() : selected;
        var places = IntStream.range(0, set.properties().size())
                .filter(place -> all
                        || chosen.contains(List.of(set.properties().get(place).name())))
                .boxed()
                .toList();
        var ways = new ArrayList<Way>();
        for (var way : IcwpModel.navigations(set)) {
            boolean whole = all || chosen.contains(List.of(way.name()));
            var selectedBelow = below(chosen, way.name());
            if (!whole && selectedBelow.isEmpty()) {
                continue; // What is not selected is not written, even if it is expanded.
            }
            if (expanded.stream().noneMatch(path -> path.getFirst().equals(way.name()))) {
                ways.add(new Way(way, Optional.empty()));
            } else {
                var narrowed = selectedBelow.isEmpty() ? null : selectedBelow;
                ways.add(new Way(way, Optional.of(of(way.to(), narrowed, below(expanded, way.name())))));
            }
        }
        return new Projection(set, places, List.copyOf(ways));
    }

    private static List<List<String>> below(List<List<String>> paths, String name) {
        return paths.stream()
                .filter(path -> path.size() > 1 && path.getFirst().equals(name))
                .map(path -> path.subList(1, path.size()))
                .toList();
    }

    private static void verifyWay(EntitySet set, List<String> path) {
        if (path.size() > DEPTH_MAX) {
            throw ODataFault.uriSyntax("Paths of more than %d segments are not supported".formatted(DEPTH_MAX));
        }
        if (IcwpModel.navigation(set, path.getFirst()).isEmpty()) {
            throw ODataFault.noProperty(path.getFirst(), set.typeName());
        }
    }

    private static void verifySelected(EntitySet set, List<String> path, List<List<String>> expanded) {
        var name = path.getFirst();
        boolean way = IcwpModel.navigation(set, name).isPresent();
        boolean known = way || set.has(name) || name.equals("*");
        if (!known || (path.size() > 1 && !way)) {
            throw ODataFault.noProperty(String.join("/", path), set.typeName());
        }
        if (path.size() > 1
                && expanded.stream().noneMatch(other -> other.getFirst().equals(name))) {
            throw ODataFault.uriSyntax(
                    "'%s' is selected, so '%s' must be expanded".formatted(String.join("/", path), name));
        }
    }
}
