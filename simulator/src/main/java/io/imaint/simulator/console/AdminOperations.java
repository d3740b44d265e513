package io.imaint.simulator.console;

import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Role;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.state.PlantState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Does what administrators ask for, whichever way they ask: the pages and the JSON interface only translate.
 *
 * <pre>
 *   pages ──────┐
 *               ├──► AdminOperations.run(user, operation, arguments) ──► plant, users, services, faults …
 *   admin API ──┘
 * </pre>
 */
public final class AdminOperations {
    /**
     * The simulated system, part by part.
     *
     * @param client three digits
     * @param about what else the status says, such as port and address
     */
    public record Parts(
            PlantState plant,
            Basis basis,
            FaultPlan faults,
            RequestLog log,
            StateKeeper keeper,
            InstantSource clock,
            String client,
            Supplier<Map<String, Object>> about) {}

    /** How an operation is done. */
    interface Work {
        Result run(String user, Arguments arguments);
    }

    private final Parts parts;
    private final PlantOperations plant;
    private final Map<String, Work> works = new HashMap<>();

    public AdminOperations(Parts parts) {
        this.parts = parts;
        this.plant = new PlantOperations(parts.plant(), parts.basis().roles(), parts.clock());
        plant.putInto(works);
        new UserOperations(parts.basis()).putInto(works);
        new GatewayOperations(parts.basis()).putInto(works);
        new TransportOperations(parts.basis(), parts.client(), parts.plant().folder()).putInto(works);
        new SystemOperations(parts, parts.clock().instant()).putInto(works);
        var listed = Operation.all().stream().map(Operation::command).toList();
        if (!works.keySet().containsAll(listed) || works.size() != listed.size()) {
            throw new AssertionError("operations.txt and the code differ");
        }
    }

    /** Whether a user is an administrator: one that has the role SAP_ALL today. */
    public boolean isAdministrator(String user) {
        var today = LocalDate.ofInstant(parts.clock().instant(), ZoneOffset.UTC);
        return parts.basis().users().find(user).stream()
                .flatMap(found -> found.assignments().stream())
                .anyMatch(role ->
                        role.role().equals(Role.ALL) && !today.isBefore(role.from()) && !today.isAfter(role.to()));
    }

    Result run(String user, Operation operation, Arguments arguments) {
        var work = works.get(operation.command());
        if (work == null) {
            throw new AssertionError(operation.command());
        }
        return work.run(user, arguments);
    }

    /** The form for a change of an entity, with its values as they are. */
    Result changeForm(Map<String, List<String>> entity) {
        return plant.form(Arguments.of(Operation.named("open"), entity));
    }

    Instant now() {
        return parts.clock().instant();
    }

    /** One column of a row's name, for the operations that need no more. */
    static Map<String, List<String>> id(String field, String value) {
        return Map.of(field, List.of(value));
    }
}
