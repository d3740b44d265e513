package io.imaint.gateway.flow;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The usual words of statuses. */
public final class Statuses {
    private Statuses() {}

    public static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
