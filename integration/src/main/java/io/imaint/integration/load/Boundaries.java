package io.imaint.integration.load;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the ranges of a key's values meet, worked out without asking. */
final class Boundaries {
    private Boundaries() {}

    /**
     * The boundaries between ranges of the same width; fewer where the values are closer than that.
     *
     * @param least a number of any length, with its leading zeros
     * @param greatest one of the same length
     * @return numbers of that length above the least, in order; empty for texts of another form
     */
    static Optional<List<String>> even(String least, String greatest, int ranges) {
        int length = least.length();
        if (length == 0 || length != greatest.length() || !digits(least) || !digits(greatest)) {
            return Optional.empty();
        }
        var from = new BigInteger(least);
        var width = new BigInteger(greatest).subtract(from).add(BigInteger.ONE);
        var boundaries = new ArrayList<String>();
        var last = least;
        for (int i = 1; i < ranges; i++) {
            var number = from.add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(ranges)));
            var boundary = padded(number, length);
            if (boundary.compareTo(last) > 0) {
                boundaries.add(boundary);
                last = boundary;
            }
        }
        return Optional.of(boundaries);
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String padded(BigInteger number, int length) {
        var digits = number.toString();
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }

    /**
     * The conditions of the ranges between boundaries, open at both ends. Each value fulfils at least one of them, even
     * if the boundaries are not in the order in which the system compares: walk along them and ask each whether the value
     * is below it; either that is so at the first, or never, or it changes somewhere, and there is its range.
     *
     * @param literals the boundaries as OData writes them
     * @param nullable whether values can be missing; those belong to the first range, as empty texts do by themselves
     */
    static List<String> conditions(String property, List<String> literals, boolean nullable) {
        if (literals.isEmpty()) {
            return List.of("");
        }
        var conditions = new ArrayList<String>();
        var first = property + " lt " + literals.getFirst();
        conditions.add(nullable ? first + " or " + property + " eq null" : first);
        for (int i = 1; i < literals.size(); i++) {
            conditions.add("%s ge %s and %s lt %s".formatted(property, literals.get(i - 1), property, literals.get(i)));
        }
        conditions.add(property + " ge " + literals.getLast());
        return conditions;
    }
}
