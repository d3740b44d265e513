package io.imaint.simulator.console;

import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.ImportOptions;
import io.imaint.simulator.basis.Transport;
import io.imaint.simulator.basis.Transports;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.StateFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transport directory and the import queue. */
final class TransportOperations {
    private static final String ARCHIVE = "iMaintenance-transports-2506.zip";

    private final Transports transports;
    private final String client;
    private final Optional<Path> folder;

    TransportOperations(Basis basis, String client, Optional<StateFolder> folder) {
        this.transports = basis.transports();
        this.client = client;
        this.folder = folder.map(StateFolder::path);
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("transports", (user, arguments) -> list());
        works.put("transports deliver", (user, arguments) -> {
            var archive = archive(arguments.optional("archive").orElse(ARCHIVE));
            transports.deliver(archive);
            return list().with("archive", archive.toString()).saying("The vendor's archive is written: " + archive);
        });
        works.put("transports unpack", (user, arguments) -> {
            var requests = transports.unpack(archive(arguments.text("archive")));
            return list().saying("Unpacked: " + String.join(" ", requests));
        });
        works.put("transports add", (user, arguments) -> {
            transports.add(arguments.text("request"));
            return list().saying("Added to the import queue");
        });
        works.put("transports remove", (user, arguments) -> {
            transports.remove(arguments.text("request"));
            return list().saying("Taken out of the import queue");
        });
        works.put("transports import", (user, arguments) -> run(arguments));
        works.put("transports log", (user, arguments) -> log(arguments.text("request")));
    }

    /** Only files of the state folder: an administrator of the simulated system need not be one of this machine. */
    private Path archive(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}\\.zip")) {
            throw new WrongUse("an archive is a file of the state folder such as " + ARCHIVE + ", not a path");
        }
        return folder.map(path -> path.resolve(name))
                .orElseThrow(
                        () -> new WrongUse("this simulator keeps nothing in a folder: start it with a state folder"));
    }

    private Result list() {
        return new Result()
                .with("components", transports.components())
                .with(new Table(
                        "queue",
                        "Import queue",
                        List.of("request", "description", "dependsOn", "problem"),
                        transports.queue().stream()
                                .map(TransportOperations::queued)
                                .toList(),
                        List.of("transports import", "transports remove")))
                .with(new Table(
                        "directory",
                        "Transport directory",
                        List.of("request", "description", "dependsOn", "queued", "imported", "problem"),
                        transports.directory().stream()
                                .map(TransportOperations::found)
                                .toList(),
                        List.of("transports add", "transports log")));
    }

    private static Entry queued(Transport one) {
        return new Entry(
                List.of(one.request(), one.description(), String.join(" ", one.dependsOn()), one.problem()),
                AdminOperations.id("request", one.request()));
    }

    private static Entry found(Transport one) {
        return new Entry(
                List.of(
                        one.request(),
                        one.description(),
                        String.join(" ", one.dependsOn()),
                        one.queued(),
                        one.imported().map(Instant::toString).orElse(""),
                        one.problem()),
                AdminOperations.id("request", one.request()));
    }

    private Result run(Arguments arguments) {
        var options = new ImportOptions(
                arguments.optional("client").orElse(client),
                arguments.flag("leave-in-queue"),
                arguments.flag("ignore-component-version"));
        var done = transports.run(arguments.text("request"), options);
        return Result.text(String.join("\n", done.log()))
                .with("request", done.request())
                .with("returnCode", done.returnCode())
                .with("done", done.done())
                .saying("%s %s with return code %d"
                        .formatted(done.request(), done.done() ? "is imported" : "is not imported", done.returnCode()));
    }

    private Result log(String request) {
        return Result.text(transports
                .log(request)
                .orElseThrow(() -> Refusal.notFound("TP/000", "Request " + request + " was not imported")));
    }
}
