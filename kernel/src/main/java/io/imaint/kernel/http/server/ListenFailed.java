package io.imaint.kernel.http.server;

import java.io.IOException;

/** An address and port cannot be listened on. */
public final class ListenFailed extends IOException {
    private static final long serialVersionUID = 1;

    private final int port;
    private final boolean taken;

    ListenFailed(HttpServer.Listener listener, String reason, boolean taken, Throwable cause) {
        super("%s, port %d: %s".formatted(listener.host(), listener.port(), reason), cause);
        this.port = listener.port();
        this.taken = taken;
    }

    public int port() {
        return port;
    }

    /** True when another program holds the port. */
    public boolean taken() {
        return taken;
    }
}
