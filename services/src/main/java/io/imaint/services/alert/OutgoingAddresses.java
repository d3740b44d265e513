package io.imaint.services.alert;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The network addresses that requests to URLs given by users may go to: public ones, and those an administrator allows.
 *
 * <p>A name is resolved here and the connection goes to exactly the address that was checked, so a name that changes
 * its address between check and use changes nothing. Redirects are never followed.
 */
final class OutgoingAddresses {
    /** Every block of RFC 6890 and its successors that is not global, IPv4 then IPv6; multicast too. */
    private static final List<Block> CLOSED = Block.all(
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24"
                    + " 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
                    // IPv6 is open only within 2000::/3, less the blocks that carry IPv4 addresses or are reserved.
                    + " ::/3 4000::/2 8000::/1 2001::/23 2001:db8::/32 2002::/16 3fff::/20");

    /** Addresses whose leading bits are given. */
    private record Block(byte[] start, int bits) {
        static Block of(String text) {
            var parts = text.split("/", 2);
            var start = literal(parts[0]);
            int bits = parts.length == 1 ? start.length * 8 : Integer.parseInt(parts[1]);
            if (bits < 0 || bits > start.length * 8) {
                throw new IllegalArgumentException(text + " is no block of addresses");
            }
            return new Block(start, bits);
        }

        static List<Block> all(String text) {
            return Arrays.stream(text.split(" ", -1)).map(Block::of).toList();
        }

        boolean includes(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Finds the addresses of a name. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final List<Block> allowedBlocks = new ArrayList<>();
    private final List<String> allowedHosts = new ArrayList<>();

    /** @param allowed host names, addresses and blocks such as {@code 10.1.0.0/16} beside the public ones */
    OutgoingAddresses(List<String> allowed, Resolver resolver) {
        this.resolver = resolver;
        for (var entry : allowed) {
            if (isLiteral(entry.split("/", 2)[0])) {
                allowedBlocks.add(Block.of(entry));
            } else {
                allowedHosts.add(entry.toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Whether an entry of the allowed ones is a host name, an address or a block. */
    static boolean understands(String entry) {
        try {
            return isLiteral(entry.split("/", 2)[0])
                    ? Block.of(entry).bits >= 0
                    : entry.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /** An address of the host to connect to; fails with {@link AlertProblem#ADDRESS_REFUSED} when one of them is closed. */
    InetAddress resolve(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            var found = resolver.resolve(bare);
            if (!allowedHosts.contains(bare.toLowerCase(Locale.ROOT))) {
                for (var address : found) {
                    if (!open(address)) {
                        throw AlertProblem.ADDRESS_REFUSED.because(
                                "%s has the address %s, which is not public".formatted(host, address.getHostAddress()));
                    }
                }
            }
            return found[0];
        } catch (UnknownHostException unknown) {
            throw AlertProblem.RECEIVER_UNREACHABLE.because("the name %s is unknown".formatted(host), unknown);
        }
    }

    /** True when an administrator allows the host by name or address, so that it may also be reached without TLS. */
    boolean allowed(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return allowedHosts.contains(bare.toLowerCase(Locale.ROOT))
                || (isLiteral(bare) && allowedBlocks.stream().anyMatch(block -> block.includes(literal(bare))));
    }

    private boolean open(InetAddress address) {
        var bytes = address.getAddress();
        return allowedBlocks.stream().anyMatch(block -> block.includes(bytes))
                || CLOSED.stream().noneMatch(block -> block.includes(bytes));
    }

    private static boolean isLiteral(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    /** The bytes of an address written in digits; never asks the network. */
    private static byte[] literal(String text) {
        return text.contains(":")
                ? Inet6Address.ofLiteral(text).getAddress()
                : Inet4Address.ofLiteral(text).getAddress();
    }
}
