package io.imaint.simulator.basis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says whether a request reaches its service, step by step as SAP's layers do: the web server's node, the SAP Gateway
 * as a whole, the registration, the system alias, the user's authorization.
 */
final class ServiceCheck {
    /** What a caller may see without authorization for the service: its document and its metadata. */
    private static final Set<String> OPEN = Set.of("", "/", "/$metadata");

    private static final Map<ServiceName, List<String>> HASHES =
            ServiceName.ALL.stream().collect(Collectors.toMap(name -> name, UsobHash::hashes));

    private final Store store;
    private final Roles roles;

    ServiceCheck(Store store, Roles roles) {
        this.store = store;
        this.roles = roles;
    }

    /** The web server's refusal, which comes before any log-on. */
    Optional<Refusal> node(String path) {
        return ServiceName.in(path)
                .filter(asked -> {
                    var service =
                            store.now().gateway().services().get(asked.service().technicalName());
                    return service != null && !service.nodeActive();
                })
                .map(asked -> Refusal.page(
                        403,
                        "Service cannot be reached",
                        "The URL %s was not called due to an error: 403 Forbidden. ICF node inactive."
                                .formatted(path)));
    }

    Optional<Refusal> service(String path, String user) {
        var gateway = store.now().gateway();
        if (!gateway.active()) {
            return Optional.of(Refusal.odata(500, "/IWFND/CM_COS/003", "SAP Gateway has been deactivated"));
        }
        var asked = ServiceName.in(path);
        if (asked.isEmpty()) {
            return Optional.of(notFound(new ServiceName("", path.substring(path.lastIndexOf('/') + 1), "0001")));
        }
        var name = asked.get().service();
        var service = gateway.services().get(name.technicalName());
        if (service == null) {
            return Optional.of(notFound(name));
        }
        return alias(gateway, service, name, user).or(() -> authorization(asked.get(), user));
    }

    private static Refusal notFound(ServiceName name) {
        return Refusal.odata(
                403,
                "/IWFND/MED/170",
                "No service found for namespace '%s', name '%s', version '%s'"
                        .formatted(name.namespace(), name.name(), name.version()));
    }

    /** Codes and the first text are from real systems; the texts of the other two are assumptions. */
    private static Optional<Refusal> alias(
            Gateway gateway, Gateway.Registration service, ServiceName name, String user) {
        if (service.aliases().isEmpty()) {
            return service.deployment() == Deployment.EMBEDDED
                    ? Optional.empty()
                    : Optional.of(Refusal.odata(
                            500,
                            "/IWFND/CM_COS/064",
                            "No System Alias found for Service '%s' and user '%s'"
                                    .formatted(name.technicalName(), user)));
        }
        var alias = service.aliases().getFirst();
        if (alias.isEmpty()) {
            return Optional.of(Refusal.odata(
                    500, "/IWFND/CM_COS/002", "System Alias of Service '%s' is empty".formatted(name.technicalName())));
        }
        return gateway.systemAliases().contains(alias)
                ? Optional.empty()
                : Optional.of(Refusal.odata(
                        500,
                        "/IWFND/CM_COS/086",
                        "Service '%s' cannot be called by System Alias '%s'".formatted(name.technicalName(), alias)));
    }

    private Optional<Refusal> authorization(ServiceName.Path asked, String user) {
        boolean permitted = OPEN.contains(asked.rest())
                || HASHES.getOrDefault(asked.service(), List.of()).stream()
                        .allMatch(hash -> roles.permitsService(user, hash));
        return permitted
                ? Optional.empty()
                : Optional.of(Refusal.odata(
                        403,
                        "/IWFND/CM_CONSUMER/101",
                        "No authorization to access Service '%s'"
                                .formatted(asked.service().technicalName())));
    }
}
