package io.imaint.simulator.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a service consists of. */
public final class ServiceModel {
    private final String namespace;
    private final String path;
    private final List<EntitySet> sets;
    private final List<Navigation> navigations;
    private final List<FunctionImport> functions;
    private final Map<String, EntitySet> byName;

    /**
     * @param namespace of its types
     * @param path of its root on the server
     */
    ServiceModel(
            String namespace,
            String path,
            List<EntitySet> sets,
            List<Navigation> navigations,
            List<FunctionImport> functions) {
        this.namespace = namespace;
        this.path = path;
        this.sets = List.copyOf(sets);
        this.navigations = List.copyOf(navigations);
        this.functions = List.copyOf(functions);
        this.byName = sets.stream().collect(Collectors.toMap(EntitySet::name, Function.identity()));
    }

    public String namespace() {
        return namespace;
    }

    public String path() {
        return path;
    }

    public List<EntitySet> sets() {
        return sets;
    }

    public List<Navigation> navigations() {
        return navigations;
    }

    public List<FunctionImport> functions() {
        return functions;
    }

    public Optional<EntitySet> find(String setName) {
        return Optional.ofNullable(byName.get(setName));
    }

    public Optional<FunctionImport> findFunction(String name) {
        return functions.stream()
                .filter(function -> function.name().equals(name))
                .findFirst();
    }
}
