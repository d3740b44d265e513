package io.imaint.app;

import picocli.CommandLine.Command;

/** {@code imaint inbound}. */
@Command(
        name = "inbound",
        description = "Copies data from SAP into the store.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InboundRunCommand.class,
            InboundDeltaCommand.class,
            InboundStopCommand.class,
            InboundVerifyCommand.class,
            InboundHistoryCommand.class,
            InboundDeadLettersCommand.class,
            InboundCrontabCommand.class
        },
        footer = {"", "Example: imaint inbound run work-orders"})
final class InboundCommand {}
