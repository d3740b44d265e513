package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Defaults;
import io.imaint.simulator.basis.ServiceName;
import io.imaint.simulator.batch.Batch;
import io.imaint.simulator.console.RequestLog;
import io.imaint.simulator.console.StateKeeper;
import io.imaint.simulator.faults.FaultPlan;
import io.imaint.simulator.model.CatalogModel;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.ServiceModel;
import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import io.imaint.simulator.odata.ODataService;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.SapMessage;
import io.imaint.simulator.state.StateFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The simulated SAP system without its web server: the plant, the basis, the services, and what goes wrong with them. */
final class SimulatedSystem implements AutoCloseable, StateKeeper {
    private static final String SID = "S4H";
    private static final int TOKEN_BYTES = 24;

    private final InstantSource clock;
    private final Optional<StateFolder> folder;
    private final PlantState plant;
    private final Basis basis;
    private final FaultPlan faults;
    private final RequestLog log = new RequestLog();
    private final ODataService service;
    private final List<Target> targets;
    private final String token = HexFormat.of().formatHex(SecureRandom.getSeed(TOKEN_BYTES));
    private volatile String address = "";
    private volatile Optional<AddressFile> addressFile = Optional.empty();

    /**
     * A service and where it is found.
     *
     * @param path of its root
     */
    record Target(String path, Function<ODataRequest, Answer> service) {}

    private SimulatedSystem(
            SimulatorSettings settings, PlantData data, Optional<StateFolder> folder, InstantSource clock) {
        this.clock = clock;
        this.folder = folder;
        this.plant =
                folder.map(kept -> PlantState.in(kept, data, clock)).orElseGet(() -> PlantState.inMemory(data, clock));
        this.basis = Basis.open(
                folder.map(StateFolder::path),
                new Defaults(SID, settings.client(), settings.user(), settings.password(), settings.landscape()),
                clock,
                new SecureRandom());
        this.faults = new FaultPlan(settings.seed(), clock);
        settings.faults().forEach(faults::add);
        this.service = new ODataService(
                IcwpModel.MODEL,
                plant,
                clock,
                new ODataService.Options(
                        settings.deltaLife(), this::scan, () -> basis.services().visibleModelVersion()));
        var catalog = PlantState.inMemory(new ServiceCatalog(basis.services(), () -> address), clock);
        this.targets = List.of(
                target(IcwpModel.MODEL, service),
                target(CatalogModel.VERSION_2, catalogue(CatalogModel.VERSION_2, catalog)),
                target(CatalogModel.VERSION_1, catalogue(CatalogModel.VERSION_1, catalog)));
    }

    private ODataService catalogue(ServiceModel model, PlantState services) {
        return new ODataService(model, services, clock, ODataService.Options.USUAL);
    }

    private static Target target(ServiceModel model, ODataService service) {
        var batch = new Batch(service);
        return new Target(
                model.path(),
                request -> request.path().equals(Batch.PATH) ? batch.answer(request) : service.answer(request));
    }

    /** A system that forgets all changes when the program ends. */
    static SimulatedSystem inMemory(SimulatorSettings settings, PlantData data, InstantSource clock) {
        return new SimulatedSystem(settings, data, Optional.empty(), clock);
    }

    /** A system that keeps its changes in the folder of the settings. */
    static SimulatedSystem kept(SimulatorSettings settings, PlantData data, InstantSource clock) {
        var folder = StateFolder.at(settings.folder(), clock);
        try {
            return new SimulatedSystem(settings, data, Optional.of(folder), clock);
        } catch (RuntimeException failed) {
            folder.close();
            throw failed;
        }
    }

    private Optional<SapMessage> scan(byte[] content) {
        return basis.virusScan().scan(content).map(refusal -> SapMessage.error(refusal.code(), refusal.text(), ""));
    }

    /** Under which scheme, host and port it is found; known when its web server has started. */
    void foundAt(String newAddress, Path file) {
        address = newAddress;
        addressFile = folder.map(kept -> AddressFile.write(file, newAddress, token, plant.fingerprint()));
    }

    /** Whoever has it is an administrator; it is only in the address file. */
    String token() {
        return token;
    }

    String address() {
        return address;
    }

    InstantSource clock() {
        return clock;
    }

    PlantState plant() {
        return plant;
    }

    Basis basis() {
        return basis;
    }

    FaultPlan faults() {
        return faults;
    }

    RequestLog log() {
        return log;
    }

    ODataService service() {
        return service;
    }

    Optional<Path> path() {
        return folder.map(StateFolder::path);
    }

    /** The service that a path leads to; the basis has let it through, so it is registered. */
    Target target(ServiceName.Path path) {
        return targets.stream()
                .filter(target -> target.path().equals(path.service().path()))
                .findFirst()
                .orElseThrow(() -> ODataFault.noService(path.service().name()));
    }

    /** The user whom an Authorization header names, whether it is right or not; empty where it names none. */
    String claimedUser(String authorization) {
        if (!authorization.regionMatches(true, 0, "basic ", 0, 6)) {
            return "";
        }
        try {
            var pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? "" : pair.substring(0, colon).toUpperCase(Locale.ROOT);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    @Override
    public void reset() {
        plant.reset();
        basis.reset();
    }

    @Override
    public void snapshot(String name) {
        plant.still(() -> keptFolder().snapshot(name));
    }

    @Override
    public void restore(String name) {
        keptFolder();
        plant.restore(name);
        basis.restore(keptFolder().path().resolve("basis.json"));
    }

    @Override
    public List<String> snapshots() {
        return folder.map(StateFolder::snapshots).orElse(List.of());
    }

    private StateFolder keptFolder() {
        return folder.orElseThrow(() -> new IllegalStateException("this simulator keeps nothing"));
    }

    @Override
    public void close() {
        addressFile.ifPresent(AddressFile::close);
        plant.close();
        folder.ifPresent(StateFolder::close);
    }
}
