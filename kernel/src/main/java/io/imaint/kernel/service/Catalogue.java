package io.imaint.kernel.service;

import io.imaint.kernel.settings.Settings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** All services that a program can run, in flow order; never changed at run time. */
public final class Catalogue {
    private static final String ALL = "all";

    private final List<ServiceModule<?>> modules;

    public Catalogue(ServiceModule<?>... modules) {
        this.modules = List.of(modules);
        var names = new LinkedHashSet<String>();
        for (var module : modules) {
            assert names.add(module.name()) : "two services are named " + module.name();
        }
    }

    public List<ServiceModule<?>> modules() {
        return modules;
    }

    /** The modules that a list of targets selects: {@code all}, groups and names, separated by commas. */
    public SequencedSet<ServiceModule<?>> chosen(String targets) {
        var chosen = new LinkedHashSet<ServiceModule<?>>();
        for (var word : targets.split(",", -1)) {
            var target = word.strip();
            var matching = modules.stream()
                    .filter(module -> target.equals(ALL)
                            || target.equals(module.name())
                            || target.equals(module.group().word()))
                    .toList();
            if (matching.isEmpty()) {
                throw ServiceProblem.TARGET_UNKNOWN.because("'%s' is none of %s".formatted(target, words()));
            }
            chosen.addAll(matching);
        }
        return chosen;
    }

    /**
     * Reads the settings of the whole catalogue, then starts the chosen modules, needs first. Nothing starts when a
     * setting is invalid; when a start fails, the modules that had started are stopped.
     */
    public RunningServices start(SequencedSet<ServiceModule<?>> chosen, Settings settings) {
        var read = read(settings);
        settings.verify();
        var order = new LinkedHashSet<ServiceModule<?>>();
        // A module's needs exist before the module does, so this recursion ends.
        modules.stream().filter(chosen::contains).forEach(module -> addNeedsFirst(module, order));
        return RunningServices.start(order, read);
    }

    /** Reads the settings of every module, started or not, so that all keys are known. */
    public Map<ServiceModule<?>, Object> read(Settings settings) {
        Map<ServiceModule<?>, Object> read = new HashMap<>();
        for (var module : modules) {
            read.put(module, module.read(settings));
        }
        return read;
    }

    private static void addNeedsFirst(ServiceModule<?> module, SequencedSet<ServiceModule<?>> order) {
        module.needs().forEach(need -> addNeedsFirst(need, order));
        order.add(module);
    }

    private String words() {
        var groups = Arrays.stream(Group.values())
                .map(Group::word)
                .filter(word -> modules.stream().anyMatch(m -> m.group().word().equals(word)))
                .collect(Collectors.joining(", "));
        return ALL + ", " + groups + ", "
                + modules.stream().map(ServiceModule::name).collect(Collectors.joining(", "));
    }
}
