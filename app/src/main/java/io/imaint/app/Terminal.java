package io.imaint.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
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

    @SuppressWarnings("SystemConsoleNull") // It never is, says one checker; it may be, says another.
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

    /** Asks whoever sits here; empty when nothing more can be typed. */
    String ask(String question) {
        err.print(question);
        err.flush();
        var answers = new Scanner(System.in, StandardCharsets.UTF_8);
        return answers.hasNextLine() ? answers.nextLine().strip() : "";
    }

    /** Asks for a text that is not to be seen; from a script, the next line of standard input. */
    @SuppressWarnings("SystemConsoleNull") // As above.
    String secret(String question) {
        var console = System.console();
        if (interactive && console != null) {
            var typed = console.readPassword("%s", question);
            return typed == null ? "" : new String(typed);
        }
        var lines = new Scanner(System.in, StandardCharsets.UTF_8);
        return lines.hasNextLine() ? lines.nextLine() : "";
    }

    void json(Object value) {
        line(JSON.writeValueAsString(value));
    }
}
