package io.imaint.gateway.bundle;

import java.util.ArrayList;
import java.util.List;

/** The difference of two texts, line by line. The fewest lines are deleted and added (Myers' algorithm). */
public final class LineDiff {
    /** Lines around a change. */
    private static final int CONTEXT = 3;

    /** Beyond so many changes the whole text is shown as replaced; memory grows with the square. */
    static final int CHANGES_MAX = 1_000;

    /** A line; the sign is blank for a line of both texts. */
    private record Step(char sign, String text, int oldLine, int newLine) {}

    /**
     * A line of one or both texts.
     *
     * @param sign {@code -}, {@code +} or a blank
     * @param before its number in the text before; 0 where it is not there
     * @param after its number in the text after; 0 where it is not there
     */
    public record Line(String sign, int before, int after, String text) {}

    private final List<String> before;
    private final List<String> after;
    private final List<Step> lines = new ArrayList<>();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** All lines in order, those that stay too. How lines end does not count. */
    public static List<Line> of(String before, String after) {
        var diff = new LineDiff(before.lines().toList(), after.lines().toList());
        diff.compare();
        return diff.lines.stream()
                .map(step -> new Line(
                        String.valueOf(step.sign),
                        step.sign == '+' ? 0 : step.oldLine,
                        step.sign == '-' ? 0 : step.newLine,
                        step.text))
                .toList();
    }

    /** In the unified form; empty for equal texts. */
    static String unified(String path, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        var diff = new LineDiff(lines(before), lines(after));
        diff.compare();
        return "--- a/%1$s\n+++ b/%1$s\n".formatted(path) + diff.hunks();
    }

    /** Line ends other than line feeds stay part of a line, so that their change is seen. */
    private static List<String> lines(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<>(List.of(text.split("\n", -1)));
        if (all.getLast().isEmpty()) {
            all.removeLast();
        } else {
            all.set(all.size() - 1, all.getLast() + "\n\\ No newline at end of file");
        }
        return all;
    }

    private void compare() {
        int start = 0;
        int limit = Math.min(before.size(), after.size());
        while (start < limit && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < limit - start && at(before, end).equals(at(after, end))) {
            end++;
        }
        int oldEnd = before.size() - end;
        int newEnd = after.size() - end;
        keep(0, 0, start);
        var steps = shortest(before.subList(start, oldEnd), after.subList(start, newEnd));
        int x = start;
        int y = start;
        for (char step : steps) {
            switch (step) {
                case '-' -> lines.add(new Step('-', before.get(x++), x, y));
                case '+' -> lines.add(new Step('+', after.get(y++), x, y));
                default -> keep(x++, y++, 1);
            }
        }
        keep(oldEnd, newEnd, end);
    }

    private static String at(List<String> lines, int fromEnd) {
        return lines.get(lines.size() - 1 - fromEnd);
    }

    private void keep(int x, int y, int count) {
        for (int i = 0; i < count; i++) {
            lines.add(new Step(' ', before.get(x + i), x + i + 1, y + i + 1));
        }
    }

    /** The steps from one list to the other. */
    private static char[] shortest(List<String> a, List<String> b) {
        var reached = new ArrayList<int[]>();
        int most = Math.min(a.size() + b.size(), CHANGES_MAX);
        int[] furthest = new int[2 * most + 3];
        for (int d = 0; d <= most; d++) {
            reached.add(java.util.Arrays.copyOfRange(furthest, most - d, most + d + 3));
            for (int k = -d; k <= d; k += 2) {
                int left = furthest[most + k];
                int right = furthest[most + k + 2];
                int x = k == -d || (k != d && left < right) ? right : left + 1;
                while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                    x++;
                }
                furthest[most + k + 1] = x;
                if (x >= a.size() && x - k >= b.size()) {
                    return back(reached, a.size(), b.size());
                }
            }
        }
        return ("-".repeat(a.size()) + "+".repeat(b.size())).toCharArray();
    }

    private static char[] back(List<int[]> reached, int x, int y) {
        var steps = new StringBuilder();
        for (int d = reached.size() - 1; d >= 0; d--) {
            int[] furthest = reached.get(d); // Diagonal k is at k + d + 1.
            int k = x - y;
            boolean down = k == -d || (k != d && furthest[k + d] < furthest[k + d + 2]);
            int fromX = down ? furthest[k + d + 2] : furthest[k + d];
            int fromY = fromX - (down ? k + 1 : k - 1);
            int startX = d == 0 ? 0 : down ? fromX : fromX + 1;
            steps.append(" ".repeat(x - startX));
            if (d > 0) {
                steps.append(down ? '+' : '-');
            }
            x = fromX;
            y = fromY;
        }
        return steps.reverse().toString().toCharArray();
    }

    private String hunks() {
        var text = new StringBuilder();
        for (int from = next(0); from < lines.size(); ) {
            int to = from;
            for (int i = from; i < lines.size() && i <= to + 2 * CONTEXT; i++) {
                to = lines.get(i).sign == ' ' ? to : i;
            }
            int last = Math.min(lines.size(), to + CONTEXT + 1);
            hunk(text, lines.subList(Math.max(0, from - CONTEXT), last));
            from = next(last);
        }
        return text.toString();
    }

    private int next(int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).sign == ' ') {
            at++;
        }
        return at;
    }

    private static void hunk(StringBuilder text, List<Step> hunk) {
        long olds = hunk.stream().filter(line -> line.sign != '+').count();
        long news = hunk.stream().filter(line -> line.sign != '-').count();
        var first = hunk.getFirst();
        // Where a side has no lines, the number is that of the line before.
        int oldStart = first.sign == '+' && olds > 0 ? first.oldLine + 1 : first.oldLine;
        int newStart = first.sign == '-' && news > 0 ? first.newLine + 1 : first.newLine;
        text.append("@@ -%d,%d +%d,%d @@\n".formatted(oldStart, olds, newStart, news));
        hunk.forEach(line -> text.append(line.sign).append(line.text).append('\n'));
    }
}
