package io.imaint.app;

import picocli.CommandLine.Command;

/** {@code imaint facts}. */
@Command(
        name = "facts",
        description = "Shows, replays and discards facts that a consumer could not take.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {FactsDeadLettersCommand.class, FactsReplayCommand.class, FactsDiscardCommand.class},
        footer = {"", "Example: imaint facts dead-letters"})
final class FactsCommand {}
