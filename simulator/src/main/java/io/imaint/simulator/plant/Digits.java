package io.imaint.simulator.plant;

import java.nio.charset.StandardCharsets;

/** Numbers as SAP writes them: with leading zeros to a fixed width. */
final class Digits {
    private Digits() {}

    static String of(long number, int width) {
        return of("", number, width);
    }

    /** {@code number} with leading zeros to {@code width}, after {@code prefix}; the number must fit. */
    static String of(String prefix, long number, int width) {
        int start = prefix.length();
        byte[] text = new byte[start + width];
        for (int i = 0; i < start; i++) {
            text[i] = (byte) prefix.charAt(i);
        }
        long rest = number;
        for (int i = start + width - 1; i >= start; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        assert rest == 0 : number + " has more than " + width + " digits";
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
