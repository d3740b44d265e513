package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.BASIS_LIMIT_REACHED;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_EXISTS;
import static io.imaint.simulator.basis.BasisProblem.BASIS_OBJECT_UNKNOWN;
import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.basis.TransDirectory.Area;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** The transport directory and the import queue (STMS). */
public final class Transports {
    private static final int LOG_BYTES_MAX = 1024 * 1024;

    private final Store store;
    private final TransDirectory directory;
    private final Defaults system;
    private final InstantSource clock;
    private final ReentrantLock importing = new ReentrantLock();

    Transports(Store store, TransDirectory directory, Defaults system, InstantSource clock) {
        this.store = store;
        this.directory = directory;
        this.system = system;
        this.clock = clock;
    }

    /** All requests whose co-files lie in the transport directory. */
    public List<Transport> directory() {
        return directory.names(Area.COFILES).stream()
                .flatMap(name -> RequestName.ofCoFile(name).stream())
                .map(this::transport)
                .toList();
    }

    /** The import queue, in the order of adding. */
    public List<Transport> queue() {
        return store.now().imports().queue().stream()
                .map(request -> transport(new RequestName(request)))
                .toList();
    }

    /** Releases of the installed software components. */
    public SortedMap<String, String> components() {
        return store.now().imports().components();
    }

    /** Writes the vendor's archive. */
    public void deliver(Path archive) {
        Delivery.write(archive);
    }

    /** Copies the transport files of an archive into the transport directory; the requests whose co-files it held. */
    public List<String> unpack(Path archive) {
        var files = Delivery.read(archive);
        files.forEach((file, content) -> directory.write(file.area(), file.name(), content));
        return files.keySet().stream()
                .filter(file -> file.area() == Area.COFILES)
                .flatMap(file -> RequestName.ofCoFile(file.name()).stream())
                .map(RequestName::text)
                .toList();
    }

    /** Adds a request of the transport directory to the queue, once its files are found to be whole. */
    public void add(String request) {
        var name = RequestName.typed(request);
        if (directory.read(Area.COFILES, name.coFile(), CoFile.BYTES_MAX).isEmpty()
                && directory
                        .read(Area.DATA, name.dataFile(), DataFile.BYTES_MAX)
                        .isEmpty()) {
            throw BASIS_OBJECT_UNKNOWN.because("request %s in the transport directory".formatted(name));
        }
        dataFile(coFile(name));
        store.change(state -> {
            var imports = state.imports();
            if (imports.queue().contains(name.text())) {
                throw BASIS_OBJECT_EXISTS.because("request %s in the import queue".formatted(name));
            }
            if (imports.done().containsKey(name.text())) {
                throw BASIS_OBJECT_EXISTS.because(
                        "request %s was imported; only one left in the queue is imported again".formatted(name));
            }
            if (imports.queue().size() >= Imports.QUEUE_MAX) {
                throw BASIS_LIMIT_REACHED.because("%d requests in the queue".formatted(Imports.QUEUE_MAX));
            }
            var queue = new ArrayList<>(imports.queue());
            queue.add(name.text());
            return state.withImports(imports.withQueue(queue));
        });
    }

    public void remove(String request) {
        var name = RequestName.typed(request);
        store.change(state -> {
            verifyQueued(state, name);
            return state.withImports(without(state.imports(), name));
        });
    }

    /** Imports a request of the queue. One that fails stays there; its log says why. */
    public ImportResult run(String request, ImportOptions options) {
        var name = RequestName.typed(request);
        importing.lock();
        try {
            verifyQueued(store.now(), name);
            var log = new ImportLog(name, system.sid(), options.client(), clock.instant());
            try {
                var coFile = coFile(name);
                var data = dataFile(coFile);
                store.change(state -> {
                    new ImportCheck(state, system).run(coFile, data, options, log);
                    return log.failed() ? state : applied(state, name, data, options.leaveInQueue());
                });
                if (!log.failed()) {
                    coFile.steps().forEach(log::info);
                    data.components()
                            .forEach((component, release) -> log.info("component " + component + " " + release));
                    data.roles().forEach(role -> log.info("role " + role.name()));
                }
            } catch (Failure failure) {
                if (failure.code() != TRANSPORT_UNUSABLE) {
                    throw failure;
                }
                log.add(ImportLog.FATAL, failure.detail());
            }
            var lines = log.finish(clock.instant());
            var file = name.logFile(system.sid());
            directory.write(Area.LOG, file, (String.join("\n", lines) + "\n").getBytes(UTF_8));
            return new ImportResult(name.text(), log.returnCode(), lines, file);
        } finally {
            importing.unlock();
        }
    }

    /** The log of a request's last import; empty when there was none. */
    public Optional<String> log(String request) {
        var name = RequestName.typed(request);
        return directory
                .read(Area.LOG, name.logFile(system.sid()), LOG_BYTES_MAX)
                .map(content -> new String(content, UTF_8));
    }

    /** Deletes the transport files, and nothing else that people may have put there. */
    void clear() {
        directory.names(Area.COFILES).stream()
                .filter(name -> RequestName.ofCoFile(name).isPresent())
                .forEach(name -> directory.delete(Area.COFILES, name));
        directory.names(Area.DATA).stream()
                .filter(RequestName::isDataFile)
                .forEach(name -> directory.delete(Area.DATA, name));
        directory.names(Area.LOG).stream()
                .filter(name -> name.matches("[A-Z][A-Z0-9]{2}I9[0-9]{5}\\.[A-Z0-9]{3}"))
                .forEach(name -> directory.delete(Area.LOG, name));
    }

    private State applied(State state, RequestName name, DataFile data, boolean leaveInQueue) {
        var changed = state;
        for (var role : data.roles()) {
            changed = changed.withRole(role);
        }
        var imports = leaveInQueue ? changed.imports() : without(changed.imports(), name);
        var components = new TreeMap<>(imports.components());
        boolean model = false;
        for (var component : data.components().entrySet()) {
            var before = components.put(component.getKey(), component.getValue());
            model |= before != null && !before.equals(component.getValue());
        }
        var gateway = changed.gateway();
        return changed.withImports(imports.withComponents(components).with(name.text(), clock.instant()))
                .withGateway(model ? gateway.withModel(gateway.model().changed()) : gateway);
    }

    private static Imports without(Imports imports, RequestName name) {
        return imports.withQueue(imports.queue().stream()
                .filter(queued -> !queued.equals(name.text()))
                .toList());
    }

    private static void verifyQueued(State state, RequestName name) {
        if (!state.imports().queue().contains(name.text())) {
            throw BASIS_OBJECT_UNKNOWN.because("request %s in the import queue".formatted(name));
        }
    }

    private Transport transport(RequestName name) {
        var imports = store.now().imports();
        var done = Optional.ofNullable(imports.done().get(name.text()));
        boolean queued = imports.queue().contains(name.text());
        try {
            var coFile = coFile(name);
            dataFile(coFile);
            return new Transport(name.text(), coFile.title().description(), coFile.dependsOn(), queued, done, "");
        } catch (Failure failure) {
            return new Transport(name.text(), "", List.of(), queued, done, failure.detail());
        }
    }

    private CoFile coFile(RequestName name) {
        var content = directory
                .read(Area.COFILES, name.coFile(), CoFile.BYTES_MAX)
                .orElseThrow(() -> TRANSPORT_UNUSABLE.because("co-file %s is missing".formatted(name.coFile())));
        return CoFile.parse(name, content);
    }

    private DataFile dataFile(CoFile coFile) {
        var name = coFile.title().request().dataFile();
        var content = directory
                .read(Area.DATA, name, DataFile.BYTES_MAX)
                .orElseThrow(() -> TRANSPORT_UNUSABLE.because("data file %s is missing".formatted(name)));
        return DataFile.parse(coFile, content);
    }
}
