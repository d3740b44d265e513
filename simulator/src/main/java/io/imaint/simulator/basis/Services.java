package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_LIMIT_REACHED;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_EXISTS;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static io.imaint.simulator.basis.BasisProblem.BASIS_STEP_MISSING;
import static io.imaint.simulator.basis.BasisProblem.BASIS_VALUE_INVALID;

import io.imaint.simulator.basis.Gateway.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The SAP Gateway's services and their administration (/IWFND/MAINT_SERVICE, SPRO, the two cache cleanups). */
public final class Services {
    private final Store store;

    Services(Store store) {
        this.store = store;
    }

    /** All that can be registered, whether or not they are. */
    public List<Service> list() {
        var gateway = store.now().gateway();
        return ServiceName.ALL.stream().map(name -> service(gateway, name)).toList();
    }

    private static Service service(Gateway gateway, ServiceName name) {
        var one = gateway.services().get(name.technicalName());
        return one == null
                ? new Service(name, false, "", false, Deployment.EMBEDDED, List.of())
                : new Service(name, true, one.packageName(), one.nodeActive(), one.deployment(), one.aliases());
    }

    public boolean gatewayActive() {
        return store.now().gateway().active();
    }

    /** Activates or deactivates the SAP Gateway as a whole (SPRO). */
    public void activateGateway(boolean active) {
        change(gateway -> gateway.activated(active));
    }

    /**
     * Registers a service, with its node not yet active and without a system alias.
     *
     * @param packageName of the customer (Z or Y), or $TMP for a local object
     */
    public void register(String service, String packageName, Deployment deployment) {
        var name = known(service);
        if (!packageName.matches("[ZY][A-Z0-9_]{1,29}|\\$TMP")) {
            throw BASIS_VALUE_INVALID.because("a package is named Z… or Y…, or $TMP for a local object");
        }
        store.change(state -> {
            if (name.equals(ServiceName.ICWP) && !state.imports().components().containsKey(Delivery.COMPONENT)) {
                throw BASIS_STEP_MISSING.because(
                        "component %s is not installed, so there is no service to add".formatted(Delivery.COMPONENT));
            }
            if (state.gateway().services().containsKey(name.technicalName())) {
                throw BASIS_OBJECT_EXISTS.because("registered service " + name.technicalName());
            }
            var registration = new Registration(packageName, false, deployment, List.of());
            return state.withGateway(state.gateway()
                    .withServices(State.changed(
                            state.gateway().services(), all -> all.put(name.technicalName(), registration))));
        });
    }

    public void unregister(String service) {
        var name = registered(service).technicalName();
        change(gateway -> gateway.withServices(State.changed(gateway.services(), all -> all.remove(name))));
    }

    /** Lets the web server's requests through to a service, or stops them. */
    public void activateNode(String service, boolean active) {
        change(service, one -> one.withNode(active));
    }

    public void deploy(String service, Deployment deployment) {
        change(service, one -> one.deployed(deployment));
    }

    /** Adds an alias to a service, as it was typed: also blank, and also one that leads nowhere. */
    public void addAlias(String service, String alias) {
        if (!Gateway.isAlias(alias)) {
            throw BASIS_VALUE_INVALID.because("a system alias has up to 16 capitals, digits or _");
        }
        changeAliases(service, aliases -> {
            if (aliases.contains(alias)) {
                throw BASIS_OBJECT_EXISTS.because("alias '%s' of %s".formatted(alias, service));
            }
            if (aliases.size() >= Gateway.ALIASES_MAX) {
                throw BASIS_LIMIT_REACHED.because("%d aliases of one service".formatted(Gateway.ALIASES_MAX));
            }
            aliases.add(alias);
        });
    }

    public void removeAlias(String service, String alias) {
        changeAliases(service, aliases -> {
            if (!aliases.remove(alias)) {
                throw BASIS_OBJECT_UNKNOWN.because("alias '%s' of %s".formatted(alias, service));
            }
        });
    }

    /** The aliases that lead to a system (SPRO: manage SAP system aliases). */
    public SortedSet<String> systemAliases() {
        return store.now().gateway().systemAliases();
    }

    public void defineSystemAlias(String alias) {
        if (alias.isEmpty() || !Gateway.isAlias(alias)) {
            throw BASIS_VALUE_INVALID.because("a system alias has 1 to 16 capitals, digits or _");
        }
        change(gateway -> {
            var aliases = new TreeSet<>(gateway.systemAliases());
            if (!aliases.add(alias)) {
                throw BASIS_OBJECT_EXISTS.because("system alias " + alias);
            }
            if (aliases.size() > Gateway.ALIASES_MAX) {
                throw BASIS_LIMIT_REACHED.because("%d system aliases".formatted(Gateway.ALIASES_MAX));
            }
            return gateway.withSystemAliases(aliases);
        });
    }

    /** Takes a system alias away; services that use it can then not be called. */
    public void removeSystemAlias(String alias) {
        change(gateway -> {
            var aliases = new TreeSet<>(gateway.systemAliases());
            if (!aliases.remove(alias)) {
                throw BASIS_OBJECT_UNKNOWN.because("system alias " + alias);
            }
            return gateway.withSystemAliases(aliases);
        });
    }

    /** Says that the service's model has another version now. Callers see it when both caches were cleaned. */
    public void modelChanged() {
        changeModel(ModelVersions::changed);
    }

    /** Cleans the hub's cache (/IWFND/CACHE_CLEANUP). */
    public void cleanHubCache() {
        changeModel(ModelVersions::withoutHub);
    }

    /** Cleans the backend's cache (/IWBEP/CACHE_CLEANUP). */
    public void cleanBackendCache() {
        changeModel(ModelVersions::withoutBackend);
    }

    /** The version of the model that the backend has, from 1 on. */
    public int modelVersion() {
        return store.now().gateway().model().model();
    }

    /** The version of the model that a request sees now; asking fills empty caches, as a request does. */
    public int visibleModelVersion() {
        int hub = store.now().gateway().model().hub();
        return hub != 0 ? hub : changeModel(ModelVersions::filled).hub();
    }

    private ModelVersions changeModel(UnaryOperator<ModelVersions> change) {
        return store.change(state -> {
                    var gateway = state.gateway();
                    return state.withGateway(gateway.withModel(change.apply(gateway.model())));
                })
                .gateway()
                .model();
    }

    private void change(UnaryOperator<Gateway> change) {
        store.change(state -> state.withGateway(change.apply(state.gateway())));
    }

    private void change(String service, UnaryOperator<Registration> change) {
        var name = registered(service).technicalName();
        change(gateway -> gateway.with(name, change));
    }

    private void changeAliases(String service, Consumer<List<String>> change) {
        change(service, one -> {
            var aliases = new ArrayList<>(one.aliases());
            change.accept(aliases);
            return one.withAliases(aliases);
        });
    }

    private ServiceName registered(String service) {
        var name = known(service);
        if (!store.now().gateway().services().containsKey(name.technicalName())) {
            throw BASIS_STEP_MISSING.because("service %s is not registered".formatted(name.technicalName()));
        }
        return name;
    }

    private static ServiceName known(String service) {
        return ServiceName.find(service).orElseThrow(() -> BASIS_OBJECT_UNKNOWN.because("service " + service));
    }
}
