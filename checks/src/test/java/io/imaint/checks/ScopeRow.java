package io.imaint.checks;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a route is called, and how far what it shows or changes is confined to the caller's plants. */
sealed interface ScopeRow {
    /** The method and path, as in {@code GET /api/plants/{plant}}. */
    String route();

    /** The target of a request that the route carries out; for an object, one of this plant. */
    String target(String plant);

    /** The JSON that somebody of this plant sends; null for none. */
    default @Nullable String body(String plant) {
        return null;
    }

    /**
     * A number that counts no document of another plant.
     *
     * @param pointer a JSON pointer, in which {@code {status}} is that of the plant's orders
     * @param ofPlant what a caller of the plant sees, whichever plant it is
     * @param ofAll what a caller of all plants sees
     */
    record Figure(String pointer, int ofPlant, int ofAll) {
        String pointer(String plant) {
            return pointer.replace("{status}", TwoPlants.status(plant));
        }
    }

    /**
     * One object of a plant, which is missing for everybody else.
     *
     * @param key makes or names an object of a plant
     * @param missing a key of the same form under which there is nothing
     * @param content makes the body of a plant
     */
    record OneObject(
            String route,
            UnaryOperator<String> key,
            String missing,
            UnaryOperator<@Nullable String> content,
            List<Figure> figures)
            implements ScopeRow {
        @Override
        public String target(String plant) {
            return targetOf(key.apply(plant));
        }

        @Override
        public @Nullable String body(String plant) {
            return content.apply(plant);
        }

        String targetOf(String key) {
            // Every order has an operation 10.
            return path(route).replaceFirst("\\{[^}]+}", key).replace("{operation}", "10");
        }
    }

    /**
     * A list, page by page where it has pages.
     *
     * @param query the parameters, empty for none
     * @param ofNone how many items belong to no plant
     */
    record Listed(String route, String query, int ofNone) implements ScopeRow {
        @Override
        public String target(String plant) {
            return path(route) + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /** One answer about everything that the caller sees. */
    record Overview(String route, String query, List<Figure> figures) implements ScopeRow {
        @Override
        public String target(String plant) {
            return path(route) + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /** A stream of the changes of documents. */
    record Changes(String route) implements ScopeRow {
        @Override
        public String target(String plant) {
            return path(route);
        }
    }

    /**
     * Nothing that belongs to a plant.
     *
     * @param reason why nobody has to be confined
     * @param asked makes or names what is asked for
     * @param content makes the body
     * @param refusal the code of the problem where the matrix cannot meet what the request needs; empty elsewhere
     * @param refusals the code of the problem by the plants of callers to whom the request is refused all the same
     */
    record Unscoped(
            String route,
            String reason,
            Supplier<String> asked,
            Supplier<@Nullable String> content,
            String refusal,
            Map<String, String> refusals)
            implements ScopeRow {
        Unscoped(
                String route,
                String reason,
                Supplier<String> asked,
                Supplier<@Nullable String> content,
                String refusal) {
            this(route, reason, asked, content, refusal, Map.of());
        }

        /** This row, whose request is refused to who sees no plant but one of these. */
        Unscoped refusing(String code, String... plants) {
            var refused = Stream.of(plants).collect(Collectors.toMap(plant -> plant, plant -> code));
            return new Unscoped(route, reason, asked, content, refusal, refused);
        }

        @Override
        public String target(String plant) {
            return asked.get();
        }

        @Override
        public @Nullable String body(String plant) {
            return content.get();
        }
    }

    private static String path(String route) {
        return route.substring(route.indexOf(' ') + 1);
    }
}
