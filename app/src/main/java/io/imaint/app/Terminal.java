package io.imaint.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The output of a command: results go to {@code out}, everything else to {@code err}.
 *
 * @param interactive true on a terminal, where progress may rewrite its line
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

    /** Asks the user; empty at the end of the input. */
    String ask(String question) {
        err.print(question);
        err.flush();
        var answers = new Scanner(System.in, StandardCharsets.UTF_8);
        return answers.hasNextLine() ? answers.nextLine().strip() : "";
    }

    /** Asks for a text without echoing it; in a script, reads the next line of standard input. */
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

    /** A value as JSON on one line. */
    static String oneLine(Object value) {
        return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    }

    void json(Object value) {
        line(JSON.writeValueAsString(value));
    }
}
