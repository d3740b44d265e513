package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the API, declared in this order: method and path, who may use it, what it answers, and the handler
 * with the record that is its input.
 *
 * <pre>
 *   record ReplaceRule(@Path String id, @Body AlertRuleInput rule, @IfMatch long rev) {}
 *
 *   Route.put("/api/alert-rules/{id}", "Replaces an alert rule")
 *           .permits(EDIT)
 *           .answersVersioned(AlertRule.class)
 *           .handles(ReplaceRule.class, this::replace)
 * </pre>
 *
 * <p>The components of the input are bound by {@link Path}, {@link Header}, {@link Body}, {@link IfMatch},
 * {@link Parameters} and {@link NewId}; any other is a parameter of the query. The types of the steps leave no way around the permission: a
 * route {@link Unguarded#permits permits} one, or is open to all who {@link Unguarded#signedIn signed in} or to
 * {@link Unguarded#anonymous everybody} for a reason. Mistakes
 * in a declaration are errors in the code and stop the start. Every handler runs on a virtual thread and may block. A
 * handler that loses a race throws {@link HttpProblem#PRECONDITION_FAILED}, showing what stands there as a
 * {@link Versioned}.
 */
public final class Route {
    /** Who may use a route. */
    sealed interface Access {
        record Permits(Permission permission) implements Access {}

        /** Every caller who is known, whatever they may do. */
        record SignedIn(String reason) implements Access {}

        record Anonymous(String reason) implements Access {}
    }

    /** What success looks like. */
    enum Form {
        RECORD(200),
        LISTING(200),
        VERSIONED(200),
        REVALIDATED(200),
        CREATED(201),
        ACCEPTED(202),
        COMMANDED(202),
        NOTHING(204),
        COOKIES(200),
        REDIRECT(302),
        REPLY(200),
        DOWNLOAD(200);

        private final int status;

        Form(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** What a route does with a request that may be served. */
    sealed interface Work {
        /** Answers at once. */
        record Answers(Form form, Class<?> type, Function<Object, Object> handler) implements Work {}

        /** Sends events for as long as the handler runs. */
        record Streams(Class<?> type, BiConsumer<Object, EventSink<Object>> handler) implements Work {}
    }

    /**
     * What is declared before the handler.
     *
     * @param kept how long the answer to an Idempotency-Key is kept; null where the route takes none
     * @param dialect null where the route speaks as the rest of the API
     */
    private record Draft(
            String method,
            PathTemplate path,
            String summary,
            Access access,
            @Nullable Duration kept,
            @Nullable Dialect dialect) {}

    private final Draft draft;
    private final Input<?> input;
    private final Work work;

    private Route(Draft draft, Input<?> input, Work work) {
        var body = input.body();
        if (draft.kept != null
                && (!draft.method.equals("POST") || (body != null && body.form() == InputBody.Form.BYTES))) {
            throw new AssertionError(draft.method + " " + draft.path + " cannot be idempotent by a key");
        }
        if (draft.kept != null && draft.access instanceof Access.Anonymous) {
            throw new AssertionError(draft.path + " is open to all, so one caller could ask for another's answers");
        }
        this.draft = draft;
        this.input = input;
        this.work = work;
    }

    /**
     * Begins a route that reads.
     *
     * @param path such as {@code /api/work-orders/{orderNumber}}
     * @param summary one line for the readers of the API
     */
    public static Unguarded get(String path, String summary) {
        return new Unguarded("GET", PathTemplate.of(path), summary);
    }

    /** Begins a route that makes or starts something; as {@link #get}. */
    public static Unguarded post(String path, String summary) {
        return new Unguarded("POST", PathTemplate.of(path), summary);
    }

    /** Begins a route that replaces something as a whole; as {@link #get}. */
    public static Unguarded put(String path, String summary) {
        return new Unguarded("PUT", PathTemplate.of(path), summary);
    }

    /** Begins a route that changes parts of something by a {@link MergePatch}; as {@link #get}. */
    public static Unguarded patch(String path, String summary) {
        return new Unguarded("PATCH", PathTemplate.of(path), summary);
    }

    /** Begins a route that removes something; as {@link #get}. */
    public static Unguarded delete(String path, String summary) {
        return new Unguarded("DELETE", PathTemplate.of(path), summary);
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

    /** The permission that it demands; empty where it is open to all, or to all who signed in. */
    Optional<Permission> permission() {
        return draft.access instanceof Access.Permits permits ? Optional.of(permits.permission()) : Optional.empty();
    }

    Input<?> input() {
        return input;
    }

    Work work() {
        return work;
    }

    @Nullable
    Dialect dialect() {
        return draft.dialect;
    }

    @Nullable
    Duration kept() {
        return draft.kept;
    }

    @Override
    public String toString() {
        return method() + " " + path();
    }

    /** A route whose permission is still to be declared. */
    public static final class Unguarded {
        private final String method;
        private final PathTemplate path;
        private final String summary;

        private Unguarded(String method, PathTemplate path, String summary) {
            this.method = method;
            this.path = path;
            this.summary = summary;
        }

        public Guarded permits(Permission permission) {
            return with(new Access.Permits(permission));
        }

        /** Opens the route to every caller who has signed in, with the reason why it needs no permission. */
        public Guarded signedIn(String reason) {
            requireReason("without a permission", reason);
            return with(new Access.SignedIn(reason));
        }

        /** Opens the route to everybody, with the reason why that is safe. */
        public Guarded anonymous(String reason) {
            requireReason("anonymous", reason);
            return with(new Access.Anonymous(reason));
        }

        private void requireReason(String access, String reason) {
            if (reason.isBlank()) {
                throw new AssertionError("%s %s is %s and gives no reason".formatted(method, path, access));
            }
        }

        private Guarded with(Access access) {
            return new Guarded(new Draft(method, path, summary, access, null, null));
        }
    }

    /** A route whose answer is still to be declared. */
    public static final class Guarded {
        private final Draft draft;

        private Guarded(Draft draft) {
            this.draft = draft;
        }

        /**
         * Takes the header Idempotency-Key: a request that is repeated with the same key and body is answered as the
         * first one was, and does nothing. For a route that posts; others can be repeated as they are.
         *
         * @param kept how long an answer is kept
         */
        public Guarded idempotent(Duration kept) {
            return new Guarded(new Draft(draft.method, draft.path, draft.summary, draft.access, kept, draft.dialect));
        }

        /** Answers 200 with a record. */
        public <A> Answering<A> answers(Class<A> type) {
            return new Answering<>(draft, Form.RECORD, type);
        }

        /** Answers 200 with a page of records. */
        public <A> Answering<Listing<A>> answersListing(Class<A> item) {
            return new Answering<>(draft, Form.LISTING, item);
        }

        /** Answers 200 with a document that is passed on as JSON of a record. */
        public <A> Answering<Projected<A>> answersProjection(Class<A> type) {
            return new Answering<>(draft, Form.RECORD, type);
        }

        /** Answers 200 with a page of documents that are passed on as JSON of a record. */
        public <A> Answering<Listing<Projected<A>>> answersProjections(Class<A> item) {
            return new Answering<>(draft, Form.LISTING, item);
        }

        /** Answers 200 with a record and its version in the header ETag; 304 to a client that has this version. */
        public <A> Answering<Versioned<A>> answersVersioned(Class<A> type) {
            return new Answering<>(draft, Form.VERSIONED, type);
        }

        /**
         * Answers 200 with a page of records that a browser may keep: its version is in the header ETag; 304 to a client
         * that has this version.
         */
        public <A> Answering<Revalidated<Listing<A>>> revalidatesListing(Class<A> item) {
            return new Answering<>(draft, Form.REVALIDATED, item);
        }

        /** As {@link #revalidatesListing}, of documents that are passed on as JSON of a record. */
        public <A> Answering<Revalidated<Listing<Projected<A>>>> revalidatesProjections(Class<A> item) {
            return new Answering<>(draft, Form.REVALIDATED, item);
        }

        /** Answers 201 with what was made, its version and its place. */
        public <A> Answering<Created<A>> creates(Class<A> type) {
            return new Answering<>(draft, Form.CREATED, type);
        }

        /** Answers 202 with a record about work that goes on, and the place at which its progress can be read. */
        public <A> Answering<Accepted<A>> accepts(Class<A> type) {
            return new Answering<>(draft, Form.ACCEPTED, type);
        }

        /** Answers what became of a command: 202 while it is under way, 200 or 201 when it was done while the client waited. */
        public <A> Answering<Commanded<A>> commands(Class<A> type) {
            return new Answering<>(draft, Form.COMMANDED, type);
        }

        /** Answers 204, that it is done. */
        public Answering<NoContent> answersNothing() {
            return new Answering<>(draft, Form.NOTHING, NoContent.class);
        }

        /** Answers 200 with a record and sets cookies. */
        public <A> Answering<WithCookies<A>> answersWithCookies(Class<A> type) {
            return new Answering<>(draft, Form.COOKIES, type);
        }

        /** Answers 302, which sends a browser elsewhere. */
        public Answering<Redirect> redirects() {
            return new Answering<>(draft, Form.REDIRECT, Redirect.class);
        }

        /** Answers, and fails, in the form of another standard. */
        public Answering<Reply> replies(Dialect dialect) {
            return new Answering<>(
                    new Draft(draft.method, draft.path, draft.summary, draft.access, draft.kept, dialect),
                    Form.REPLY,
                    Reply.class);
        }

        /** Answers with a file, or the range of it that the client asks for. */
        public Answering<Download> downloads() {
            return new Answering<>(draft, Form.DOWNLOAD, Download.class);
        }

        /**
         * Sends events for as long as both sides want.
         *
         * @param type of the events' data: a record, or a sealed interface of records
         */
        public <E> Sending<E> sends(Class<E> type) {
            if (!draft.method.equals("GET")) {
                throw new AssertionError(draft.method + " " + draft.path + " cannot send events; only GET does");
            }
            return new Sending<>(draft, type);
        }
    }

    /** A route whose handler is still to be declared. */
    public static final class Answering<A> {
        private final Draft draft;
        private final Form form;
        private final Class<?> type;

        private Answering(Draft draft, Form form, Class<?> type) {
            this.draft = draft;
            this.form = form;
            this.type = type;
        }

        /** Ends the declaration of a route that takes nothing. */
        public Route handles(Supplier<? extends A> handler) {
            return route(Input.of(Input.None.class, draft.method, draft.path), ignored -> handler.get());
        }

        /** Ends the declaration. */
        @SuppressWarnings("unchecked") // The input was read as an I.
        public <I extends Record> Route handles(Class<I> input, Function<? super I, ? extends A> handler) {
            return route(Input.of(input, draft.method, draft.path), read -> handler.apply((I) read));
        }

        @SuppressWarnings("unchecked") // Handlers answer no null.
        private Route route(Input<?> input, Function<Object, ? extends A> handler) {
            return new Route(draft, input, new Work.Answers(form, type, (Function<Object, Object>) handler));
        }
    }

    /** A route of events that lacks its handler. */
    public static final class Sending<E> {
        private final Draft draft;
        private final Class<E> type;

        private Sending(Draft draft, Class<E> type) {
            this.draft = draft;
            this.type = type;
        }

        /** Ends the declaration; the stream ends when the handler returns. */
        @SuppressWarnings("unchecked") // The input was read as an I; the sink takes what the route sends.
        public <I extends Record> Route handles(Class<I> input, BiConsumer<? super I, EventSink<E>> handler) {
            BiConsumer<Object, EventSink<Object>> widened =
                    (read, sink) -> handler.accept((I) read, (EventSink<E>) (EventSink<?>) sink);
            return new Route(draft, Input.of(input, draft.method, draft.path), new Work.Streams(type, widened));
        }

        /** Ends the declaration of a route that takes nothing; as the other. */
        public Route handles(Consumer<EventSink<E>> handler) {
            return handles(Input.None.class, (none, sink) -> handler.accept(sink));
        }
    }
}
