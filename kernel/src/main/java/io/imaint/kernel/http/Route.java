package io.imaint.kernel.http;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: path, permission, parameters, answer and handler, declared in this order.
 *
 * <p>The types of the steps leave no way around the permission: a route either {@link Declared#permits permits} one or
 * is {@link Declared#anonymous anonymous} for a reason. Mistakes in a declaration are errors in the code and stop the
 * start.
 */
public final class Route {
    /** Who may use a route. */
    sealed interface Access {
        record Permits(Permission permission) implements Access {}

        record Anonymous(String reason) implements Access {}
    }

    /** What a route answers with: a record, or a {@link Listing} of records. */
    record Shape(Class<?> type, boolean listing) {}

    private final Declared declared;
    private final Access access;
    private final @Nullable Parameters<?> parameters;
    private final Shape shape;
    private final Function<@Nullable Object, Object> handler;

    private Route(Guarded guarded, @Nullable Parameters<?> parameters, Shape shape, Function<?, ?> handler) {
        this.declared = guarded.declared;
        this.access = guarded.access;
        this.parameters = parameters;
        this.shape = shape;
        @SuppressWarnings(
                "unchecked") // Called with what these very parameters read, or with null where there are none.
        var widened = (Function<@Nullable Object, Object>) handler;
        this.handler = widened;
    }

    /**
     * Begins a route that reads.
     *
     * @param path such as {@code /api/work-orders/{orderNumber}}
     * @param summary one line for the readers of the API
     */
    public static Declared get(String path, String summary) {
        return new Declared("GET", PathTemplate.of(path), summary);
    }

    String method() {
        return declared.method;
    }

    PathTemplate path() {
        return declared.path;
    }

    String summary() {
        return declared.summary;
    }

    Access access() {
        return access;
    }

    @Nullable
    Parameters<?> parameters() {
        return parameters;
    }

    Shape shape() {
        return shape;
    }

    Object handle(@Nullable Object read) {
        return handler.apply(read);
    }

    @Override
    public String toString() {
        return method() + " " + path();
    }

    /** A route that lacks its permission. */
    public static final class Declared {
        private final String method;
        private final PathTemplate path;
        private final String summary;

        private Declared(String method, PathTemplate path, String summary) {
            this.method = method;
            this.path = path;
            this.summary = summary;
        }

        public Guarded permits(Permission permission) {
            return new Guarded(this, new Access.Permits(permission));
        }

        /** Opens the route to everybody, with the reason why that is safe. */
        public Guarded anonymous(String reason) {
            if (reason.isBlank()) {
                throw new AssertionError(method + " " + path + " is anonymous without a reason");
            }
            return new Guarded(this, new Access.Anonymous(reason));
        }
    }

    /** A route that lacks its answer and may still name parameters. */
    public static final class Guarded {
        private final Declared declared;
        private final Access access;

        private Guarded(Declared declared, Access access) {
            this.declared = declared;
            this.access = access;
        }

        /** Names the record whose components are the path and query parameters. */
        public <Q extends Record> Asked<Q> parameters(Class<Q> type) {
            return new Asked<>(this, Parameters.of(type, declared.path));
        }

        public <A> Supplied<A> answers(Class<A> type) {
            return new Supplied<>(this, new Shape(type, false));
        }

        public <A> Supplied<Listing<A>> answersListing(Class<A> item) {
            return new Supplied<>(this, new Shape(item, true));
        }
    }

    /** A route with parameters that lacks its answer. */
    public static final class Asked<Q extends Record> {
        private final Guarded guarded;
        private final Parameters<Q> parameters;

        private Asked(Guarded guarded, Parameters<Q> parameters) {
            this.guarded = guarded;
            this.parameters = parameters;
        }

        public <A> Answered<Q, A> answers(Class<A> type) {
            return new Answered<>(this, new Shape(type, false));
        }

        public <A> Answered<Q, Listing<A>> answersListing(Class<A> item) {
            return new Answered<>(this, new Shape(item, true));
        }
    }

    /** A route with parameters that lacks its handler. */
    public static final class Answered<Q extends Record, A> {
        private final Asked<Q> asked;
        private final Shape shape;

        private Answered(Asked<Q> asked, Shape shape) {
            this.asked = asked;
            this.shape = shape;
        }

        /** Ends the declaration; the handler runs on a virtual thread of its own and may block. */
        public Route handles(Function<? super Q, ? extends A> handler) {
            return new Route(asked.guarded, asked.parameters, shape, handler);
        }
    }

    /** A route without parameters that lacks its handler. */
    public static final class Supplied<A> {
        private final Guarded guarded;
        private final Shape shape;

        private Supplied(Guarded guarded, Shape shape) {
            this.guarded = guarded;
            this.shape = shape;
        }

        /** Ends the declaration; the handler runs on a virtual thread of its own and may block. */
        public Route handles(Supplier<? extends A> handler) {
            var path = guarded.declared.path;
            if (!path.variables().isEmpty()) {
                throw new AssertionError(path + " has variables but the route has no parameters");
            }
            return new Route(guarded, null, shape, none -> handler.get());
        }
    }
}
