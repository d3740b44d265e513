package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.flow.Value;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.Maps;
import io.imaint.gateway.registry.Registry;
import io.imaint.kernel.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes entries of a key value map.
 *
 * <p>Reading never waits: maps are known in memory. Initial entries are written with the first
 * request after a deployment, where no process has written one of the same key.
 *
 * <p>Assumptions: an entry with one value gives this value also without an index, since SAP's own samples use it as text. An
 * entry with several values keeps them apart by a separator that no text has. A key without value reads nothing, and can't be
 * written or deleted.
 */
final class KeyValueMapOperations implements Policy {
    static final PolicyType TYPE =
            new PolicyType("KeyValueMapOperations", "keyvaluemapoperations", KeyValueMapOperations::compile);

    /** SAP's limit of a key, in bytes. */
    static final int KEY_MAX = 2 * 1024;

    /** SAP's limit of a value, in bytes. */
    static final int VALUE_MAX = 10 * 1024;

    /** Between the values of an entry: the unit separator of ASCII. */
    static final String SEPARATOR = "\u001f";

    private static final String FAULTS = "steps.keyvaluemapoperations.";

    /** One operation. */
    private sealed interface Operation {
        List<Value> key();
    }

    /**
     * @param index from 1; 0 for all
     * @param secret whether the variable may take values of an encrypted map
     */
    private record Get(List<Value> key, String assignTo, int index, boolean secret) implements Operation {}

    private record Put(List<Value> key, List<Value> values, boolean override) implements Operation {}

    private record Delete(List<Value> key) implements Operation {}

    private final String policy;
    private final KeyValueMap.Scope scope;
    private final String scopeId;
    private final String map;
    private final List<Put> initial;
    private final List<Operation> operations;
    private final boolean writes;
    private final Registry registry;
    private final Maps maps;
    private final AtomicBoolean initialised;

    private KeyValueMapOperations(PolicyReader reader, String map, List<Put> initial, List<Operation> operations) {
        this.policy = reader.policy();
        this.scope = reader.choice("Scope", KeyValueMap.Scope.class, KeyValueMap.Scope.ENVIRONMENT);
        this.scopeId = switch (scope) {
            case ORGANIZATION, ENVIRONMENT -> "";
            case APIPROXY -> reader.proxy().name();
            case POLICY -> reader.proxy().name() + "/" + reader.policy();
        };
        this.map = map;
        this.initial = initial;
        this.operations = operations;
        this.writes = operations.stream().anyMatch(one -> !(one instanceof Get));
        this.registry = reader.parts().registry();
        this.maps = reader.parts().maps();
        this.initialised = new AtomicBoolean(initial.isEmpty());
    }

    private static Policy compile(PolicyReader reader) {
        var map = reader.attribute("mapIdentifier").orElse("kvmap");
        var initial = reader.one("InitialEntries")
                .map(entries -> entries.all("Entry").stream()
                        .map(entry -> new Put(key(entry), values(entry), false))
                        .toList())
                .orElse(List.of());
        var operations = operations(reader);
        if (operations.isEmpty() && initial.isEmpty()) {
            reader.error("one of <Get>, <Put>, <Delete> must be there");
        }
        var compiled = new KeyValueMapOperations(reader, map, initial, operations);
        if (reader.element().attribute("mapIdentifier").filter(String::isBlank).isPresent()) {
            reader.warn("mapIdentifier is empty: the policy fails whenever it runs");
            return context -> {
                throw new Fault(
                        500, FAULTS + "UnsupportedOperationException", "java.lang.UnsupportedOperationException");
            };
        }
        return compiled;
    }

    /** The operations in the order of the file. */
    private static List<Operation> operations(PolicyReader reader) {
        var gets = reader.all("Get").iterator();
        var puts = reader.all("Put").iterator();
        var deletes = reader.all("Delete").iterator();
        var operations = new ArrayList<Operation>();
        for (var child : reader.element().children()) {
            switch (child.name()) {
                case "Get" -> operations.add(get(gets.next()));
                case "Put" -> {
                    var put = puts.next();
                    operations.add(new Put(key(put), values(put), put.attributeFlag("override", false)));
                }
                case "Delete" -> operations.add(new Delete(key(deletes.next())));
                default -> {
                    // No operation.
                }
            }
        }
        return List.copyOf(operations);
    }

    private static Get get(PolicyReader get) {
        var assignTo = get.attribute("assignTo").orElse("");
        if (assignTo.isEmpty()) {
            get.error("attribute assignTo must name a variable");
        }
        var index = get.attribute("index").orElse("0");
        if (!index.matches("[1-9][0-9]{0,5}")
                && get.element().attribute("index").isPresent()) {
            get.error("attribute index must be a whole number from 1");
            index = "0";
        }
        return new Get(key(get), assignTo, Integer.parseInt(index), assignTo.startsWith("private."));
    }

    private static List<Value> key(PolicyReader operation) {
        var parts = operation
                .one("Key")
                .map(key -> key.all("Parameter").stream()
                        .map(KeyValueMapOperations::value)
                        .toList())
                .orElse(List.of());
        if (parts.isEmpty()) {
            operation.error("<Key> needs a <Parameter>");
        }
        return parts;
    }

    private static List<Value> values(PolicyReader put) {
        var values = put.all("Value").stream().map(KeyValueMapOperations::value).toList();
        if (values.isEmpty()) {
            put.error("<Value> is missing");
        }
        return values;
    }

    private static Value value(PolicyReader reader) {
        return new Value(reader.attribute("ref").orElse(null), reader.text().orElse(null));
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        if (writes || !initialised.get()) {
            context.mayWait();
        }
        if (!initialised.get()) {
            for (var entry : initial) {
                write(context, entry);
            }
            initialised.set(true);
        }
        for (var operation : operations) {
            switch (operation) {
                case Get get -> read(context, get);
                case Put put -> write(context, put);
                case Delete delete -> maps.remove(scope, scopeId, map, requiredKey(context, delete));
            }
        }
    }

    private void read(FlowContext context, Get get) throws Fault {
        var key = key(context, get);
        var known = key == null ? null : registry.map(scope, scopeId, map).orElse(null);
        var entry = known == null ? null : known.entries().get(key);
        if (known != null && entry != null && known.encrypted() && !get.secret) {
            throw notSet(get.assignTo);
        }
        var found = entry == null ? null : picked(entry.reveal(), get.index);
        if (get.secret && found != null) {
            context.note(get.assignTo, found);
        } else if (!context.set(get.assignTo, found)) {
            throw notSet(get.assignTo);
        }
    }

    private Fault notSet(String variable) {
        return new Fault(
                500,
                FAULTS + "SetVariableFailed",
                "Failed to set variable %s in KeyValueMapStepDefinition %s".formatted(variable, policy));
    }

    /** One value, or all; null where the index is behind the last. */
    private static @Nullable Object picked(String entry, int index) {
        if (!entry.contains(SEPARATOR)) {
            return index <= 1 ? entry : null;
        }
        var values = List.of(entry.split(SEPARATOR, -1));
        if (index == 0) {
            return values;
        }
        return index <= values.size() ? values.get(index - 1) : null;
    }

    private void write(FlowContext context, Put put) throws Fault {
        var key = requiredKey(context, put);
        var parts = new ArrayList<String>();
        for (var value : put.values) {
            var text = value.text(context);
            if (text == null) {
                throw new Fault(
                        500,
                        FAULTS + "ValueIsMissing",
                        "Value element is missing in KeyValueMapStepDefinition " + policy);
            }
            parts.add(text);
        }
        var value = String.join(SEPARATOR, parts);
        if (value.getBytes(StandardCharsets.UTF_8).length > VALUE_MAX) {
            throw new Fault(500, FAULTS + "ValueTooLarge", "A value has more than %d bytes".formatted(VALUE_MAX));
        }
        maps.put(scope, scopeId, map, new Maps.Entry(key, new Secret(value)), put.override);
    }

    private String requiredKey(FlowContext context, Operation operation) throws Fault {
        var key = key(context, operation);
        if (key == null) {
            throw new Fault(
                    500, FAULTS + "KeyIsMissing", "Key element is missing in KeyValueMapStepDefinition " + policy);
        }
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_MAX) {
            throw new Fault(500, FAULTS + "KeyTooLarge", "A key has more than %d bytes".formatted(KEY_MAX));
        }
        return key;
    }

    /** The parts of the key joined by two underscores; null where one has no value. */
    private static @Nullable String key(FlowContext context, Operation operation) {
        var parts = operation.key();
        if (parts.size() == 1) {
            return parts.getFirst().text(context);
        }
        var found = new ArrayList<String>(parts.size());
        for (var part : parts) {
            var text = part.text(context);
            if (text == null) {
                return null;
            }
            found.add(text);
        }
        return String.join("__", found);
    }
}
