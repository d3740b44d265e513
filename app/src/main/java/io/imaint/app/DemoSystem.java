package io.imaint.app;

import io.imaint.gateway.Gateway;
import io.imaint.gateway.demo.DemoBundles;
import io.imaint.gateway.demo.DemoLandscape;
import io.imaint.integration.odata.Credentials;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The simulator as clients in the cloud see a SAP system: behind the API gateway, with access tokens. */
record DemoSystem(SimulatorSettings simulator, Path home) {
    /** The key and the secret of the demo application, for its owner only. */
    static final String FILE = "demo-application.json";

    private static final JsonMapper JSON = new JsonMapper();

    static DemoSystem read(Settings settings) {
        return new DemoSystem(
                SimulatorSettings.read(settings), StoreSettings.read(settings).directory());
    }

    /** Sets the demo landscape up in a gateway; the SAP system is the simulator behind it. */
    SapSystem behind(Gateway gateway, SapGateway sap) {
        var landscape = new DemoLandscape(gateway.configuration(), InstantSource.system(), new SecureRandom());
        var known = known();
        var keys = landscape.prepare(
                new DemoLandscape.Sap(sap.serviceUrl(), simulator.client(), simulator.user(), simulator.password()),
                known);
        if (!known.equals(Optional.of(keys))) {
            write(keys);
        }
        var application = new Credentials.Application(
                gateway.address().resolve("/token"), new Secret(keys.key()), new Secret(keys.secret()));
        return new SapSystem(
                gateway.address().resolve("/" + DemoBundles.OAUTH_PROXY),
                application,
                simulator.client(),
                "EN",
                SapSystems.simulated(sap, simulator).identity());
    }

    /** Empty where the file is missing or is none of ours. */
    Optional<DemoLandscape.Keys> known() {
        try {
            var file = JSON.readTree(Files.readAllBytes(home.resolve(FILE)));
            var keys = new DemoLandscape.Keys(
                    file.path("key").asString(""), file.path("secret").asString(""));
            return keys.key().isEmpty() || keys.secret().isEmpty() ? Optional.empty() : Optional.of(keys);
        } catch (IOException | JacksonException none) {
            return Optional.empty();
        }
    }

    private void write(DemoLandscape.Keys keys) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(home, FILE, null, ownerOnly);
            Files.write(fresh, JSON.writeValueAsBytes(keys));
            Files.move(fresh, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            throw new UncheckedIOException("the keys of the demo application can't be kept in " + home, full);
        }
    }
}
