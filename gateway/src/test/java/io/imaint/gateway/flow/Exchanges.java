package io.imaint.gateway.flow;

import io.imaint.gateway.model.Step;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Requests of clients to an engine, without a server. */
final class Exchanges {
    private Exchanges() {}

    /** Steps without conditions. */
    static List<Step> steps(String... policies) {
        return Arrays.stream(policies).map(name -> new Step(name, "", 1)).toList();
    }

    /** The answer, which is sent at once. */
    static Message call(Engine engine, Message request) throws Exception {
        var answer = new CompletableFuture<Message>();
        var address = InetAddress.getLoopbackAddress();
        engine.handle(new Exchange() {
            @Override
            public Message request() {
                return request;
            }

            @Override
            public Client client() {
                return new Client(address, address, 1, "http", "localhost", 8090, Optional.empty());
            }

            @Override
            public void respond(Message response, Runnable sent) {
                sent.run();
                answer.complete(response);
            }
        });
        return answer.get(30, TimeUnit.SECONDS);
    }
}
