package io.imaint.gateway.edge;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.kernel.http.ClientAddresses;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Decides on the head of each request, before its body is read and any proxy sees it: finds the client's address behind trusted proxies and asks
 * the web ACL.
 */
public final class Perimeter implements ExchangeHandler {
    private static final System.Logger LOG = System.getLogger(Perimeter.class.getName());

    /** Refusals that are written to the log in one second; under attack the rest is only counted. */
    private static final int LOGGED_PER_SECOND = 50;

    private static final String DEFAULT = "default action";

    private final Supplier<WebAcl> acl;
    private final ClientAddresses addresses;
    private final ExchangeHandler proxies;
    private final boolean logsAllowed;
    private final Map<Decider, LongAdder> decided = new ConcurrentHashMap<>();
    private final LogBudget budget = new LogBudget();

    Perimeter(Supplier<WebAcl> acl, ClientAddresses addresses, ExchangeHandler proxies, boolean logsAllowed) {
        this.acl = acl;
        this.addresses = addresses;
        this.proxies = proxies;
        this.logsAllowed = logsAllowed;
    }

    /** How many lines may still be written in this second. */
    private static final class LogBudget {
        private long second;
        private int written;
        private long dropped;

        /** The number of lines that were left out before this one; -1 when this one is left out as well. */
        synchronized long take(long now) {
            if (now / 1000 != second) {
                second = now / 1000;
                written = 0;
            }
            if (written >= LOGGED_PER_SECOND) {
                dropped++;
                return -1;
            }
            written++;
            long before = dropped;
            dropped = 0;
            return before;
        }
    }

    /** What a rule did with a request. */
    public enum Effect {
        ALLOWED,
        BLOCKED,
        /** It only counted it; a later rule decided. */
        COUNTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How often a rule did something. */
    public record Figure(String rule, Effect effect, long requests) {}

    private record Decider(String rule, Effect effect) {}

    /** What the rules decided since the start, by rule. */
    public List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        decided.forEach((by, count) -> figures.add(new Figure(by.rule, by.effect, count.sum())));
        figures.sort(Comparator.comparingLong(Figure::requests).reversed());
        return figures;
    }

    @Override
    public boolean streams(Message head) {
        return proxies.streams(head);
    }

    @Override
    public Optional<Message> refusal(Message head, Client peer) {
        var client = resolved(head, peer);
        var decision = acl.get().decide(new Statement.Asked(client, head));
        count(decision);
        log(decision, client, head);
        return decision.allowed() ? proxies.refusal(head, client) : Optional.of(refusal(decision.status()));
    }

    @Override
    public void handle(Exchange exchange) {
        var client = resolved(exchange.request(), exchange.client());
        proxies.handle(client.proxied() ? new Resolved(exchange, client) : exchange);
    }

    /** The client where trusted proxies say it is. */
    private Client resolved(Message head, Client client) {
        if (addresses.trustsNobody()) {
            return client;
        }
        var peer = client.peer().getHostAddress();
        if (!addresses.trusted(peer)) {
            return client;
        }
        var headers = head.headers();
        var found = addresses.of(peer, name -> String.join(",", headers.lines().getAll(name)));
        return new Client(
                InetAddress.ofLiteral(found),
                client.peer(),
                true,
                client.port(),
                client.scheme(),
                client.host(),
                client.localPort(),
                client.tls());
    }

    private void count(WebAcl.Decision decision) {
        count(decision.rule().orElse(DEFAULT), decision.allowed() ? Effect.ALLOWED : Effect.BLOCKED);
        decision.counted().forEach(rule -> count(rule, Effect.COUNTED));
    }

    private void count(String rule, Effect effect) {
        decided.computeIfAbsent(new Decider(rule, effect), fresh -> new LongAdder())
                .increment();
    }

    private void log(WebAcl.Decision decision, Client client, Message request) {
        if (decision.allowed() && !logsAllowed) {
            return;
        }
        long before = budget.take(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
        if (before >= 0) {
            LOG.log(
                    Level.INFO,
                    "perimeter %s %s %s from %s by %s%s"
                            .formatted(
                                    decision.allowed() ? "allowed" : "blocked",
                                    request.verb(),
                                    request.path(),
                                    client.address().getHostAddress(),
                                    decision.rule().orElse(DEFAULT),
                                    before == 0 ? "" : " (%d decisions before were not written)".formatted(before)));
        }
    }

    private static Message refusal(int status) {
        var message = Message.response(status, io.imaint.gateway.flow.Statuses.reason(status));
        message.headers().set("Content-Type", "text/plain");
        message.body(Body.of("This address may not call this service.\n"));
        return message;
    }

    /** An exchange whose client is where trusted proxies say. */
    private record Resolved(Exchange exchange, Client client) implements Exchange {
        @Override
        public Message request() {
            return exchange.request();
        }

        @Override
        public boolean inMemory() {
            return exchange.inMemory();
        }

        @Override
        public boolean isAbandoned() {
            return exchange.isAbandoned();
        }

        @Override
        public void respond(Message response, Runnable sent) {
            exchange.respond(response, sent);
        }
    }
}
