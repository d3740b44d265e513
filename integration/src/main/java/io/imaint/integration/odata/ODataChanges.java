package io.imaint.integration.odata;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The changes that a session sends, and the CSRF token that SAP wants to see with each. */
final class ODataChanges {
    private static final HeaderName CSRF_TOKEN = HeaderNames.create("x-csrf-token");
    private static final Header FETCH = HeaderValues.create(CSRF_TOKEN, "Fetch");
    private static final HeaderName SAP_MESSAGE = HeaderNames.create("sap-message");
    private static final Header JSON = HeaderValues.create(HeaderNames.ACCEPT, "application/json");
    /** Takes the place of the token where the check is switched off, and is passed over elsewhere. */
    private static final Header REQUESTED_WITH =
            HeaderValues.create(HeaderNames.create("X-Requested-With"), "XMLHttpRequest");
    /** The header by which a POST stands for another method. */
    private static final HeaderName METHOD = HeaderNames.create("X-HTTP-Method");

    /**
     * What SAP wants to see with each change.
     *
     * @param token empty where whoever stands before SAP sees to it, as the gateway's policy does
     * @param cookies of the session in which SAP gave the token; with those of another it is worth nothing
     */
    private record CsrfToken(String token, String cookies) {}

    private final ODataSession session;
    private final Duration readTimeout;
    private final InstantSource clock;
    private final ReentrantLock fetchingToken = new ReentrantLock();
    private volatile @Nullable CsrfToken csrfToken;

    ODataChanges(ODataSession session, Duration readTimeout, InstantSource clock) {
        this.session = session;
        this.readTimeout = readTimeout;
        this.clock = clock;
    }

    /**
     * Sends a change, with a CSRF token. A token that SAP does not take, as after the end of its session, is fetched anew
     * once; SAP has done nothing then.
     *
     * @throws Failure when it surely has not reached SAP
     */
    ODataAnswer change(String servicePath, Target target, ODataChange change) {
        var address = session.address(servicePath, target);
        var used = token(servicePath, null);
        for (boolean renewed = false; ; renewed = true) {
            session.requireUser();
            Transfer answer;
            try {
                answer = sent(address, change, used);
            } catch (Transfer.ConnectionLost lost) {
                return new ODataAnswer.Unanswered(ODataProblem.SAP_CONNECTION_LOST.because(
                        "POST %s: %s".formatted(SapErrorMessage.shown(target), lost.getMessage()), lost));
            } catch (Failure silent) {
                if (silent.code() == ODataProblem.SAP_TIMEOUT
                        || Thread.currentThread().isInterrupted()) {
                    return new ODataAnswer.Unanswered(silent);
                }
                throw silent;
            }
            try (answer) {
                if (answer.status() == 403 && answer.header(CSRF_TOKEN).equalsIgnoreCase("Required")) {
                    if (renewed) {
                        return new ODataAnswer.Refused(
                                ODataProblem.SAP_TOKEN_REFUSED.because("POST " + SapErrorMessage.shown(target)),
                                403,
                                "",
                                "");
                    }
                    used = token(servicePath, used);
                } else {
                    return answered(answer, target, change);
                }
            }
        }
    }

    private ODataAnswer answered(Transfer answer, Target target, ODataChange change) {
        if (answer.status() < 200 || answer.status() > 299) {
            var refused = SapErrorMessage.ofChange(answer, target);
            if (ODataProblem.refusesUser(refused.failure())) {
                if (refused.failure().code() == ODataProblem.SAP_UNAUTHENTICATED) {
                    session.refuseUser(refused.failure());
                }
                throw refused.failure();
            }
            return refused;
        }
        try {
            var body = new Transfer.Decoded(
                            answer,
                            answer.header(HeaderNames.CONTENT_ENCODING),
                            session.limits().pageBytesMax())
                    .readAllBytes();
            return target.path().equals(ChangeSet.TARGET)
                    ? answered(ChangeSet.answers(body), target, change)
                    : new ODataAnswer.Done(
                            EntityBody.read(body, change.type(), answer.header(HeaderNames.ETAG))
                                    .orElse(null),
                            SapWords.of(answer.header(SAP_MESSAGE)));
        } catch (IOException | Failure broken) {
            return new ODataAnswer.Unanswered(ODataProblem.SAP_CONNECTION_LOST.because(
                    "the response to POST %s is truncated or damaged: %s"
                            .formatted(SapErrorMessage.shown(target), broken.getMessage()),
                    broken));
        }
    }

    /** The answer to a change set: that to its first change, or the one refusal of all. */
    private static ODataAnswer answered(List<ChangeSet.Part> answers, Target target, ODataChange change) {
        for (var part : answers) {
            if (part.status() < 200 || part.status() > 299) {
                return SapErrorMessage.ofChange(part.status(), part.body(), target);
            }
        }
        var first = answers.getFirst();
        return new ODataAnswer.Done(
                EntityBody.read(first.body(), change.type(), first.header("etag"))
                        .orElse(null),
                SapWords.of(first.header("sap-message")));
    }

    /** Asks for the root of a service, and by the way for a token. */
    void ping(String servicePath) {
        token(servicePath, csrfToken);
    }

    /**
     * The token for a change.
     *
     * @param refused the one that SAP did not take, which is not used again; null for none
     */
    private CsrfToken token(String servicePath, @Nullable CsrfToken refused) {
        var present = csrfToken;
        if (present != null && !present.equals(refused)) {
            return present;
        }
        fetchingToken.lock();
        try {
            present = csrfToken;
            if (present == null || present.equals(refused)) {
                present = fetchedToken(servicePath);
                csrfToken = present;
            }
            return present;
        } finally {
            fetchingToken.unlock();
        }
    }

    /** Opens a session of its own: so the cookies of a token are those of its session, whatever other requests receive. */
    private CsrfToken fetchedToken(String servicePath) {
        session.requireUser();
        var target = new Target("", "");
        var own = new Cookies(clock);
        var manner = new ODataSession.Manner(JSON, "", readTimeout);
        try (var answer = session.answered(session.address(servicePath, target), manner, List.of(FETCH), own)) {
            if (answer.status() != 200) {
                throw session.refusal(answer, target);
            }
            own.keep(answer.headers().all(HeaderNames.SET_COOKIE, List::of));
            var token = answer.header(CSRF_TOKEN);
            return new CsrfToken(token.equalsIgnoreCase("Required") ? "" : token, own.header());
        }
    }

    private Transfer sent(String address, ODataChange change, CsrfToken token) throws Transfer.ConnectionLost {
        var headers = new ArrayList<>(List.of(JSON, REQUESTED_WITH));
        headers.add(HeaderValues.create(HeaderNames.CONTENT_TYPE, change.contentType()));
        change.headers().forEach((name, value) -> headers.add(HeaderValues.create(HeaderNames.create(name), value)));
        if (change.method() != ODataChange.Method.POST) {
            headers.add(HeaderValues.create(METHOD, change.method().name()));
        }
        if (!token.token().isEmpty()) {
            headers.add(HeaderValues.create(CSRF_TOKEN, token.token()));
        }
        if (!token.cookies().isEmpty()) {
            headers.add(HeaderValues.create(HeaderNames.COOKIE, token.cookies()));
        }
        return session.posted(address, headers, change.body());
    }
}
