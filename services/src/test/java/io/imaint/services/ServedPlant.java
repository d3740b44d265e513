package io.imaint.services;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.service.Catalogue;
import io.imaint.kernel.service.RunningServices;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The {@link SmallPlant} in a real store, with the real services over it and the API's server in front of them. Tests
 * that only read register it in a static field, and all of a class share one; tests that write register it in a field of
 * the instance, and each gets its own.
 *
 * {@snippet :
 * @RegisterExtension
 * static final ServedPlant PLANT = new ServedPlant(WorkOrderService.MODULE);
 * }
 */
@NullMarked
public final class ServedPlant implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Caller ADMINISTRATOR = Caller.system("test");

    private final SequencedSet<ServiceModule<?>> modules = new LinkedHashSet<>();
    private final Map<String, Caller> callersByToken = new ConcurrentHashMap<>();
    private boolean shared;
    private @Nullable Running running;

    private record Running(Path home, RunningServices services, ApiServer server) {}

    /** A plant with these services and whatever they need. */
    public ServedPlant(ServiceModule<?>... modules) {
        addWithNeeds(List.of(modules));
        addWithNeeds(List.of(StoreService.MODULE));
    }

    private void addWithNeeds(List<ServiceModule<?>> added) {
        for (var module : added) {
            addWithNeeds(module.needs());
            modules.add(module);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        shared = true;
        running = start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!shared) {
            running = start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    private Running start() throws IOException {
        var home = Files.createTempDirectory("imaint-plant-");
        var catalogue = new Catalogue(modules.toArray(ServiceModule<?>[]::new));
        var services = catalogue.start(modules, Settings.of(Map.of("home", home.toString())));
        var store = services.the(StoreService.MODULE);
        SmallPlant.fill(store);
        var server = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", "0"))),
                services.all(Routed.class),
                token -> Optional.ofNullable(callersByToken.get(token)),
                new IdempotencyKeys(store, InstantSource.system()),
                services::readiness,
                Telemetry.create());
        return new Running(home, services, server);
    }

    private void stop() {
        var stopping = running;
        if (stopping == null) {
            return;
        }
        running = null;
        stopping.server.close();
        stopping.services.close();
        try (var files = Files.walk(stopping.home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Running running() {
        return Objects.requireNonNull(running, "the plant is served only while a test runs");
    }

    /** The store behind the services, to add to the plant or to see what was written. */
    public Store store() {
        return running().services.the(StoreService.MODULE);
    }

    /** A running service, for what it offers to other services. */
    public <T> T the(ServiceModule<T> module) {
        return running().services.the(module);
    }

    /** A client of the API that acts for a caller. */
    public ApiClient as(Caller caller) {
        callersByToken.put(caller.id(), caller);
        return new ApiClient(running().server.address(), caller.id());
    }

    /** A client that sends no token. */
    public ApiClient anonymous() {
        return new ApiClient(running().server.address(), null);
    }

    /** Sends a GET for a caller who may do everything in every plant. */
    public ApiClient.Answer get(String target) {
        return as(ADMINISTRATOR).get(target);
    }
}
