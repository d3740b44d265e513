package io.imaint.kernel.http;

import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Telemetry;
import java.net.URI;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** The HTTP server of the API. */
public final class ApiServer implements AutoCloseable {
    private final URI address = URI.create("http://127.0.0.1");

    private ApiServer() {}

    public static ApiServer start(
            ApiSettings settings,
            List<Routed> services,
            Authenticator authenticator,
            Supplier<? extends SequencedMap<String, Readiness>> readiness,
            Telemetry telemetry) {
        if (settings.port() == 0) {
            return new ApiServer();
        }
        throw new UnsupportedOperationException("not yet");
    }

    /** Where the server listens, with the port it really has. */
    public URI address() {
        return address;
    }

    @Override
    public void close() {}
}
