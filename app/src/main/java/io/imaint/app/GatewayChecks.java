package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.gateway.BundleChecks;
import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.demo.DemoLandscape;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.ProxyRecord;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.StoreProbe;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLException;

/** Guide 7 to 9: the API gateway and what leads through it to SAP. */
final class GatewayChecks {
    static final List<Check> ALL = List.of(
            new Check("7.2", "gateway", GatewayChecks::gateway),
            new Check("7.3", "api-providers", GatewayChecks::providers),
            new Check("7.4", "api-proxies", GatewayChecks::proxies),
            new Check("7.5.1", "credentials-map", GatewayChecks::credentials),
            new Check("8.1.4", "access-token", GatewayChecks::token),
            new Check("8.4", "token-read", GatewayChecks::read),
            new Check("9", "csrf-token", GatewayChecks::csrf));

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int FORBIDDEN = 403;

    /** What the proxies read from the map. */
    private static final Set<String> ENTRIES = Set.of("UserID", "Password");

    private static final Finding NO_PROXY = Finding.warn(
            "no API proxy is set up",
            "Run `imaint up`, which sets the demo landscape up, or `imaint gateway import ZIP --deploy`.");

    private static final Finding NO_APPLICATION = Finding.warn(
            "no application is configured",
            "Set sap-url, sap-token-url, sap-application-key and sap-application-secret; `imaint up` with the simulator"
                    + " has an application of its own, where gateway-port is not 0.");

    private GatewayChecks() {}

    private static Finding gateway(Check.Inputs inputs) throws InterruptedException {
        var address = GatewayClient.address(GatewaySettings.read(inputs.settings()));
        if (address.isEmpty()) {
            return Finding.warn(
                    "gateway-port is 0, so that nobody knows where the gateway answers", "Set gateway-port to a port.");
        }
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(address.get().resolve("/"))
                    .timeout(PATIENCE)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == FORBIDDEN
                    ? Finding.warn(
                            "the gateway at %s refuses calls from this machine".formatted(address.get()),
                            "Run `imaint gateway edge test 127.0.0.1`, which names the rule.")
                    : Finding.ok("the gateway answers at " + address.get());
        } catch (SSLException untrusted) {
            return Finding.warn(
                    "the gateway at %s shows a certificate that is not trusted here: %s"
                            .formatted(address.get(), untrusted.getMessage()),
                    "Import its issuer into Java's trust store, or set gateway-host to a name that it has.");
        } catch (IOException silent) {
            var home = StoreSettings.read(inputs.settings()).directory();
            var reason = "no gateway answers at " + address.get();
            return DataDirectory.running(home).isEmpty()
                    ? Finding.warn(reason, "Start it with `imaint up`.")
                    : Finding.fail(
                            reason + ", though `imaint up` runs on " + home,
                            "Give this command the gateway-host and gateway-port of the running program, and read"
                                    + " logs/imaint.log.");
        }
    }

    /** As the gateway reaches them: only it has the connections. */
    private static Finding providers(Check.Inputs inputs) throws InterruptedException {
        var home = StoreSettings.read(inputs.settings()).directory();
        if (DataDirectory.running(home).isEmpty()) {
            return Finding.warn("not tried, because no `imaint up` runs on " + home, "");
        }
        var failed = new ArrayList<String>();
        int count = 0;
        try (var program = RunningProgram.of(inputs.settings())) {
            for (var provider : program.get("/api/api-management/providers").path("items")) {
                count++;
                var name = provider.path("name").asString("");
                var tested = program.post("/api/api-management/providers/%s/test-connection".formatted(name));
                if (!tested.path("successful").asBoolean(false)) {
                    failed.add("%s: %s".formatted(name, tested.path("message").asString("")));
                }
            }
        }
        if (count == 0) {
            return Finding.warn(
                    "no API provider is set up", "Make one with POST /api/api-management/providers; /docs has a form.");
        }
        return failed.isEmpty()
                ? Finding.ok("all %d API providers answer".formatted(count))
                : Finding.fail(
                        String.join("; ", failed), "Correct the provider with PUT /api/api-management/providers/NAME.");
    }

    private interface Reading {
        Finding of(OpenGateway gateway);
    }

    /** Looks at what is stored; where there is no key of the secrets, there are none either. */
    private static Finding stored(Check.Inputs inputs, Reading reading) {
        var settings = inputs.settings();
        var sealing = GatewaySettings.read(settings).sealing();
        if (!StoreProbe.holdsAnything(StoreSettings.read(settings))
                || (sealing.key().isEmpty() && !Files.exists(sealing.file()))) {
            return NO_PROXY;
        }
        return inputs.store()
                .map(store -> reading.of(OpenGateway.of(store, settings)))
                .orElseGet(() -> Finding.warn("not looked at, because the store cannot be read", ""));
    }

    private static Finding proxies(Check.Inputs inputs) {
        return stored(inputs, gateway -> {
            var all = gateway.configuration().proxies().all().stream()
                    .map(Kept::value)
                    .toList();
            var broken = new ArrayList<String>();
            var behind = new ArrayList<String>();
            for (var proxy : all) {
                int latest = proxy.latest().number();
                if (proxy.deployed().isEmpty()) {
                    behind.add("%s is not deployed".formatted(proxy.name()));
                } else if (proxy.deployed().get() != latest) {
                    behind.add("%s has revision %d deployed, and %d is newer"
                            .formatted(proxy.name(), proxy.deployed().get(), latest));
                }
                proxy.deployed()
                        .flatMap(number -> mistake(gateway, proxy, number))
                        .ifPresent(broken::add);
            }
            if (!broken.isEmpty()) {
                return Finding.fail(
                        String.join("; ", broken),
                        "Add what is missing, or run `imaint gateway export NAME --to FOLDER` and"
                                + " `imaint gateway lint FOLDER`, which shows everything.");
            }
            if (!behind.isEmpty()) {
                return Finding.warn(String.join("; ", behind), "Run `imaint gateway deploy NAME`.");
            }
            return all.isEmpty()
                    ? NO_PROXY
                    : Finding.ok("all %d API proxies are deployed in their newest revision".formatted(all.size()));
        });
    }

    private static Optional<String> mistake(OpenGateway gateway, ProxyRecord proxy, int revision) {
        return BundleChecks.of(gateway.bundle(proxy, revision), gateway.records(), gateway.sealing()).stream()
                .filter(finding -> !finding.deployable())
                .findFirst()
                .map(BundleFinding::reason)
                .map(reason -> "%s, revision %d: %s".formatted(proxy.name(), revision, reason));
    }

    private static Finding credentials(Check.Inputs inputs) {
        return stored(inputs, gateway -> {
            if (gateway.configuration().proxies().all().isEmpty()) {
                return NO_PROXY;
            }
            var name = DemoLandscape.CREDENTIALS;
            var id = new KeyValueMap(KeyValueMap.Scope.ENVIRONMENT, "", name, true, Map.of()).id();
            Optional<KeyValueMap> map;
            try {
                map = gateway.configuration().maps().find(id).map(Kept::value);
            } catch (Failure sealed) {
                return Finding.of(sealed);
            }
            if (map.isEmpty()) {
                return Finding.fail(
                        "there is no key value map %s in the environment".formatted(name),
                        "Make it, encrypted, with the entries UserID and Password: POST"
                                + " /api/api-management/key-value-maps; /docs has a form.");
            }
            var missing = new TreeSet<>(ENTRIES);
            missing.removeAll(map.get().entries().keySet());
            if (!missing.isEmpty()) {
                return Finding.fail(
                        "key value map %s has no entry %s".formatted(name, String.join(", ", missing)),
                        "Add it with PUT /api/api-management/key-value-maps/ENVIRONMENT/%s.".formatted(name));
            }
            return map.get().encrypted()
                    ? Finding.ok("key value map %s has UserID and Password, encrypted".formatted(name))
                    : Finding.fail(
                            "key value map %s is not encrypted: policies and readers see its password".formatted(name),
                            "Remove it, and make it again with \"encrypted\": true.");
        });
    }

    private static Finding token(Check.Inputs inputs) throws InterruptedException {
        var client = GatewayClient.of(inputs.settings());
        return client.isPresent() ? client.get().token().finding() : NO_APPLICATION;
    }

    private static Finding read(Check.Inputs inputs) throws InterruptedException {
        var client = GatewayClient.of(inputs.settings());
        return client.isEmpty()
                ? NO_APPLICATION
                : client.get()
                        .read(
                                "/PlantSet?$top=1&$format=json",
                                "Accept",
                                "application/json",
                                answer -> GatewayClient.body(answer)
                                                .at("/d/results")
                                                .isArray()
                                        ? Finding.ok("plants can be read at "
                                                + client.get().service())
                                        : Finding.fail(
                                                "what %s answers is no list of plants"
                                                        .formatted(client.get().service()),
                                                "Look at the request with `imaint gateway trace`."));
    }

    private static Finding csrf(Check.Inputs inputs) throws InterruptedException {
        var client = GatewayClient.of(inputs.settings());
        return client.isEmpty()
                ? NO_APPLICATION
                : client.get()
                        .read(
                                "/",
                                "x-csrf-token",
                                "fetch",
                                answer -> answer.headers()
                                        .firstValue("x-csrf-token")
                                        .filter(token -> !token.isBlank() && !token.equalsIgnoreCase("Required"))
                                        .map(token -> Finding.ok("SAP gives CSRF tokens out through the proxy"))
                                        .orElseGet(() -> Finding.fail(
                                                "SAP gives no CSRF token out through the proxy",
                                                "Keep the header x-csrf-token in the request and the answer: look at it with"
                                                        + " `imaint gateway trace`.")));
    }
}
