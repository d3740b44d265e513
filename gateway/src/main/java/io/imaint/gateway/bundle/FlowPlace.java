package io.imaint.gateway.bundle;

/**
 * A list of steps of a proxy.
 *
 * @param endpoint the name, such as {@code default}
 * @param flow {@code PreFlow}, {@code PostFlow}, {@code PostClientFlow} or the name of a conditional flow
 * @param request whether before the target, else after it
 */
public record FlowPlace(Side side, String endpoint, String flow, boolean request) {
    /** Which kind of endpoint. */
    public enum Side {
        PROXY,
        TARGET
    }

    /** Before everything else that a proxy does. */
    public static FlowPlace preFlow(String proxyEndpoint) {
        return new FlowPlace(Side.PROXY, proxyEndpoint, "PreFlow", true);
    }

    @Override
    public String toString() {
        return "%s %s, %s, %s"
                .formatted(
                        side == Side.PROXY ? "proxy endpoint" : "target endpoint",
                        endpoint,
                        flow,
                        request ? "request" : "response");
    }
}
