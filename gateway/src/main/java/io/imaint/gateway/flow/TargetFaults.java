package io.imaint.gateway.flow;

/** What clients learn when a target fails. */
final class TargetFaults {
    private TargetFaults() {}

    static Fault late() {
        return new Fault(504, "messaging.adaptors.http.flow.GatewayTimeout", "Gateway Timeout");
    }

    static Fault of(TargetFailure failure) {
        return switch (failure.kind()) {
            case UNREACHABLE ->
                new Fault(
                        503,
                        "messaging.adaptors.http.flow.ServiceUnavailable",
                        "The Service is temporarily unavailable");
            case NO_CONNECTOR ->
                new Fault(
                        503,
                        "messaging.adaptors.http.flow.ServiceUnavailable",
                        "The target is on premise, and no connector reaches it");
            case TIMEOUT -> late();
            case WRITE_TIMEOUT -> new Fault(408, "messaging.adaptors.http.flow.RequestTimeOut", "Request timed out");
            case BROKEN ->
                new Fault(502, "messaging.adaptors.http.flow.UnexpectedEOFAtTarget", "Unexpected EOF at target");
            case TOO_LARGE -> new Fault(502, "protocol.http.TooBigBody", "Body buffer overflow");
            case ABANDONED ->
                // Clients never see it; figures and traces do, with the status that nginx uses.
                new Fault(499, "messaging.runtime.ClientClosedRequest", "The client closed the connection");
            case INVALID -> new Fault(502, "messaging.adaptors.http.flow.BadGateway", "Bad Gateway");
        };
    }
}
