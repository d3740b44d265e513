package io.imaint.app;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.service.Landscape;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.StoreSettings;
import java.net.URI;

/**
 * The services of this process and the API in front of them. The API opens last and closes first, so that no request
 * meets a service that is not there.
 */
final class RunningSystem implements AutoCloseable {
    private final Landscape landscape;
    private final ApiServer api;

    private RunningSystem(Landscape landscape, ApiServer api) {
        this.landscape = landscape;
        this.api = api;
    }

    static RunningSystem start(String targets, Settings settings) {
        var catalogue = Targets.catalogue(settings);
        var apiSettings = ApiSettings.read(settings);
        var home = StoreSettings.read(settings).directory();
        var landscape = catalogue.start(catalogue.chosen(targets), settings);
        try {
            var telemetry = Telemetry.create();
            landscape.all(Metered.class).forEach(service -> service.bindTo(telemetry.registry()));
            var api = ApiServer.start(
                    apiSettings,
                    landscape.all(Routed.class),
                    AdminToken.in(DataDirectory.existing(home)),
                    landscape::readiness,
                    telemetry);
            return new RunningSystem(landscape, api);
        } catch (RuntimeException | Error failed) {
            landscape.close();
            throw failed;
        }
    }

    Landscape landscape() {
        return landscape;
    }

    URI address() {
        return api.address();
    }

    @Override
    public void close() {
        api.close();
        landscape.close();
    }
}
