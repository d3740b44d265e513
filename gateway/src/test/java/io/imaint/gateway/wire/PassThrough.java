package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/** Passes each request on to one target, and its answer back: the least that a gateway does. */
@NullMarked
record PassThrough(Targets targets, String origin, boolean streamed, Duration readTimeout) implements ExchangeHandler {
    PassThrough(Targets targets, String origin, boolean streamed) {
        this(targets, origin, streamed, TargetCall.READ_TIMEOUT);
    }

    @Override
    public boolean streams(Message head) {
        return streamed;
    }

    @Override
    public void handle(Exchange exchange) {
        var call = new TargetCall(
                        origin, null, exchange.request(), TargetCall.CONNECT_TIMEOUT, readTimeout, streamed, "", "")
                .until(exchange::isAbandoned);
        targets.send(call, new Targets.Reply() {
            @Override
            public void answered(Message response) {
                exchange.respond(response, () -> {});
            }

            @Override
            public void failed(TargetFailure failure) {
                var answer = Message.response(
                        failure.kind() == TargetFailure.Kind.TIMEOUT ? 504 : 503,
                        failure.kind().name());
                answer.body(Body.of(String.valueOf(failure.getMessage())));
                exchange.respond(answer, () -> {});
            }
        });
    }
}
