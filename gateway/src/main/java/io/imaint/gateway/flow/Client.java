package io.imaint.gateway.flow;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param address of the other end of the connection, or where trusted proxies say the client is
 * @param peer the other end of the connection, whatever headers say
 * @param proxied whether the peer is a trusted proxy, so that what its headers say of the client is believed
 * @param scheme {@code http} or {@code https}
 * @param host the server's address, as the client reached it
 * @param tls what the TLS handshake established; empty without TLS
 */
public record Client(
        InetAddress address,
        InetAddress peer,
        boolean proxied,
        int port,
        String scheme,
        String host,
        int localPort,
        Optional<Tls> tls) {
    /** A client without a trusted proxy before us. */
    public Client(
            InetAddress address,
            InetAddress peer,
            int port,
            String scheme,
            String host,
            int localPort,
            Optional<Tls> tls) {
        this(address, peer, false, port, scheme, host, localPort, tls);
    }

    /**
     * A TLS session.
     *
     * @param certificate of the client in DER; empty for none
     */
    public record Tls(
            String protocol, String cipher, String serverName, String sessionId, Optional<byte[]> certificate) {}
}
