package io.imaint.kernel.http;

import java.net.InetAddress;
import java.util.Optional;

/** A block of network addresses, such as {@code 10.1.0.0/16}, or a single address. */
public final class NetworkBlock {
    private final byte[] address;
    private final int bits;

    private NetworkBlock(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** The block of a text; empty where the text is none. Names are not resolved. */
    public static Optional<NetworkBlock> parsed(String text) {
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash)).flatMap(found -> {
            var address = found.getAddress();
            int max = address.length * 8;
            int bits = slash < 0 ? max : number(text.substring(slash + 1));
            return bits < 0 || bits > max ? Optional.empty() : Optional.of(new NetworkBlock(address, bits));
        });
    }

    /** The address that a text is, IPv6 with or without brackets; empty where it is a name or none. */
    public static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /** Whether an address is in this block; false for a text that is no address. */
    public boolean includes(String asked) {
        return literal(asked).filter(this::includes).isPresent();
    }

    public boolean includes(InetAddress asked) {
        var other = asked.getAddress();
        if (address.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
