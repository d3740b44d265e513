package io.imaint.kernel.http;

import java.util.regex.Pattern;

/** The part of a file that the header Range asks for. Source: RFC 9110, section 14. */
sealed interface ByteRange {
    /** One range; several in one request are answered with the whole, which is allowed. */
    Pattern FORM = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** The whole file. */
    record Whole() implements ByteRange {}

    /**
     * A part.
     *
     * @param to the offset after its last byte
     */
    record Part(long from, long to) implements ByteRange {}

    /** A range that the file does not reach. */
    record Unsatisfiable() implements ByteRange {}

    /** The range that a header asks for; one that is malformed or absent asks for the whole. */
    static ByteRange of(String header, long size) {
        var form = FORM.matcher(header);
        if (!form.matches() || (form.group(1) + form.group(2)).isEmpty()) {
            return new Whole();
        }
        if (form.group(1).isEmpty()) {
            long last = Long.parseLong(form.group(2));
            return last == 0 || size == 0 ? new Unsatisfiable() : new Part(Math.max(0, size - last), size);
        }
        long from = Long.parseLong(form.group(1));
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(form.group(2));
        if (last < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(size, last + 1));
    }
}
