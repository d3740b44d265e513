package io.imaint.services.auth;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses and blocks of addresses, such as {@code 10.1.0.0/16}. */
final class NetworkBlock {
    private NetworkBlock() {}

    private record Block(byte[] address, int bits) {}

    static boolean understands(String text) {
        return parsed(text).isPresent();
    }

    static boolean includes(String text, String address) {
        var block = parsed(text);
        var asked = literal(address);
        return block.isPresent() && asked.isPresent() && equalUpTo(block.get(), asked.get());
    }

    private static boolean equalUpTo(Block block, byte[] address) {
        if (block.address.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < block.bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((block.address[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Block> parsed(String text) {
        int slash = text.indexOf('/');
        return literal(slash < 0 ? text : text.substring(0, slash)).flatMap(address -> {
            int max = address.length * 8;
            int bits = slash < 0 ? max : number(text.substring(slash + 1));
            return bits < 0 || bits > max ? Optional.empty() : Optional.of(new Block(address, bits));
        });
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static Optional<byte[]> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address).getAddress());
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
