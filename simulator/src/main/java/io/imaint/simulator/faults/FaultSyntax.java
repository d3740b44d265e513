package io.imaint.simulator.faults;

/** A text that is no fault rule: what is wrong, and at which character. */
public final class FaultSyntax extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int position;

    FaultSyntax(String text, int position, String message) {
        super(where(text, position) + ": " + message);
        this.position = position;
    }

    /** The place in the text, from 0. */
    public int position() {
        return position;
    }

    private static String where(String text, int position) {
        long line = text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
        int column = position - text.lastIndexOf('\n', position - 1);
        return text.indexOf('\n') < 0 ? "column " + column : "line %d, column %d".formatted(line, column);
    }
}
