package io.imaint.app;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint run}. */
@Command(
        name = "run",
        description = {
            "Runs targets as a service, on any number of machines that share a store.",
            "A target is the name of a service, a group, or all. The services that a target needs run too.",
            "Logs go to standard error."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint run --target workorder-api-service,master-configuration-api-service"})
final class RunCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--target",
            defaultValue = "all",
            description = "targets, separated by commas (default ${DEFAULT-VALUE})")
    private String target = "all";

    @Option(names = "--list", description = "list the targets and exit")
    private boolean list;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean showsSettings() {
        return true;
    }

    @Override
    public boolean logsToStandardError() {
        return true;
    }

    /** Lists the targets below the command's help. */
    static void addTargets(CommandSpec command) {
        var footer = new ArrayList<String>();
        footer.add("");
        footer.add("Targets:");
        lines().forEach(line -> footer.add("  " + line.replace("%", "%%")));
        footer.addAll(List.of(command.usageMessage().footer()));
        command.usageMessage().footer(footer.toArray(String[]::new));
    }

    /** All groups and targets, whatever the settings; a target of the other catalogue has the same name. */
    private static List<String> lines() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("all", "", "every target"));
        for (var group : Group.values()) {
            var members = modules().stream()
                    .filter(module -> module.group() == group)
                    .map(ServiceModule::name)
                    .toList();
            if (!members.isEmpty()) {
                rows.add(List.of(group.word(), "group", String.join(", ", members)));
            }
        }
        modules()
                .forEach(
                        module -> rows.add(List.of(module.name(), module.group().word(), module.purpose())));
        return TextTable.lines(rows);
    }

    private static List<ServiceModule<?>> modules() {
        return Targets.catalogue(Settings.of(Map.of())).modules();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (list) {
            return listTargets();
        }
        var settings = SettingOptions.read(spec);
        Shutdown.install(terminal);
        try (var system = RunningSystem.start(target, settings)) {
            var running = system.services().readiness().sequencedKeySet();
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("started", system.address().toString());
                facts.put("targets", running);
                terminal.json(facts);
            } else {
                terminal.line("started %s with %s".formatted(system.address(), String.join(", ", running)));
            }
            Shutdown.await();
        }
        return Main.DONE;
    }

    private int listTargets() {
        if (json) {
            terminal.json(modules().stream()
                    .map(module -> {
                        var facts = new LinkedHashMap<String, Object>();
                        facts.put("name", module.name());
                        facts.put("group", module.group().word());
                        facts.put("purpose", module.purpose());
                        return facts;
                    })
                    .toList());
        } else {
            lines().forEach(terminal::line);
        }
        return Main.DONE;
    }
}
