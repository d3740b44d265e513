package io.imaint.gateway.wire;

import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where connections lead; those of one origin serve the same requests.
 *
 * @param address scheme, host and port as a call gives them
 */
record Origin(String address, String trustStore, String keyStore) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int PORT_MAX = 65_535;

    /**
     * An origin in parts.
     *
     * @param hostHeader value of the header {@code Host}
     */
    record Parts(boolean tls, String host, int port, String hostHeader) {}

    static Origin of(TargetCall call) {
        return new Origin(call.origin(), call.trustStore(), call.keyStore());
    }

    /** The parts of the address. */
    Parts parts() throws TargetFailure {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException broken) {
            throw unreachable("'%s' is no address".formatted(address));
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        var authority = uri.getRawAuthority();
        if (authority == null || (!scheme.equals("http") && !scheme.equals("https"))) {
            throw unreachable("'%s' is no address of HTTP".formatted(address));
        }
        boolean tls = scheme.equals("https");
        int usual = tls ? HTTPS : HTTP;
        var host = host(uri, authority);
        int port = port(uri, authority, usual);
        if (port < 1 || port > PORT_MAX) {
            throw unreachable("%d is no port".formatted(port));
        }
        return new Parts(tls, host, port, port == usual ? bracketed(host) : bracketed(host) + ":" + port);
    }

    /** Names with underscores, which virtual hosts have, are none to {@link URI}. */
    private static String host(URI uri, String authority) {
        @Nullable String known = uri.getHost();
        var host = known != null ? known : authority.replaceFirst("^.*@", "").replaceFirst(":\\d*$", "");
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(URI uri, String authority, int usual) throws TargetFailure {
        if (uri.getHost() != null) {
            return uri.getPort() < 0 ? usual : uri.getPort();
        }
        int colon = authority.lastIndexOf(':');
        var digits = colon < 0 ? "" : authority.substring(colon + 1);
        if (digits.isEmpty()) {
            return usual;
        }
        if (!digits.matches("\\d{1,5}")) {
            throw unreachable("'%s' is no port".formatted(digits));
        }
        return Integer.parseInt(digits);
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    static TargetFailure unreachable(String reason) {
        return new TargetFailure(TargetFailure.Kind.UNREACHABLE, reason);
    }
}
