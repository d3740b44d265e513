package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.RequestId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides each request's answer: who asks, which route, whether they may, what they ask, and only then the handler.
 *
 * <p>It works on the thread that calls it. A handler that was given up holds its place among the requests at once until
 * it ends, so abandoned work counts against the same limit as live work.
 */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int SERVER_BUSY = 503;
    private static final String SCHEME = "Bearer ";

    private final Routes routes;
    private final Map<String, BuiltInPage> pages;
    private final Optional<Site> site;
    private final Set<String> roots;
    private final Authenticator authenticator;
    private final Idempotency idempotency;
    private final RateLimits rates;
    private final Set<Permission> demanded;
    private final int bodySizeMax;
    private final Semaphore places;

    Dispatcher(
            Routes routes,
            Map<String, BuiltInPage> pages,
            Optional<Site> site,
            Authenticator authenticator,
            IdempotencyStore answers,
            RateLimits rates,
            ApiSettings.Limits limits) {
        this.routes = routes;
        this.pages = pages;
        this.site = site;
        this.roots = Stream.concat(
                        routes.all().stream().map(route -> route.path().text()), pages.keySet().stream())
                .map(Dispatcher::root)
                .collect(Collectors.toUnmodifiableSet());
        this.authenticator = authenticator;
        this.demanded = routes.all().stream()
                .flatMap(route -> route.permission().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.idempotency = new Idempotency(answers, limits.requestTimeout());
        this.rates = rates;
        this.bodySizeMax = limits.bodySizeMax();
        this.places = new Semaphore(limits.requestsMax());
    }

    /** True when what is at a path is answered from memory. */
    boolean answersAtOnce(String path) {
        var page = pages.get(path);
        return page == null ? ofSite(path) : page.ready();
    }

    /** True where the site answers: a path that shares its first part with none of the server's own. */
    private boolean ofSite(String path) {
        return site.isPresent() && !roots.contains(root(path));
    }

    private static String root(String path) {
        int end = path.indexOf('/', 1);
        return end < 0 ? path : path.substring(0, end);
    }

    Answer answer(Request request) {
        var page = pages.get(request.path());
        if (page != null) { // Probes must get through while the server is full.
            return guarded(() -> pageAnswer(page, request).from(page.path()));
        }
        if (ofSite(request.path())) {
            return siteAnswer(request);
        }
        if (!places.tryAcquire()) {
            return Answer.problem(HttpProblem.SERVER_BUSY, "as many requests as allowed are being handled");
        }
        try {
            return guarded(() -> routeAnswer(request));
        } finally {
            places.release();
        }
    }

    private Answer siteAnswer(Request request) {
        if (!request.effectiveMethod().equals("GET")) {
            return methodUnknown(request, List.of("GET"));
        }
        return site.flatMap(known -> known.answer(request)).orElseGet(() -> routeUnknown(request));
    }

    private Answer pageAnswer(BuiltInPage page, Request request) {
        if (!request.effectiveMethod().equals("GET")) {
            return methodUnknown(request, List.of("GET"));
        }
        var permission = page.permission();
        if (permission == null) {
            return page.content().apply(right -> may(request, right));
        }
        var caller = caller(request);
        if (caller.isEmpty()) {
            return as(
                    Caller.ANONYMOUS, request, () -> tokenMissing(token(request).isPresent()));
        }
        return caller.get().may(permission)
                ? page.content().apply(caller.get()::may)
                : Answer.problem(authenticator.refusal(
                        caller.get(), "%s needs the permission %s".formatted(page.path(), permission)));
    }

    /** Whether a caller may see more on a page that everybody may read; no if they cannot be authenticated now. */
    private boolean may(Request request, Permission permission) {
        try {
            return caller(request).filter(known -> known.may(permission)).isPresent();
        } catch (Failure unknown) { // A probe must get its answer while the store is down.
            return false;
        }
    }

    private Answer routeAnswer(Request request) {
        var parts = request.parts();
        var found = routes.find(parts);
        var route = found.map(methods -> methods.get(request.effectiveMethod()));
        var open = route.filter(known -> known.access() instanceof Route.Access.Anonymous);
        if (open.isPresent()) {
            return as(Caller.ANONYMOUS, request, () -> handled(open.get(), request));
        }
        if (!request.ofApi() && found.isEmpty()) {
            return routeUnknown(request);
        }
        var caller = caller(request);
        if (caller.isEmpty()) {
            return as(
                    Caller.ANONYMOUS, request, () -> tokenMissing(token(request).isPresent()));
        }
        return as(caller.get(), request, () -> answerTo(request, found));
    }

    /** Does the work for a caller, unless they have sent too many requests. */
    private Answer as(Caller caller, Request request, Supplier<Answer> work) {
        Supplier<Answer> scoped = () -> {
            var acting = caller.during(RequestId.current().orElse(""), request.address());
            return ScopedValue.where(Caller.scoped(), acting).call(work::get);
        };
        if (!rates.on()) {
            return scoped.get();
        }
        boolean anonymous = caller.equals(Caller.ANONYMOUS);
        var standing = rates.count(anonymous ? "address " + request.address() : "caller " + caller.id());
        return standing.on(standing.allowed() ? guarded(scoped) : Answer.problem(standing.refusal()));
    }

    private Answer answerTo(Request request, Optional<SequencedMap<String, Route>> found) {
        if (found.isEmpty()) {
            return routeUnknown(request);
        }
        var route = found.get().get(request.effectiveMethod());
        if (route == null) {
            return methodUnknown(request, List.copyOf(found.get().keySet()));
        }
        return handled(route, request);
    }

    private Answer handled(Route route, Request request) {
        return guarded(() -> checkedAndHandled(route, request, request.parts()), failure -> refusal(route, failure))
                .from(route.path().text());
    }

    private static Answer refusal(Route route, Failure failure) {
        var answer = Answer.problem(failure);
        var dialect = route.dialect();
        return dialect == null ? answer : answer.of(dialect.mediaType()).saying(Json.bytes(dialect.failed(failure)));
    }

    private void requirePermission(Route route) {
        if (route.access() instanceof Route.Access.Permits permits
                && !Caller.current().may(permits.permission())) {
            throw authenticator.refusal(
                    Caller.current(), "%s needs the permission %s".formatted(route, permits.permission()));
        }
    }

    private Answer checkedAndHandled(Route route, Request request, List<String> parts) {
        requirePermission(route);
        requireAcceptable(route, request);
        var bound = route.input().bind(request, route.path().values(parts), bodySizeMax);
        return switch (route.work()) {
            case Route.Work.Streams streams -> {
                var input = bound.record(() -> "");
                yield Answer.streaming(opening(streams, input, request));
            }
            case Route.Work.Answers answers -> {
                Function<Supplier<String>, Answer> work = ids -> performed(route, answers, bound.record(ids), request);
                yield keyed(route, request)
                        ? idempotency.answer(route, request, bound.json(), work)
                        : idempotency.once(work);
            }
        };
    }

    private Opening opening(Route.Work.Streams streams, Object input, Request request) {
        var first = Caller.current();
        return new Opening(streams, input, first, () -> unchanged(first, request), request.header("Last-Event-ID"));
    }

    /** Whether a request would still have the caller it had, with the same plants and the same of all rights there are. */
    private boolean unchanged(Caller first, Request request) {
        if (first.id().equals(Caller.ANONYMOUS.id())) {
            return true;
        }
        return caller(request)
                .filter(now -> now.id().equals(first.id())
                        && now.plants().equals(first.plants())
                        && demanded.stream().allMatch(right -> now.may(right) == first.may(right)))
                .isPresent();
    }

    private static void requireAcceptable(Route route, Request request) {
        if (route.work() instanceof Route.Work.Answers answers && answers.form() == Route.Form.DOWNLOAD) {
            return; // Its form is known only once it is found.
        }
        var dialect = route.dialect();
        if (dialect != null && Accepts.mediaType(request.header("Accept"), dialect.mediaType())) {
            return;
        }
        var form = route.work() instanceof Route.Work.Streams ? Opening.MEDIA_TYPE : JsonBody.MEDIA_TYPE;
        if (!Accepts.mediaType(request.header("Accept"), form)) {
            throw HttpProblem.FORM_UNAVAILABLE.because(route + " answers " + form);
        }
    }

    private static Answer performed(Route route, Route.Work.Answers work, Object input, Request request) {
        try {
            var answer = Replies.of(work, work.handler().apply(input), request);
            var dialect = route.dialect();
            return dialect == null ? answer : answer.of(dialect.mediaType());
        } catch (Failure failure) {
            // A client that obeyed "try again" would do what may already be done a second time.
            if (failure.code().status() == SERVER_BUSY && !repeatable(route, request)) {
                throw HttpProblem.REQUEST_OUTCOME_UNKNOWN.because(failure.line(), failure);
            }
            throw failure;
        }
    }

    /** True where a request that is sent a second time does nothing more. */
    private static boolean repeatable(Route route, Request request) {
        return !Set.of("POST", "PATCH").contains(route.method())
                || (!request.header("If-Match").isBlank() && route.input().ifMatchRequired() != null)
                || keyed(route, request)
                || commandKeyed(route, request);
    }

    /** A command is known by its key where it is kept, so the key of a route that commands is for its service. */
    private static boolean commandKeyed(Route route, Request request) {
        return route.work() instanceof Route.Work.Answers answers
                && answers.form() == Route.Form.COMMANDED
                && !request.header(Idempotency.HEADER).isEmpty();
    }

    private static boolean keyed(Route route, Request request) {
        return route.kept() != null && !request.header(Idempotency.HEADER).isEmpty();
    }

    /** The answer to a request that was given up because its time was over. It says what is known of its outcome. */
    Answer overdue(Request request, Duration after) {
        var route = routes.find(request.parts()).map(methods -> methods.get(request.effectiveMethod()));
        var detail = "it was given up after " + after;
        if (route.isEmpty() || request.effectiveMethod().equals("GET")) {
            return Answer.problem(HttpProblem.REQUEST_TOO_SLOW, detail);
        }
        return repeatable(route.get(), request)
                ? Answer.problem(
                        HttpProblem.REQUEST_TOO_SLOW,
                        detail + " and may still be carried out; repeated unchanged, it will not be done twice")
                : Answer.problem(HttpProblem.REQUEST_OUTCOME_UNKNOWN, detail + " and may still be carried out");
    }

    private static Answer guarded(Supplier<Answer> work) {
        return guarded(work, Answer::problem);
    }

    private static Answer guarded(Supplier<Answer> work, Function<Failure, Answer> refusal) {
        try {
            return work.get();
        } catch (Failure failure) {
            if (failure.code().blame() == Blame.PLATFORM) {
                LOG.log(Level.WARNING, "a request failed", failure);
            } else {
                LOG.log(Level.DEBUG, () -> "refused: " + failure.getMessage());
            }
            return refusal.apply(failure);
        } catch (Throwable defect) { // Whatever it is, the caller gets an answer and the log the reason.
            LOG.log(Level.ERROR, "a request failed unexpectedly", defect);
            return refusal.apply(HttpProblem.INTERNAL.because("the log has the reason under this request's id"));
        }
    }

    /**
     * Who sent a request. A bearer token counts before cookies, because a browser adds those by itself. Fails with {@link
     * HttpProblem#REQUEST_FORGED} where a cookie came with a request that another site may have made a browser send.
     */
    private Optional<Caller> caller(Request request) {
        if (!request.header("Authorization").isEmpty()) {
            return token(request).flatMap(token -> authenticator.authenticate(token, request.address()));
        }
        var caller = authenticator.authenticateCookies(request.header("Cookie"));
        if (caller.isPresent() && CrossSite.suspected(request)) {
            throw HttpProblem.REQUEST_FORGED.because(
                    "%s %s came without the header %s or not from a page of this server"
                            .formatted(request.method(), request.path(), CrossSite.CLIENT));
        }
        return caller;
    }

    private static Optional<String> token(Request request) {
        var authorization = request.header("Authorization");
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(authorization.substring(SCHEME.length()).strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static Answer tokenMissing(boolean given) {
        var detail = given ? "the token is unknown, expired or revoked" : "no bearer token was sent";
        return Answer.problem(HttpProblem.TOKEN_MISSING, detail)
                .with("WWW-Authenticate", given ? "Bearer error=\"invalid_token\"" : "Bearer");
    }

    private static Answer routeUnknown(Request request) {
        return Answer.problem(HttpProblem.ROUTE_UNKNOWN, "there is nothing at " + request.path());
    }

    private static Answer methodUnknown(Request request, List<String> known) {
        var allowed = String.join(", ", known) + (known.contains("GET") ? ", HEAD" : "");
        return Answer.problem(HttpProblem.METHOD_UNKNOWN, "%s takes %s".formatted(request.path(), allowed))
                .with("Allow", allowed);
    }
}
