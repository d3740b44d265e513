package io.imaint.gateway;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the gateway as a service. */
enum GatewayProblem implements ProblemCode {
    GATEWAY_PORT_TAKEN(
            503,
            Blame.PLATFORM,
            "The gateway can't listen",
            "Stop the program that uses the port, or set gateway-port to another one (0 for any free one)."),
    GATEWAY_CERTIFICATE_UNUSABLE(
            500,
            Blame.PLATFORM,
            "The gateway's certificate or key can't be used",
            "Give PEM files: the chain with the gateway's own certificate first, and its key as PKCS #8.");

    private final Kind kind;

    GatewayProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
