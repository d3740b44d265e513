package io.imaint.checks;

import io.imaint.integration.outbound.OutboundConsumer;
import io.imaint.integration.source.SapSession;

/** A consumer, which dies at some call of the store or lives until it is stopped. */
record MortalConsumer(OutboundConsumer running, SapSession session) implements AutoCloseable {
    @Override
    public void close() {
        running.close();
        session.close();
    }
}
