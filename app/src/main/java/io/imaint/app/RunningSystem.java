package io.imaint.app;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Authenticator;
import io.imaint.kernel.http.IdempotencyStore;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.auth.Access;
import io.imaint.services.auth.AuthSettings;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreSettings;
import io.imaint.store.cache.CacheService;
import java.net.URI;
import java.time.InstantSource;

/**
 * The services of this process and the API in front of them. The API opens last and closes first, so that every request
 * finds its service running.
 */
final class RunningSystem implements AutoCloseable {
    private final RunningServices services;
    private final ApiServer api;

    private RunningSystem(RunningServices services, ApiServer api) {
        this.services = services;
        this.api = api;
    }

    static RunningSystem start(String targets, Settings settings) {
        var catalogue = Targets.catalogue(settings);
        var apiSettings = ApiSettings.read(settings);
        var home = StoreSettings.read(settings).directory();
        var chosen = catalogue.chosen(targets);
        chosen.add(CacheService.MODULE); // Each process counts requests.
        var services = catalogue.start(chosen, settings);
        try {
            var telemetry = Telemetry.create();
            services.all(Metered.class).forEach(service -> service.bindTo(telemetry.registry()));
            var api = ApiServer.start(
                    apiSettings,
                    services.all(Routed.class),
                    authenticator(AdminToken.in(DataDirectory.existing(home)), services, settings),
                    answers(services),
                    services.the(CacheService.MODULE).counters(),
                    services::readiness,
                    telemetry);
            return new RunningSystem(services, api);
        } catch (RuntimeException | Error failed) {
            services.close();
            throw failed;
        }
    }

    /** Every process with a store knows its users, whichever targets it runs. */
    private static Authenticator authenticator(AdminToken administrator, RunningServices services, Settings settings) {
        var access = services.all(Access.class).stream()
                .findFirst()
                .or(() -> services.all(Store.class).stream()
                        .findFirst()
                        .map(store -> Access.over(store, AuthSettings.read(settings))));
        return access.<Authenticator>map(users -> new AdministratorFirst(administrator, users))
                .orElse(administrator);
    }

    /** Kept in the store of this process; one without a store has no routes that write. */
    private static IdempotencyStore answers(RunningServices services) {
        return services.all(Store.class).stream()
                .findFirst()
                .<IdempotencyStore>map(store -> new IdempotencyKeys(store, InstantSource.system()))
                .orElse(IdempotencyStore.NONE);
    }

    RunningServices services() {
        return services;
    }

    URI address() {
        return api.address();
    }

    @Override
    public void close() {
        api.close();
        services.close();
    }
}
