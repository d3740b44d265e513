package io.imaint.gateway.management;

import io.imaint.gateway.flow.Targets;
import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.LiveRegistry;
import io.imaint.gateway.registry.Resealing;
import io.imaint.gateway.registry.Sealing;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** API management over HTTP: providers, maps, certificates, proxies, products and applications, and the developer hub. */
public final class ApiManagement implements Routed {
    /**
     * What it works with.
     *
     * @param registry of this process; what is changed here it knows at once
     * @param random that nobody can guess, for keys
     */
    public record Parts(
            GatewayRecords records,
            Sealing sealing,
            LiveRegistry registry,
            ProxyRuntime runtime,
            Targets targets,
            InstantSource clock,
            RandomGenerator random) {}

    private final Parts parts;
    private final List<Routed> services;

    private ApiManagement(Parts parts) {
        this.parts = parts;
        var configuration = new Configuration(parts.records, parts.sealing, parts.registry::refresh);
        var deployments = new Deployments(parts.records.bundles(), parts.runtime);
        parts.registry.onProxies(deployments);
        var context = new Context(
                configuration,
                parts.registry,
                parts.runtime,
                deployments,
                new FindingCounts(parts.runtime, parts.registry),
                new ProviderConnection(parts.targets),
                new ApplicationKeys(parts.random),
                parts.clock);
        services = List.of(
                new ProviderRoutes(context),
                new MapRoutes(context),
                new CertificateRoutes(context),
                new ProxyRoutes(context),
                new DeploymentRoutes(context),
                new ProxyFileRoutes(context),
                new ProductRoutes(context),
                new ApplicationRoutes(context),
                new HubRoutes(context));
    }

    /** Management over these parts. From now on the runtime follows what is deployed, in whatever process. */
    public static ApiManagement start(Parts parts) {
        return new ApiManagement(parts);
    }

    @Override
    public List<Route> routes() {
        var reseal = Route.post(
                        Answers.ROOT + "/reseal", "Encrypts with the present key what the key before has encrypted")
                .permits(Permissions.ADMINISTER)
                .answers(Resealing.Resealed.class)
                .handles(() -> new Resealing(parts.records, parts.sealing).run());
        return Stream.concat(services.stream().flatMap(service -> service.routes().stream()), Stream.of(reseal))
                .toList();
    }
}
