package io.imaint.app;

import io.imaint.store.Query;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --limit} of commands that list what there may be thousands of. */
final class ListLimit {
    /** What fits on a screen. */
    private static final String STANDARD = "20";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = STANDARD,
            description = "how many to list, the newest first; 1 to " + Query.LIMIT_MAX + " (default ${DEFAULT-VALUE})")
    private int most;

    /** How many to list; a number that no query takes is wrong use. */
    int most() {
        if (most < 1 || most > Query.LIMIT_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is %d but must be 1 to %d".formatted(most, Query.LIMIT_MAX));
        }
        return most;
    }
}
