package io.imaint.simulator.plant;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with an extract, collected so that all of it is told in one run. */
final class Findings {
    /** More than this nobody reads before mending the first. */
    static final int LISTED_MAX = 1000;

    /** As much of a cell as is shown. */
    private static final int SHOWN_MAX = 40;

    private final List<String> listed = new ArrayList<>();
    private long count;

    /** Adds what is wrong in a file at a line, counted from 1, or 0 for the file as a whole. */
    void add(String file, long line, @Nullable String column, String reason) {
        count++;
        if (listed.size() < LISTED_MAX) {
            listed.add(
                    file + (line > 0 ? " line " + line : "") + (column == null ? "" : ", " + column) + ": " + reason);
        }
    }

    void throwIfAny(String folder) {
        if (count == 0) {
            return;
        }
        StringBuilder text =
                new StringBuilder(folder).append(": ").append(count).append(count == 1 ? " finding" : " findings");
        listed.forEach(line -> text.append("\n  ").append(line));
        if (count > listed.size()) {
            text.append("\n  and ").append(count - listed.size()).append(" more");
        }
        throw PlantProblem.EXTRACT_INVALID.because(text.append('\n').toString());
    }

    /** A cell's text in quotes, short and on one line. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(SHOWN_MAX, text.length());
        for (int i = 0; i < end; i++) {
            shown.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        }
        return shown.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
