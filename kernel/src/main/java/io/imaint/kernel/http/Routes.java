package io.imaint.kernel.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All routes of a server as a tree of path segments; a literal segment is tried before a variable one. */
final class Routes {
    /** The routes of one path by method. */
    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final SequencedMap<String, Route> routes = new TreeMap<>();
        private @Nullable Node variable;

        private Node next(PathTemplate.Segment segment) {
            return switch (segment) {
                case PathTemplate.Segment.Literal literal ->
                    literals.computeIfAbsent(literal.text(), text -> new Node());
                case PathTemplate.Segment.Variable named -> {
                    var known = variable;
                    if (known == null) {
                        known = new Node();
                        variable = known;
                    }
                    yield known;
                }
            };
        }
    }

    private final List<Route> all;
    private final Node root = new Node();

    Routes(List<Route> all) {
        this.all = List.copyOf(all);
        for (int i = 0; i < all.size(); i++) {
            for (var earlier : all.subList(0, i)) {
                refuseCollision(earlier, all.get(i));
            }
            add(all.get(i));
        }
    }

    private static void refuseCollision(Route earlier, Route later) {
        if (earlier.method().equals(later.method()) && earlier.path().collidesWith(later.path())) {
            throw new AssertionError("two routes match the same path: " + earlier + " and " + later);
        }
    }

    private void add(Route route) {
        var node = root;
        for (var segment : route.path().segments()) {
            node = node.next(segment);
        }
        node.routes.put(route.method(), route);
    }

    List<Route> all() {
        return all;
    }

    /** The routes of a path by method; empty when the path is unknown. */
    Optional<SequencedMap<String, Route>> find(List<String> parts) {
        return Optional.ofNullable(find(root, parts, 0)).map(node -> node.routes);
    }

    private static @Nullable Node find(Node node, List<String> parts, int at) {
        if (at == parts.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        var literal = node.literals.get(parts.get(at));
        if (literal != null) {
            var found = find(literal, parts, at + 1);
            if (found != null) {
                return found;
            }
        }
        return node.variable == null || parts.get(at).isEmpty() ? null : find(node.variable, parts, at + 1);
    }
}
