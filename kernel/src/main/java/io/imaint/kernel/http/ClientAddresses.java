package io.imaint.kernel.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds the address of the client behind trusted proxies.
 *
 * <pre>
 *   client ──► proxy ──► proxy ──► this server
 *   X-Forwarded-For:  what the client sent, client, proxy
 * </pre>
 *
 * <p>Each proxy appends whom it was asked by, so the list is read from the right, and only as far as the proxies are
 * trusted: the first address that is none of theirs is the client's, and what stands to its left is the client's
 * invention.
 */
public final class ClientAddresses {
    private final List<NetworkBlock> proxies;

    public ClientAddresses(List<NetworkBlock> proxies) {
        this.proxies = proxies;
    }

    /**
     * The client's address.
     *
     * @param peer the address that the connection comes from
     * @param headers a header's values by its name, joined by commas; empty where there is none
     */
    public String of(String peer, UnaryOperator<String> headers) {
        if (!trusted(peer)) {
            return peer;
        }
        var common = headers.apply("X-Forwarded-For");
        var standard = headers.apply("Forwarded");
        if (standard.isEmpty()) {
            return common.isEmpty() ? peer : client(peer, common, hop -> hop);
        }
        var client = client(peer, standard, ClientAddresses::parameter);
        // A proxy that writes one of them may hand on the other as the client sent it.
        return common.isEmpty() || client.equals(client(peer, common, hop -> hop)) ? client : peer;
    }

    /** Whether there are no trusted proxies, so that the client is always whoever connects. */
    public boolean trustsNobody() {
        return proxies.isEmpty();
    }

    /** Whether an address is that of a trusted proxy. */
    public boolean trusted(String address) {
        return proxies.stream().anyMatch(proxy -> proxy.includes(address));
    }

    private String client(String peer, String header, UnaryOperator<String> node) {
        var known = peer;
        // A quote that the client left open must not swallow what proxies append, so quotes do not protect commas.
        var hops = header.split(",", -1);
        for (int at = hops.length - 1; at >= 0; at--) {
            var hop = address(node.apply(hops[at]).strip());
            if (hop.isEmpty()) {
                return known;
            }
            known = hop.get();
            if (!trusted(known)) {
                return known;
            }
        }
        return known;
    }

    /** The address of a hop, which may have a port; empty for {@code unknown}, pseudonyms and garbage. */
    private static Optional<String> address(String hop) {
        int bracket = hop.indexOf(']');
        int colon = hop.indexOf(':');
        var text = hop.startsWith("[") && bracket > 0
                ? hop.substring(1, bracket)
                : colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
        return NetworkBlock.literal(text).map(InetAddress::getHostAddress);
    }

    /** The value of {@code for} in an element of the header Forwarded of RFC 7239; empty where there is none. */
    private static String parameter(String element) {
        for (var pair : element.split(";", -1)) {
            var text = pair.strip();
            if (text.regionMatches(true, 0, "for=", 0, 4)) {
                return text.substring(4).replace("\"", "");
            }
        }
        return "";
    }
}
