package io.imaint.kernel.http;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides each request's answer: who asks, which route, whether they may, what they ask, and only then the handler.
 *
 * <p>It works on the thread that calls it. A handler that was given up holds its place among the requests at once until
 * it ends, so abandoned work counts against the same limit as live work.
 */
final class Dispatcher {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final String SCHEME = "Bearer ";

    private final Routes routes;
    private final Map<String, BuiltInPage> pages;
    private final Authenticator authenticator;
    private final int bodySizeMax;
    private final Semaphore places;

    Dispatcher(Routes routes, Map<String, BuiltInPage> pages, Authenticator authenticator, ApiSettings.Limits limits) {
        this.routes = routes;
        this.pages = pages;
        this.authenticator = authenticator;
        this.bodySizeMax = limits.bodySizeMax();
        this.places = new Semaphore(limits.requestsMax());
    }

    /** True when what is at a path is answered from memory. */
    boolean answersAtOnce(String path) {
        var page = pages.get(path);
        return page != null && page.ready();
    }

    Answer answer(Request request) {
        var page = pages.get(request.path());
        if (page != null) { // Probes must get through while the server is full.
            return guarded(() -> pageAnswer(page, request).from(page.path()));
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

    private Answer pageAnswer(BuiltInPage page, Request request) {
        if (!request.effectiveMethod().equals("GET")) {
            return methodUnknown(request, List.of("GET"));
        }
        var permission = page.permission();
        if (permission == null) {
            return page.content().get();
        }
        var token = token(request.header("Authorization"));
        var caller = token.flatMap(authenticator::authenticate);
        if (caller.isEmpty()) {
            return tokenMissing(token.isPresent());
        }
        return caller.get().may(permission)
                ? page.content().get()
                : Answer.problem(
                        HttpProblem.PERMISSION_MISSING,
                        "%s needs the permission %s".formatted(page.path(), permission));
    }

    private Answer routeAnswer(Request request) {
        var parts = request.parts();
        var found = routes.find(parts);
        var route = found.map(methods -> methods.get(request.effectiveMethod()));
        var open = route.filter(known -> known.access() instanceof Route.Access.Anonymous);
        if (open.isPresent()) {
            return handled(open.get(), request, parts);
        }
        if (!request.ofApi() && found.isEmpty()) {
            return routeUnknown(request);
        }
        var token = token(request.header("Authorization"));
        var caller = token.flatMap(authenticator::authenticate);
        if (caller.isEmpty()) {
            return tokenMissing(token.isPresent());
        }
        return ScopedValue.where(Caller.scoped(), caller.get()).call(() -> answerTo(caller.get(), request, found));
    }

    private Answer answerTo(Caller caller, Request request, Optional<SequencedMap<String, Route>> found) {
        if (found.isEmpty()) {
            return routeUnknown(request);
        }
        var route = found.get().get(request.effectiveMethod());
        if (route == null) {
            return methodUnknown(request, List.copyOf(found.get().keySet()));
        }
        return switch (route.access()) {
            case Route.Access.Anonymous ignored -> throw new AssertionError(route + " was answered before");
            case Route.Access.Permits permits ->
                caller.may(permits.permission())
                        ? handled(route, request, request.parts())
                        : Answer.problem(
                                        HttpProblem.PERMISSION_MISSING,
                                        "%s needs the permission %s".formatted(route, permits.permission()))
                                .from(route.path().text());
        };
    }

    private Answer handled(Route route, Request request, List<String> parts) {
        return checkedAndHandled(route, request, parts).from(route.path().text());
    }

    private Answer checkedAndHandled(Route route, Request request, List<String> parts) {
        var form = route.work() instanceof Route.Work.Streams ? Opening.MEDIA_TYPE : "application/json";
        if (!Accepts.mediaType(request.header("Accept"), form)) {
            return Answer.problem(HttpProblem.FORM_UNAVAILABLE, route + " answers " + form);
        }
        var findings = new ArrayList<Finding>();
        var parameters = parameters(route, request, parts, findings);
        if (!findings.isEmpty()) {
            return Answer.problem(HttpProblem.PARAMETERS_INVALID.because(findings));
        }
        var body = body(route, request, findings);
        if (!findings.isEmpty()) {
            return Answer.problem(HttpProblem.BODY_INVALID.because(findings));
        }
        return switch (route.work()) {
            case Route.Work.Answers answers -> {
                var answer = answers.handle(parameters, body);
                yield answer == NoContent.NO_CONTENT
                        ? Answer.of(answers.status(), form, new byte[0])
                        : Answer.json(answers.status(), answer);
            }
            case Route.Work.Streams streams ->
                Answer.streaming(new Opening(streams, parameters, Caller.current(), request.header("Last-Event-ID")));
        };
    }

    private static @Nullable Object parameters(
            Route route, Request request, List<String> parts, List<Finding> findings) {
        var parameters = route.parameters();
        if (parameters == null) {
            findings.addAll(Parameters.findingsWithoutParameters(request.query()));
            return null;
        }
        return taken(parameters.read(route.path().values(parts), request.query()), findings);
    }

    /** The body as its route wants it; what a route does not want is refused unread. */
    private @Nullable Object body(Route route, Request request, List<Finding> findings) {
        var sent = request.body();
        var body = route.body();
        if (body == null) {
            if (sent != null) {
                throw HttpProblem.BODY_UNSUPPORTED.because(route + " takes no body");
            }
            return null;
        }
        if (sent != null && !Accepts.isMediaType(request.header("Content-Type"), Body.MEDIA_TYPE)) {
            throw HttpProblem.BODY_UNSUPPORTED.because(
                    "%s takes %s; say so in the header Content-Type".formatted(route, Body.MEDIA_TYPE));
        }
        return taken(body.read(sent == null ? new byte[0] : sent.bytes(bodySizeMax)), findings);
    }

    private static @Nullable Object taken(Reading<?> reading, List<Finding> findings) {
        return switch (reading) {
            case Reading.Read<?> read -> read.value();
            case Reading.Refused<?> refused -> {
                findings.addAll(refused.findings());
                yield null;
            }
        };
    }

    private static Answer guarded(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (Failure failure) {
            if (failure.code().blame() == Blame.PLATFORM) {
                LOG.log(Level.WARNING, "a request failed", failure);
            } else {
                LOG.log(Level.DEBUG, () -> "refused: " + failure.getMessage());
            }
            return Answer.problem(failure);
        } catch (Throwable defect) { // Whatever it is, the caller gets an answer and the log the reason.
            LOG.log(Level.ERROR, "a request failed unexpectedly", defect);
            return Answer.problem(HttpProblem.INTERNAL, "the log has the reason under this request's id");
        }
    }

    private static Optional<String> token(String authorization) {
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
