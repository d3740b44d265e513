package io.imaint.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text in columns and in lines that fit a terminal. */
final class TextTable {
    /** A line of output fits a terminal of this width, unless a name of the user's own is longer. */
    static final int WIDTH = 100;

    private TextTable() {}

    /** Rows with aligned columns: each as wide as its widest cell, and nothing after the last. */
    static List<String> lines(List<List<String>> rows) {
        return lines(rows, -1, -1);
    }

    /**
     * Rows with aligned columns.
     *
     * @param numbersFrom the first of the columns that are aligned to the right; negative for none
     * @param numbersTo the column after the last of them
     */
    static List<String> lines(List<List<String>> rows, int numbersFrom, int numbersTo) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> {
                            var cell = row.get(column);
                            var blanks = " ".repeat(widths[column] - cell.length());
                            return column >= numbersFrom && column < numbersTo ? blanks + cell : cell + blanks;
                        })
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .toList();
    }

    /** A text broken at blanks into lines; all but the first begin with an indent. */
    static List<String> wrapped(String text, String indent) {
        var lines = new ArrayList<String>();
        for (var paragraph : text.split("\n", -1)) {
            var line = new StringBuilder(lines.isEmpty() ? "" : indent);
            boolean empty = true;
            for (var word : paragraph.split(" ", -1)) {
                if (!empty && line.length() + 1 + word.length() > WIDTH) {
                    lines.add(line.toString());
                    line.setLength(0);
                    line.append(indent);
                    empty = true;
                }
                line.append(empty ? "" : " ").append(word);
                empty = false;
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
