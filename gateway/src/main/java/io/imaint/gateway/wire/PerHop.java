package io.imaint.gateway.wire;

/** Headers that are meant for one connection only. */
final class PerHop {
    private PerHop() {}

    /** Whether a header that has come must not be passed on. */
    static boolean dropped(String name) {
        return switch (name.length()) {
            case 2 -> name.equalsIgnoreCase("TE");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 7 -> name.equalsIgnoreCase("Upgrade") || name.equalsIgnoreCase("Trailer");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            case 18 -> name.equalsIgnoreCase("Proxy-Authenticate");
            // A client's own; a policy may still set one for a proxy behind the gateway.
            case 19 -> name.equalsIgnoreCase("Proxy-Authorization");
            default -> false;
        };
    }

    /** Whether the wire makes the header of a message that it sends, whatever the message has. */
    static boolean made(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 14 -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("HTTP2-Settings");
            case 18, 19 -> false;
            default -> dropped(name);
        };
    }
}
