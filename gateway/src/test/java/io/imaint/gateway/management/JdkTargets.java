package io.imaint.gateway.management;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;

/** Targets over the HTTP client of the JDK. */
final class JdkTargets implements Targets {
    @Override
    public void send(TargetCall call, Reply reply) {
        throw new AssertionError("management waits for its answers");
    }

    @Override
    public Message exchange(TargetCall call) throws TargetFailure, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(call.origin() + call.request().uri()))
                .timeout(call.readTimeout())
                .method(call.request().verb(), BodyPublishers.noBody());
        call.request().headers().entries().forEach(line -> request.header(line.getKey(), line.getValue()));
        try (var client =
                HttpClient.newBuilder().connectTimeout(call.connectTimeout()).build()) {
            var answer = client.send(request.build(), BodyHandlers.ofByteArray());
            var message = Message.response(answer.statusCode(), "");
            answer.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> {
                        if (!name.startsWith(":")) {
                            message.headers().add(name, value);
                        }
                    }));
            message.body(new Body.Bytes(answer.body()));
            return message;
        } catch (HttpTimeoutException late) {
            throw new TargetFailure(TargetFailure.Kind.TIMEOUT, "no answer");
        } catch (IOException refused) {
            throw new TargetFailure(TargetFailure.Kind.UNREACHABLE, "refused");
        }
    }
}
