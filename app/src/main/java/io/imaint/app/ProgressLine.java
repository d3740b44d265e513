package io.imaint.app;

/** A line on a terminal that is rewritten in place; nothing at all where nobody watches. */
final class ProgressLine {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;
    private boolean shown;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(String text) {
        if (terminal.interactive()) {
            terminal.err().print(CLEAR_LINE + text);
            terminal.err().flush();
            shown = true;
        }
    }

    void clear() {
        if (shown) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            shown = false;
        }
    }
}
