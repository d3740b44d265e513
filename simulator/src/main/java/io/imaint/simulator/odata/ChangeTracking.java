package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.odata.EntityWriter.Wire;
import io.imaint.simulator.odata.Resource.Tracking;
import io.imaint.simulator.odata.SkipToken.OfChanges;
import io.imaint.simulator.state.IssuedToken;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.Subscriptions;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ChangeTracking the changes of sets for callers: issues delta tokens and answers what changed after one.
 *
 * <pre>
 *   initial load   T1 taken ─ page ─ page ─ last page ends in T1
 *   changes        !deltatoken=T1, T2 taken ─ page: (T1, T2] ─ last page ends in T2
 * </pre>
 */
final class ChangeTracking {
    private final PlantState state;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Duration life;

    /** By so many parts of its life a token must have aged before a read without changes renews it. */
    private static final int RENEWALS_OF_LIFE = 24;

    ChangeTracking(PlantState state, InstantSource clock, Duration life) {
        this.state = state;
        this.clock = clock;
        this.subscriptions = state.subscriptions();
        this.life = life;
    }

    /** A token that covers all changes so far. */
    DeltaToken now() {
        return new DeltaToken(clock.instant(), state.sequence());
    }

    void issue(EntitySet set, String user, String filter, DeltaToken token, boolean initial) {
        subscriptions.add(new IssuedToken(set, user, token.text(), filter, token.at(), initial, true));
    }

    private void issueUnlessKnown(EntitySet set, String user, String filter, DeltaToken token) {
        var text = token.text();
        boolean known = subscriptions.issued(set, user).stream()
                .anyMatch(one ->
                        one.open() && one.token().equals(text) && one.filter().equals(filter));
        if (!known) {
            issue(set, user, filter, token, false);
        }
    }

    /** What, beside the set, a token is good for: the filter. */
    static String scope(Query query) {
        var filter = query.option("$filter");
        return filter == null ? "" : filter;
    }

    /** Whether a query asks for a further page of changes. */
    boolean continues(Query query) {
        var token = query.option(Query.SKIP_TOKEN);
        return token != null && SkipToken.isOfChanges(token);
    }

    /** Refuses a token that can no longer be honoured. */
    void verifyCurrent(DeltaToken token) {
        boolean reset = token.sequence() < state.origin();
        boolean expired = !token.at().plus(life).isAfter(clock.instant());
        if (reset || expired || token.sequence() > state.sequence()) {
            throw ODataFault.deltaTokenExpired();
        }
    }

    Answer answer(Tracking tracking, ODataRequest request) {
        Reads.verifyAccept(request);
        var set = tracking.set();
        var user = request.actor().user();
        return switch (tracking) {
            case Resource.DeltaLinks links ->
                Answer.json(open(set, user).stream()
                        .map(issued -> link(issued, request))
                        .collect(Collectors.joining(",", "{\"d\":{\"results\":[", "]}}")));
            case Resource.DeltaLink link ->
                Answer.json(open(set, user).stream()
                        .filter(issued -> issued.token().equals(link.token()))
                        .map(issued -> "{\"d\":" + link(issued, request) + "}")
                        .findFirst()
                        .orElseThrow(() -> ODataFault.noEntity(ResourcePath.DELTA_LINKS + set.name())));
            case Resource.ChangesAfter after -> changesAfter(after, request);
            case Resource.Subscribed subscribed ->
                function(
                        set,
                        ResourcePath.SUBSCRIBED,
                        "ChangeTrackingDetails",
                        "\"SubscribedFlag\":" + !open(set, user).isEmpty());
            case Resource.Termination termination -> {
                subscriptions.close(set, user);
                yield function(set, ResourcePath.TERMINATE, "SubscriptionTerminationDetails", "\"ResultFlag\":true");
            }
        };
    }

    private List<IssuedToken> open(EntitySet set, String user) {
        return subscriptions.issued(set, user).stream()
                .filter(IssuedToken::open)
                .toList();
    }

    private static String link(IssuedToken issued, ODataRequest request) {
        var name = ResourcePath.DELTA_LINKS + issued.set().name();
        var address = Reads.service(request) + "/" + name + "('" + issued.token() + "')";
        var slash = request.quirks().escapedSlashes() ? "\\/" : "/";
        return """
                {"__metadata":{"id":"%1$s","uri":"%1$s","type":"%2$s.%3$s"},"DeltaToken":"%4$s",\
                "CreatedAt":"%5$sDate(%6$d)%5$s","IsInitialLoad":%7$b,\
                "%8$s":{"__deferred":{"uri":"%1$s/%8$s"}}}""".formatted(
                        address,
                        issued.set().namespace(),
                        name,
                        issued.token(),
                        slash,
                        issued.at().toEpochMilli(),
                        issued.initial(),
                        ResourcePath.CHANGES_AFTER);
    }

    private static Answer function(EntitySet set, String before, String type, String member) {
        return Answer.json("{\"d\":{\"%s\":{\"__metadata\":{\"type\":\"%s.%s\"},%s}}}"
                .formatted(before + set.name(), set.namespace(), type, member));
    }

    /**
     * The token in which a read of changes ends: the caller's own while nothing has changed since and it is young, so that
     * asking again and again leaves nothing behind.
     */
    private DeltaToken endOf(DeltaToken known) {
        var now = now();
        boolean young = known.at().plus(life.dividedBy(RENEWALS_OF_LIFE)).isAfter(now.at());
        return young && known.sequence() == now.sequence() ? known : now;
    }

    /** The filter is that of the token; pages that follow have the usual address. */
    private Answer changesAfter(Resource.ChangesAfter after, ODataRequest request) {
        var query = Query.parse(request.query());
        query.verifyOnly(List.of("$select", "$expand", "$format"), "the changes after a token");
        var filter = subscriptions.issued(after.set(), request.actor().user()).stream()
                .filter(issued -> issued.token().equals(after.token()))
                .reduce((earlier, later) -> later)
                .map(IssuedToken::filter)
                .orElse("");
        var whole = filter.isEmpty()
                ? query
                : Query.parse(query.with(Set.of(), "$filter=" + URLEncoder.encode(filter, UTF_8)));
        return page(after.set(), whole, Optional.of(after.token()), request);
    }

    Answer changes(EntitySet set, ODataRequest request) {
        var query = Query.parse(request.query());
        query.verifyOnly(QueryOptions.FOR_CHANGES, "changes");
        return page(
                set,
                query,
                Optional.ofNullable(query.option(Query.DELTA_TOKEN)).map(ChangeTracking::unquoted),
                request);
    }

    private static String unquoted(String token) {
        boolean quoted = token.length() > 1 && token.startsWith("'") && token.endsWith("'");
        return quoted ? token.substring(1, token.length() - 1) : token;
    }

    private Answer page(EntitySet set, Query query, Optional<String> token, ODataRequest request) {
        var user = request.actor().user();
        var filter = QueryOptions.filter(query, set);
        var projection = QueryOptions.projection(query, set);
        DeltaToken upTo;
        long after;
        var skipToken = query.option(Query.SKIP_TOKEN);
        if (skipToken != null) {
            var order = new RowOrder(set, List.of());
            if (!(SkipToken.decoded(skipToken, set, order) instanceof OfChanges page)) {
                throw ODataFault.uriSyntax("A delta token and the skip token of another read exclude each other");
            }
            verifyCurrent(page.upTo());
            upTo = page.upTo();
            after = page.after();
        } else {
            var known = known(set, token.orElse(""), query, request);
            upTo = endOf(known);
            after = known.sequence();
        }
        var wire = new Wire(Reads.service(request), request.quirks(), Source.of(state));
        var links = new PageLinks(Reads.service(request), "/" + set.name(), query, request.quirks());
        var end = new PageEnd(links, Optional.of(upTo), issued -> issueUnlessKnown(set, user, scope(query), issued));
        var body = new ChangesBody(
                state.changes(set, after, upTo.sequence()),
                filter,
                request.pageSize().orElse(Reads.PAGE_SIZE),
                EntityWriter.ofChanges(projection, wire),
                EntityWriter.ofDeletions(set, wire),
                end);
        return new Answer(200, Answer.JSON, Reads.preferencesApplied(request, true), body);
    }

    /**
     * A token that its caller may use.
     *
     * @throws ODataFault if it is not good, or no longer
     */
    private DeltaToken known(EntitySet set, String text, Query query, ODataRequest request) {
        if (request.quirks().deltaExpired()) {
            throw ODataFault.deltaTokenExpired();
        }
        var token = DeltaToken.parse(text)
                .orElseThrow(() -> ODataFault.deltaToken("Delta token '%s' cannot be read".formatted(text)));
        verifyCurrent(token);
        var issued = subscriptions.issued(set, request.actor().user()).stream()
                .filter(one -> one.token().equals(text))
                .toList();
        if (issued.isEmpty()) {
            throw ODataFault.deltaToken("Delta token '%s' was not issued for %s".formatted(text, set.name()));
        }
        if (issued.stream().noneMatch(one -> one.filter().equals(scope(query)))) {
            throw ODataFault.deltaToken("Delta token '%s' was issued for another filter".formatted(text));
        }
        if (issued.stream().noneMatch(one -> one.open() && one.filter().equals(scope(query)))) {
            throw ODataFault.deltaTokenExpired();
        }
        return token;
    }
}
