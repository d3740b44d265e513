package io.imaint.simulator.basis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the SAP Gateway remembers.
 *
 * @param services by technical name; one that is missing is not registered
 * @param systemAliases those that lead to a system
 */
record Gateway(
        boolean active,
        SortedMap<String, Registration> services,
        SortedSet<String> systemAliases,
        ModelVersions model,
        VirusScan.Setting virusScan) {
    static final String LOCAL = "LOCAL";
    static final int ALIASES_MAX = 100;

    /**
     * A registered service.
     *
     * @param packageName where the registration is kept for transport
     * @param nodeActive the web server lets requests through to it
     * @param aliases those of the systems that hold its data, the first one counts; blank is possible and wrong
     */
    record Registration(String packageName, boolean nodeActive, Deployment deployment, List<String> aliases) {
        Registration {
            aliases = List.copyOf(aliases);
            if (aliases.size() > ALIASES_MAX || aliases.stream().anyMatch(alias -> !isAlias(alias))) {
                throw new IllegalArgumentException("system aliases of a service");
            }
        }

        Registration withNode(boolean active) {
            return new Registration(packageName, active, deployment, aliases);
        }

        Registration deployed(Deployment where) {
            return new Registration(packageName, nodeActive, where, aliases);
        }

        Registration withAliases(List<String> others) {
            return new Registration(packageName, nodeActive, deployment, others);
        }
    }

    Gateway {
        services = State.copy(services);
        systemAliases = Collections.unmodifiableSortedSet(new TreeSet<>(systemAliases));
        if (systemAliases.size() > ALIASES_MAX
                || systemAliases.stream().anyMatch(alias -> alias.isEmpty() || !isAlias(alias))
                || services.keySet().stream()
                        .anyMatch(name -> ServiceName.find(name).isEmpty())) {
            throw new IllegalArgumentException("services or system aliases");
        }
    }

    static boolean isAlias(String alias) {
        return alias.matches("[A-Z0-9_]{0,16}");
    }

    Gateway activated(boolean now) {
        return new Gateway(now, services, systemAliases, model, virusScan);
    }

    Gateway with(String service, UnaryOperator<Registration> change) {
        return withServices(
                State.changed(services, all -> all.computeIfPresent(service, (name, one) -> change.apply(one))));
    }

    Gateway withServices(SortedMap<String, Registration> others) {
        return new Gateway(active, others, systemAliases, model, virusScan);
    }

    Gateway withSystemAliases(SortedSet<String> others) {
        return new Gateway(active, services, others, model, virusScan);
    }

    Gateway withModel(ModelVersions other) {
        return new Gateway(active, services, systemAliases, other, virusScan);
    }

    Gateway withVirusScan(VirusScan.Setting other) {
        return new Gateway(active, services, systemAliases, model, other);
    }
}
