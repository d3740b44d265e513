package io.imaint.simulator.console;

import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Deployment;
import io.imaint.simulator.basis.Parameter;
import io.imaint.simulator.basis.Service;
import io.imaint.simulator.basis.Services;
import io.imaint.simulator.console.Result.Entry;
import io.imaint.simulator.console.Result.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The SAP Gateway's administration: services, their hashes, caches, the virus scan; and the profile. */
final class GatewayOperations {
    private final Basis basis;
    private final Services services;

    GatewayOperations(Basis basis) {
        this.basis = basis;
        this.services = basis.services();
    }

    void putInto(Map<String, AdminOperations.Work> works) {
        works.put("hashes", (user, arguments) -> hashes(arguments));
        works.put("profile", (user, arguments) -> profile());
        works.put("profile set", (user, arguments) -> {
            basis.profile().set(arguments.text("key"), arguments.text("value"));
            return profile().saying(arguments.text("key") + " is set");
        });
        works.put("services", (user, arguments) -> services());
        works.put("services register", (user, arguments) -> register(arguments));
        putService(works, "unregister", "Service taken away", services::unregister);
        putService(works, "activate", "Node activated", name -> services.activateNode(name, true));
        putService(works, "deactivate", "Node deactivated", name -> services.activateNode(name, false));
        works.put("services deploy", (user, arguments) -> {
            services.deploy(arguments.text("service"), deployment(arguments));
            return services().saying("Deployment saved");
        });
        works.put("services add-alias", (user, arguments) -> {
            services.addAlias(arguments.text("service"), arguments.text("alias"));
            return services().saying("Alias added");
        });
        works.put("services remove-alias", (user, arguments) -> {
            services.removeAlias(arguments.text("service"), arguments.text("alias"));
            return services().saying("Alias removed");
        });
        works.put("services define-alias", (user, arguments) -> {
            services.defineSystemAlias(arguments.text("alias"));
            return services().saying("System alias made");
        });
        works.put("services drop-alias", (user, arguments) -> {
            services.removeSystemAlias(arguments.text("alias"));
            return services().saying("System alias taken away");
        });
        works.put("services gateway", (user, arguments) -> {
            services.activateGateway(arguments.text("state").equals("on"));
            return services().saying("The SAP Gateway is " + arguments.text("state"));
        });
        putCaches(works);
        putVirusScan(works);
    }

    private void putService(Map<String, AdminOperations.Work> works, String verb, String done, Consumer<String> work) {
        works.put("services " + verb, (user, arguments) -> {
            work.accept(arguments.text("service"));
            return services().saying(done);
        });
    }

    private void putCaches(Map<String, AdminOperations.Work> works) {
        works.put("caches", (user, arguments) -> caches());
        works.put("caches clean-hub", (user, arguments) -> {
            services.cleanHubCache();
            return caches().saying("The hub's cache is clean");
        });
        works.put("caches clean-backend", (user, arguments) -> {
            services.cleanBackendCache();
            return caches().saying("The backend's cache is clean");
        });
        works.put("caches change-model", (user, arguments) -> {
            services.modelChanged();
            return caches().saying("The model has another version");
        });
    }

    private void putVirusScan(Map<String, AdminOperations.Work> works) {
        var scan = basis.virusScan();
        works.put("virus-scan", (user, arguments) -> virusScan());
        works.put("virus-scan off", (user, arguments) -> {
            scan.switchOff();
            return virusScan().saying("The virus scan is switched off");
        });
        works.put("virus-scan use", (user, arguments) -> {
            scan.use(arguments.text("profile"));
            return virusScan().saying("Uploads are scanned");
        });
        works.put("virus-scan reset", (user, arguments) -> {
            scan.reset();
            return virusScan().saying("Nothing is decided about uploads");
        });
    }

    private Result hashes(Arguments arguments) {
        var rows =
                basis
                        .hashes()
                        .search(
                                arguments.optional("type").orElse(""),
                                arguments.optional("name").orElse(""))
                        .stream()
                        .map(row -> new Entry(
                                List.of(row.name(), row.type(), row.objectType(), row.objectName()), Map.of()))
                        .toList();
        return new Result()
                .with(new Table(
                        "hashes", "USOBHASH", List.of("name", "type", "objectType", "objectName"), rows, List.of()));
    }

    private Result profile() {
        var rows = Arrays.stream(Parameter.values())
                .map(parameter -> new Entry(
                        List.of(
                                parameter.key(),
                                basis.profile().value(parameter),
                                parameter.standard(),
                                parameter.recommended().orElse(""),
                                parameter.purpose()),
                        Map.of(
                                "key", List.of(parameter.key()),
                                "value", List.of(basis.profile().value(parameter)))))
                .toList();
        return new Result()
                .with(new Table(
                        "parameters",
                        "Profile parameters",
                        List.of("parameter", "value", "standard", "recommended", "purpose"),
                        rows,
                        List.of()));
    }

    private Result services() {
        var rows = services.list().stream()
                .map(service -> new Entry(
                        List.of(
                                service.name().technicalName(),
                                service.registered(),
                                service.nodeActive(),
                                service.deployment().name().toLowerCase(Locale.ROOT),
                                aliases(service),
                                service.packageName()),
                        AdminOperations.id("service", service.name().technicalName())))
                .toList();
        return new Result()
                .with("gateway", services.gatewayActive() ? "on" : "off")
                .with("systemAliases", List.copyOf(services.systemAliases()))
                .with(new Table(
                        "services",
                        "Services",
                        List.of("service", "registered", "node", "deployment", "aliases", "package"),
                        rows,
                        List.of(
                                "services activate",
                                "services deactivate",
                                "services add-alias",
                                "services unregister")));
    }

    /** A blank alias must be seen, since it is a mistake that people look for. */
    private static String aliases(Service service) {
        return String.join(
                " ",
                service.aliases().stream()
                        .map(alias -> alias.isEmpty() ? "(blank)" : alias)
                        .toList());
    }

    private Result register(Arguments arguments) {
        services.register(
                arguments.text("service"), arguments.optional("package").orElse("$TMP"), deployment(arguments));
        return services().saying("Service registered");
    }

    private static Deployment deployment(Arguments arguments) {
        return arguments
                .optional("deployment")
                .map(word -> Deployment.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Deployment.EMBEDDED);
    }

    private Result caches() {
        return new Result().with("modelVersion", services.modelVersion());
    }

    private Result virusScan() {
        var setting = basis.virusScan().setting();
        var words = switch (setting.mode()) {
            case NONE -> "not decided: uploads are refused";
            case SWITCHED_OFF -> "switched off: all uploads pass";
            case PROFILE -> "uploads are scanned";
        };
        return new Result()
                .with("mode", setting.mode().name())
                .with("meaning", words)
                .with("profile", setting.profile());
    }
}
