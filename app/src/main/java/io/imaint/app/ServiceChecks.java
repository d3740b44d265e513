package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.ServiceAddress;
import io.imaint.services.seed.SeedSettings;
import io.imaint.services.seed.SeedSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Guide 2.1: the seed data, and the services of other makes that the settings name. */
final class ServiceChecks {
    static final List<Check> ALL = List.of(
            new Check("2.1", "seed-source", ServiceChecks::seedSource),
            new Check("2.1", "s3", ServiceChecks::bucket),
            new Check("2.1", "broker", ServiceChecks::broker),
            new Check("2.1", "redis", ServiceChecks::redis));

    private static final int SERVER_ERRORS = 500;

    private ServiceChecks() {}

    private static Finding seedSource(Check.Inputs inputs) {
        var source = SeedSettings.read(inputs.settings()).source();
        var findings = SeedCommand.findings(source);
        if (findings.isEmpty()) {
            return Finding.ok("the seed data of %s can be read and is valid by itself".formatted(source));
        }
        return Finding.fail(
                "%d mistakes in %s, the first: %s"
                        .formatted(findings.size(), source, findings.getFirst().line()),
                "Run `imaint seed --from %s --check`, which lists all of them.".formatted(source));
    }

    private static Finding bucket(Check.Inputs inputs) throws InterruptedException {
        var settings = SeedSettings.read(inputs.settings());
        if (settings.source() instanceof SeedSource.Bucket bucket) {
            var found = bucket.probe();
            return settings.endpoint().filter(ServiceChecks::isOpen).isPresent()
                    ? Finding.warn(found + ", but without TLS", "Use https:// in seed-s3-endpoint.")
                    : Finding.ok(found);
        }
        return settings.endpoint().isEmpty()
                ? Finding.ok("seed-from names no bucket; the embedded default is used")
                : endpoint(settings.endpoint().get());
    }

    private static boolean isOpen(URI endpoint) {
        return "http".equals(endpoint.getScheme())
                && !ServiceAddress.isLoopback(Objects.requireNonNullElse(endpoint.getHost(), ""));
    }

    /** Without a bucket there are no rights to try, only whether anybody answers. */
    private static Finding endpoint(URI endpoint) throws InterruptedException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(ServiceConnection.PATIENCE)
                .build()) {
            var request = HttpRequest.newBuilder(endpoint)
                    .timeout(ServiceConnection.PATIENCE)
                    .build();
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status < SERVER_ERRORS
                    ? Finding.warn(
                            endpoint + " answers; rights are not checked, because seed-from names no bucket",
                            "Set seed-from to s3://BUCKET/PREFIX.")
                    : Finding.fail("%s answers %d".formatted(endpoint, status), "Read the log of the store behind it.");
        } catch (IOException silent) {
            return Finding.fail(
                    "%s does not answer: %s".formatted(endpoint, DataDirectory.reason(silent)),
                    "Start the store, or correct seed-s3-endpoint.");
        }
    }

    private static Finding broker(Check.Inputs inputs) {
        return worst(
                "amqp-uri",
                BackingServices.read(inputs.settings()).amqp(),
                address -> new AmqpProbe(address, ServiceConnection.PATIENCE).find());
    }

    private static Finding redis(Check.Inputs inputs) {
        return worst(
                "redis-uri",
                BackingServices.read(inputs.settings()).redis(),
                address -> new RedisProbe(address, ServiceConnection.PATIENCE).find());
    }

    /** Each host of a cluster is asked; what is wrong with any of them is said. */
    private static Finding worst(String key, List<ServiceAddress> hosts, Function<ServiceAddress, Finding> probe) {
        return hosts.stream()
                .map(probe)
                .max(Comparator.comparing(Finding::state))
                .orElseGet(() -> Finding.ok(key + " is not set; the embedded default is used"));
    }
}
