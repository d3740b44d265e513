package io.imaint.gateway.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses from headers and policies, without ever asking a name server. */
final class IpAddresses {
    private IpAddresses() {}

    /** The address of a text, which may have a port; null where it is none. */
    static @Nullable InetAddress parsed(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("[")) {
            int end = trimmed.indexOf(']');
            return end < 0 ? null : version6(trimmed.substring(1, end));
        }
        int colon = trimmed.indexOf(':');
        if (colon < 0) {
            return version4(trimmed);
        }
        return trimmed.indexOf(':', colon + 1) < 0 ? version4(trimmed.substring(0, colon)) : version6(trimmed);
    }

    /** Four decimal groups; leading zeros are no octal numbers, as in SAP's own {@code 20.10.10.09}. */
    private static @Nullable InetAddress version4(String text) {
        var groups = text.split("\\.", -1);
        if (groups.length != 4) {
            return null;
        }
        var bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!groups[i].matches("[0-9]{1,3}") || Integer.parseInt(groups[i]) > 255) {
                return null;
            }
            bytes[i] = (byte) Integer.parseInt(groups[i]);
        }
        return of(bytes);
    }

    private static @Nullable InetAddress version6(String text) {
        if (text.indexOf('%') >= 0 || text.indexOf(':') < 0) {
            return null;
        }
        try {
            return of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    /** An IPv4 address that is written as IPv6 is the IPv4 address. */
    private static @Nullable InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    /** Whether two addresses have the same first bits. */
    static boolean same(byte[] one, byte[] other, int bits) {
        if (one.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((one[whole] ^ other[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
    }
}
