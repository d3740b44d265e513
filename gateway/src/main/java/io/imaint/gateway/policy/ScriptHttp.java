package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;

/** {@code httpClient}: asks other systems. Time in which a script waits for an answer is not part of its own. */
final class ScriptHttp extends HostObject {
    private static final long serialVersionUID = 1;

    /** Calls of one run; a script that needs more should be a service. */
    private static final int CALLS_MAX = 20;

    private final transient GatewayParts parts;
    private final transient FlowContext flow;
    private final transient ScriptLimits limits;
    private final transient Stores stores;
    private final transient List<Exchange> exchanges = new ArrayList<>();

    /** The names of the certificate stores for HTTPS; empty for none. */
    record Stores(String trustStore, String keyStore) {}

    ScriptHttp(Scriptable scope, GatewayParts parts, FlowContext flow, ScriptLimits limits, Stores stores) {
        super(scope, "HttpClient");
        this.flow = flow;
        this.parts = parts;
        this.limits = limits;
        this.stores = stores;
        method("get", arguments -> send(arguments));
        method("send", arguments -> send(arguments));
    }

    @Override
    Object read(String name) {
        return NOT_FOUND;
    }

    private Exchange send(Object[] arguments) {
        if (exchanges.size() >= CALLS_MAX) {
            throw ScriptRuntime.rangeError("a script can send %d requests at most".formatted(CALLS_MAX));
        }
        var given = HostFunction.argument(arguments, 0) instanceof ScriptMessage message
                ? message
                : ScriptMessage.request(getParentScope(), new Object[] {HostFunction.argument(arguments, 0)});
        var url = TargetUrl.parse(given.url()).orElseThrow(() -> ScriptRuntime.typeError("Invalid URL " + given.url()));
        var request = given.message().copy();
        request.path(url.path());
        request.query(url.queryWith(request.query()));
        var callback = HostFunction.argument(arguments, 1) instanceof Function function ? function : null;
        var exchange = new Exchange(getParentScope(), callback);
        exchanges.add(exchange);
        parts.targets()
                .send(
                        new TargetCall(
                                        url.origin(),
                                        null,
                                        request,
                                        TargetCall.CONNECT_TIMEOUT,
                                        TargetCall.READ_TIMEOUT,
                                        false,
                                        stores.trustStore,
                                        stores.keyStore)
                                .within(flow.state()),
                        exchange.reply);
        return exchange;
    }

    /** Waits for the exchanges that have a callback, and calls it. */
    void finish(Context context, Scriptable scope) {
        // A callback may send more.
        for (int i = 0; i < exchanges.size(); i++) {
            exchanges.get(i).callBack(context, scope);
        }
    }

    /** A request on its way, and its answer. */
    private final class Exchange extends HostObject {
        private static final long serialVersionUID = 1;

        private final transient CompletableFuture<Message> answer = new CompletableFuture<>();
        private final transient @Nullable Function callback;

        private final transient Targets.Reply reply = new Targets.Reply() {
            @Override
            public void answered(Message response) {
                answer.complete(response);
            }

            @Override
            public void failed(TargetFailure failure) {
                answer.completeExceptionally(failure);
            }
        };

        Exchange(Scriptable scope, @Nullable Function callback) {
            super(scope, "Exchange");
            this.callback = callback;
            method("waitForComplete", this::await);
            method("isComplete", arguments -> answer.isDone());
            method("isSuccess", arguments -> response() != null);
            method("isError", arguments -> answer.isCompletedExceptionally());
            method("getResponse", arguments -> wrapped());
            method("getError", arguments -> error());
        }

        @Override
        Object read(String name) {
            return NOT_FOUND;
        }

        private @Nullable Message response() {
            return answer.isDone() && !answer.isCompletedExceptionally() ? answer.join() : null;
        }

        private @Nullable Object wrapped() {
            var response = response();
            return response == null ? null : new ScriptMessage(getParentScope(), response, null);
        }

        private @Nullable String error() {
            return answer.isCompletedExceptionally()
                    ? String.valueOf(answer.exceptionNow().getMessage())
                    : null;
        }

        private Object await(Object[] arguments) {
            double millis = HostFunction.isGiven(arguments, 0)
                    ? Context.toNumber(arguments[0])
                    : (double) TargetCall.READ_TIMEOUT.toMillis();
            var wanted = Duration.ofMillis((long) Math.clamp(millis, 0.0, (double) TargetCall.READ_TIMEOUT.toMillis()));
            long longest = flow.state().within(wanted).toNanos();
            long began = System.nanoTime();
            limits.mayWait(longest);
            try {
                answer.get(longest, TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                // The script asks by isSuccess.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } finally {
                limits.waited(System.nanoTime() - began - longest);
            }
            return org.mozilla.javascript.Undefined.instance;
        }

        void callBack(Context context, Scriptable scope) {
            if (callback != null) {
                await(new Object[0]);
                callback.call(context, scope, scope, new Object[] {wrapped(), error()});
            }
        }
    }
}
