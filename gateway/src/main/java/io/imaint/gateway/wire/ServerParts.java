package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** What the connections of a server need. */
record ServerParts(WireLoops loops, WireLimits limits, ExchangeHandler handler, Connections connections) {
    private static final System.Logger LOG = System.getLogger(ServerParts.class.getName());

    /** The answer to a request whose head is enough to refuse it. */
    Optional<Message> refusal(Message head, Client client) {
        try {
            return handler.refusal(head, client);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a request's head could not be looked at", defect);
            return Optional.of(Refusal.FAILED.answer());
        }
    }

    /** Has a request answered: by the handler, unless it is refused. */
    void handle(ServerExchange exchange, Optional<Message> refusal) {
        if (refusal.isPresent()) {
            exchange.respond(refusal.get(), () -> {});
            return;
        }
        try {
            handler.handle(exchange);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a request could not be handled", defect);
            exchange.respond(Refusal.FAILED.answer(), () -> {});
        }
    }
}
