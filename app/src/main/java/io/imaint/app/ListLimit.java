package io.imaint.app;

import io.imaint.store.Query;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --limit} of commands whose lists may have thousands of entries. */
final class ListLimit {
    /** As many as fit on a screen. */
    private static final String DEFAULT = "20";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = DEFAULT,
            description = "how many to list, newest first; 1 to " + Query.LIMIT_MAX + " (default ${DEFAULT-VALUE})")
    private int most;

    /** How many to list; a number out of range is wrong use. */
    int most() {
        if (most < 1 || most > Query.LIMIT_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--limit is %d but must be 1 to %d".formatted(most, Query.LIMIT_MAX));
        }
        return most;
    }
}
