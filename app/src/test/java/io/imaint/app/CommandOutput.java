package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a command line has written, without colours, and its exit code. */
record CommandOutput(int exit, String out, String err) {
    static CommandOutput of(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = Main.run(
                new Terminal(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false), arguments);
        return new CommandOutput(exit, out.toString(UTF_8), err.toString(UTF_8));
    }
}
