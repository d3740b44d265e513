package io.imaint.app;

import java.io.PrintStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the program talks to people and scripts: results go to {@code out}, everything else to {@code err}.
 *
 * @param interactive true when a person watches {@code err}: progress may rewrite its line and use colour
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Terminal system() {
        var console = System.console();
        return new Terminal(System.out, System.err, console != null && console.isTerminal());
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void note(String text) {
        err.println(text);
        err.flush();
    }

    void json(Object value) {
        line(JSON.writeValueAsString(value));
    }
}
