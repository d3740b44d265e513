package io.imaint.simulator.basis;

import java.util.HashSet;

/** The checks of an import before anything is changed; each finding goes to the log with its return code. */
final class ImportCheck {
    private final State state;
    private final Defaults system;

    ImportCheck(State state, Defaults system) {
        this.state = state;
        this.system = system;
    }

    void run(CoFile coFile, DataFile data, ImportOptions options, ImportLog log) {
        if (!options.client().equals(system.client())) {
            log.add(ImportLog.FATAL, "client %s does not exist in system %s".formatted(client(options), system.sid()));
            return;
        }
        for (var needed : coFile.dependsOn()) {
            if (!state.imports().done().containsKey(needed)) {
                log.add(ImportLog.ERROR, "import base first: request %s is not in the system".formatted(needed));
            }
        }
        coFile.components().forEach((component, release) -> component(component, release, options, log));
        roles(data, log);
        if (!log.failed()
                && state.imports().done().containsKey(coFile.title().request().text())) {
            log.add(ImportLog.WARNING, "request is imported again and overwrites what was changed since");
        }
    }

    private void component(String component, String release, ImportOptions options, ImportLog log) {
        var installed = state.imports().components().getOrDefault(component, "none");
        if (installed.equals(release)) {
            return;
        }
        var finding = "request does not match component version: %s is %s, but the request was made with %s"
                .formatted(component, installed, release);
        if (options.ignoreComponentVersion()) {
            log.add(ImportLog.WARNING, finding + " (ignored)");
        } else {
            log.add(ImportLog.ERROR, finding);
        }
    }

    private void roles(DataFile data, ImportLog log) {
        var names = new HashSet<>(state.roles().keySet());
        for (var role : data.roles()) {
            names.add(role.name());
            if (role.name().startsWith("SAP_")) {
                log.add(ImportLog.FATAL, "role %s is SAP's and is not overwritten".formatted(role.name()));
            }
        }
        if (names.size() > State.ROLES_MAX) {
            log.add(ImportLog.ERROR, "the system holds no more than %d roles".formatted(State.ROLES_MAX));
        }
        if (state.imports().done().size() >= Imports.DONE_MAX) {
            log.add(ImportLog.ERROR, "the system remembers no more than %d imports".formatted(Imports.DONE_MAX));
        }
    }

    /** What was typed may be anything; the log is for reading. */
    private static String client(ImportOptions options) {
        return options.client().matches("[0-9]{3}") ? options.client() : "of another form than three digits";
    }
}
