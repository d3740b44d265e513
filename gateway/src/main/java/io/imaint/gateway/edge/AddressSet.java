package io.imaint.gateway.edge;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A set of network addresses and blocks. A question takes one look for each length of prefix, however many entries there are.
 */
final class AddressSet {
    /**
     * A block.
     *
     * @param text as it is written, such as {@code 203.0.113.0/24}
     * @param bits of the prefix
     * @param version 4 or 6
     */
    record Block(String text, List<Byte> prefix, int bits, int version) {}

    private final Map<Integer, Set<List<Byte>>> blocks4 = new HashMap<>();
    private final Map<Integer, Set<List<Byte>>> blocks6 = new HashMap<>();

    AddressSet(List<Block> blocks) {
        for (var block : blocks) {
            (block.version == 4 ? blocks4 : blocks6)
                    .computeIfAbsent(block.bits, bits -> new HashSet<>())
                    .add(block.prefix);
        }
    }

    /** A block of a text such as {@code 10.0.0.0/8} or {@code 2001:db8::1}; empty when it is none. Names are not resolved. */
    static Optional<Block> block(String text) {
        int slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                return Optional.empty();
            }
            return Optional.of(new Block(text, masked(address, bits), bits, address.length == 4 ? 4 : 6));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static List<Byte> masked(byte[] address, int bits) {
        var masked = new Byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int kept = Math.clamp(bits - i * 8, 0, 8);
            masked[i] = (byte) (address[i] & (0xff00 >> kept));
        }
        return List.of(masked);
    }

    boolean contains(InetAddress asked) {
        var address = asked.getAddress();
        for (var entry : (address.length == 4 ? blocks4 : blocks6).entrySet()) {
            if (entry.getValue().contains(masked(address, entry.getKey()))) {
                return true;
            }
        }
        return false;
    }
}
