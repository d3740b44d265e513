package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API: path, permission, parameters, body, answer and handler, declared in this order.
 *
 * <p>The types of the steps leave no way around the permission: a route either {@link Declared#permits permits} one or
 * is {@link Declared#anonymous anonymous} for a reason. Mistakes in a declaration are errors in the code and stop the
 * start. Every handler runs on a virtual thread of its own and may block.
 */
public final class Route {
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    /** Who may use a route. */
    sealed interface Access {
        record Permits(Permission permission) implements Access {}

        record Anonymous(String reason) implements Access {}
    }

    /** What a route does with a request that may be served. */
    sealed interface Work {
        /** Answers with a record, a {@link Listing} of records, or {@link NoContent}. */
        record Answers(
                int status,
                Class<?> type,
                boolean listing,
                BiFunction<@Nullable Object, @Nullable Object, Object> handler)
                implements Work {
            /** The answer to read parameters and a read body, each null where the route takes none. */
            Object handle(@Nullable Object parameters, @Nullable Object body) {
                return handler.apply(parameters, body);
            }
        }

        /** Sends events for as long as the handler runs. */
        record Streams(Class<?> type, BiConsumer<@Nullable Object, EventSink<Object>> handler) implements Work {}
    }

    /** What is declared before the handler. */
    private record Draft(
            String method,
            PathTemplate path,
            String summary,
            int status,
            Access access,
            @Nullable Parameters<?> parameters,
            @Nullable Body<?> body) {
        Draft with(int other) {
            return new Draft(method, path, summary, other, access, parameters, body);
        }

        Draft with(Access other) {
            return new Draft(method, path, summary, status, other, parameters, body);
        }

        Draft with(Parameters<?> other) {
            return new Draft(method, path, summary, status, access, other, body);
        }

        Draft with(Body<?> other) {
            return new Draft(method, path, summary, status, access, parameters, other);
        }
    }

    private final Draft draft;
    private final Work work;

    private Route(Draft draft, Work work) {
        if (draft.parameters == null && !draft.path.variables().isEmpty()) {
            throw new AssertionError(draft.path + " has variables but the route has no parameters");
        }
        this.draft = draft;
        this.work = work;
    }

    /**
     * Begins a route that reads.
     *
     * @param path such as {@code /api/work-orders/{orderNumber}}
     * @param summary one line for the readers of the API
     */
    public static Declared<Bare> get(String path, String summary) {
        return declared("GET", path, summary, Bare::new);
    }

    /** Begins a route that makes or starts something; as {@link #get}. */
    public static Declared<Open> post(String path, String summary) {
        return declared("POST", path, summary, Open::new);
    }

    /** Begins a route that replaces something as a whole; as {@link #get}. */
    public static Declared<Open> put(String path, String summary) {
        return declared("PUT", path, summary, Open::new);
    }

    /** Begins a route that removes something; as {@link #get}. */
    public static Declared<Bare> delete(String path, String summary) {
        return declared("DELETE", path, summary, Bare::new);
    }

    /** Begins a route that sends events to the client for as long as both want; as {@link #get}. */
    public static Declared<Following> events(String path, String summary) {
        return declared("GET", path, summary, Following::new);
    }

    private static <N> Declared<N> declared(String method, String path, String summary, Function<Draft, N> next) {
        var unknown = new Access.Anonymous("to be declared");
        return new Declared<>(new Draft(method, PathTemplate.of(path), summary, OK, unknown, null, null), next);
    }

    String method() {
        return draft.method;
    }

    PathTemplate path() {
        return draft.path;
    }

    String summary() {
        return draft.summary;
    }

    Access access() {
        return draft.access;
    }

    @Nullable
    Parameters<?> parameters() {
        return draft.parameters;
    }

    @Nullable
    Body<?> body() {
        return draft.body;
    }

    Work work() {
        return work;
    }

    @Override
    public String toString() {
        return method() + " " + path();
    }

    /** A route that lacks its permission. */
    public static final class Declared<N> {
        private final Draft draft;
        private final Function<Draft, N> next;

        private Declared(Draft draft, Function<Draft, N> next) {
            this.draft = draft;
            this.next = next;
        }

        /** Says that success is 201 (something was made) or 202 (it goes on after the answer) instead of 200. */
        public Declared<N> status(int status) {
            if (status != 201 && status != 202) {
                throw new AssertionError(draft.path + " cannot succeed with " + status);
            }
            return new Declared<>(draft.with(status), next);
        }

        public N permits(Permission permission) {
            return next.apply(draft.with(new Access.Permits(permission)));
        }

        /** Opens the route to everybody, with the reason why that is safe. */
        public N anonymous(String reason) {
            if (reason.isBlank()) {
                throw new AssertionError(draft.method + " " + draft.path + " is anonymous without a reason");
            }
            return next.apply(draft.with(new Access.Anonymous(reason)));
        }
    }

    /** A route that takes no body, lacks its answer and may still name parameters. */
    public static sealed class Bare permits Open {
        private final Draft draft;

        private Bare(Draft draft) {
            this.draft = draft;
        }

        /** Names the record whose components are the path and query parameters. */
        public <Q extends Record> Asked<Q> parameters(Class<Q> type) {
            return new Asked<>(draft.with(Parameters.of(type, draft.path)));
        }

        public <A> Supplied<A> answers(Class<A> type) {
            return new Supplied<>(draft, type, false);
        }

        public <A> Supplied<Listing<A>> answersListing(Class<A> item) {
            return new Supplied<>(draft, item, true);
        }
    }

    /** A route that lacks its answer and may still name parameters and a body. */
    public static final class Open extends Bare {
        private final Draft draft;

        private Open(Draft draft) {
            super(draft);
            this.draft = draft;
        }

        @Override
        public <Q extends Record> Fillable<Q> parameters(Class<Q> type) {
            return new Fillable<>(draft.with(Parameters.of(type, draft.path)));
        }

        /** Names the record that the JSON of the body is read into. */
        public <B extends Record> Filled<B> takes(Class<B> type) {
            return new Filled<>(draft.with(Body.of(type)));
        }
    }

    /** A route with parameters that lacks its answer. */
    public static sealed class Asked<Q extends Record> permits Fillable {
        private final Draft draft;

        private Asked(Draft draft) {
            this.draft = draft;
        }

        public <A> Answered<Q, A> answers(Class<A> type) {
            return new Answered<>(draft, type, false);
        }

        public <A> Answered<Q, Listing<A>> answersListing(Class<A> item) {
            return new Answered<>(draft, item, true);
        }
    }

    /** A route with parameters that lacks its answer and may still name a body. */
    public static final class Fillable<Q extends Record> extends Asked<Q> {
        private final Draft draft;

        private Fillable(Draft draft) {
            super(draft);
            this.draft = draft;
        }

        /** Names the record that the JSON of the body is read into. */
        public <B extends Record> AskedAndFilled<Q, B> takes(Class<B> type) {
            return new AskedAndFilled<>(draft.with(Body.of(type)));
        }
    }

    /** A route with a body and without parameters that lacks its answer. */
    public static final class Filled<B extends Record> {
        private final Draft draft;

        private Filled(Draft draft) {
            this.draft = draft;
        }

        public <A> Answered<B, A> answers(Class<A> type) {
            return new Answered<>(draft, type, false);
        }
    }

    /** A route with parameters and a body that lacks its answer. */
    public static final class AskedAndFilled<Q extends Record, B extends Record> {
        private final Draft draft;

        private AskedAndFilled(Draft draft) {
            this.draft = draft;
        }

        public <A> AnsweredBoth<Q, B, A> answers(Class<A> type) {
            return new AnsweredBoth<>(draft, type);
        }
    }

    /** A route without parameters and body that lacks its handler. */
    public static final class Supplied<A> {
        private final Draft draft;
        private final Class<?> type;
        private final boolean listing;

        private Supplied(Draft draft, Class<?> type, boolean listing) {
            this.draft = draft;
            this.type = type;
            this.listing = listing;
        }

        public Route handles(Supplier<? extends A> handler) {
            return answering(draft, type, listing, (parameters, body) -> handler.get());
        }
    }

    /** A route with either parameters or a body that lacks its handler. */
    public static final class Answered<I extends Record, A> {
        private final Draft draft;
        private final Class<?> type;
        private final boolean listing;

        private Answered(Draft draft, Class<?> type, boolean listing) {
            this.draft = draft;
            this.type = type;
            this.listing = listing;
        }

        public Route handles(Function<? super I, ? extends A> handler) {
            boolean filled = draft.body != null;
            @SuppressWarnings({"unchecked", "NullAway"}) // The one of the two that is declared was read as an I.
            BiFunction<@Nullable Object, @Nullable Object, Object> widened =
                    (parameters, body) -> handler.apply((I) (filled ? body : parameters));
            return answering(draft, type, listing, widened);
        }
    }

    /** A route with parameters and a body that lacks its handler. */
    public static final class AnsweredBoth<Q extends Record, B extends Record, A> {
        private final Draft draft;
        private final Class<?> type;

        private AnsweredBoth(Draft draft, Class<?> type) {
            this.draft = draft;
            this.type = type;
        }

        public Route handles(BiFunction<? super Q, ? super B, ? extends A> handler) {
            @SuppressWarnings({"unchecked", "NullAway"}) // Both are declared, so both were read.
            BiFunction<@Nullable Object, @Nullable Object, Object> widened =
                    (parameters, body) -> handler.apply((Q) parameters, (B) body);
            return answering(draft, type, false, widened);
        }
    }

    private static Route answering(
            Draft draft,
            Class<?> type,
            boolean listing,
            BiFunction<@Nullable Object, @Nullable Object, Object> handler) {
        int status = type == NoContent.class ? NO_CONTENT : draft.status;
        return new Route(draft, new Work.Answers(status, type, listing, handler));
    }

    /** A route of events that lacks their form and may still name parameters. */
    public static final class Following {
        private final Draft draft;

        private Following(Draft draft) {
            this.draft = draft;
        }

        /** Names the record whose components are the path and query parameters. */
        public <Q extends Record> Followed<Q> parameters(Class<Q> type) {
            return new Followed<>(draft.with(Parameters.of(type, draft.path)));
        }
    }

    /** A route of events with parameters that lacks their form. */
    public static final class Followed<Q extends Record> {
        private final Draft draft;

        private Followed(Draft draft) {
            this.draft = draft;
        }

        /** Names the type of the events' data: a record, or a sealed interface of records. */
        public <E> Sending<Q, E> sends(Class<E> type) {
            return new Sending<>(draft, type);
        }
    }

    /** A route of events that lacks its handler. */
    public static final class Sending<Q extends Record, E> {
        private final Draft draft;
        private final Class<E> type;

        private Sending(Draft draft, Class<E> type) {
            this.draft = draft;
            this.type = type;
        }

        /** Ends the declaration; the stream ends when the handler returns. */
        @SuppressWarnings({"unchecked", "NullAway"}) // Parameters are declared; the sink takes what the route sends.
        public Route handles(BiConsumer<? super Q, EventSink<E>> handler) {
            return new Route(
                    draft,
                    new Work.Streams(
                            type,
                            (parameters, sink) -> handler.accept((Q) parameters, (EventSink<E>) (EventSink<?>) sink)));
        }
    }
}
