package io.imaint.gateway;

import io.imaint.gateway.registry.SealingSettings;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway listens, and who may come.
 *
 * @param port 0 takes a free one
 * @param threads that serve connections; each keeps one core busy at most
 * @param tls empty for plain HTTP
 * @param webAcl the file of the perimeter; empty for none
 * @param logsAllowed whether the perimeter logs also what it lets through
 * @param exchangeTimeout how long an exchange may take until its answer begins, with all callouts
 * @param tooManyRequests the status of an exceeded quota: 500, as SAP answers, or 429
 * @param shared the API's settings, of which the gateway uses the trusted proxies and the limits of connections
 */
public record GatewaySettings(
        String host,
        int port,
        int threads,
        Optional<TlsFiles> tls,
        Optional<Path> webAcl,
        boolean logsAllowed,
        Duration exchangeTimeout,
        int tooManyRequests,
        SealingSettings sealing,
        ApiSettings shared) {
    private static final int PORT = 8090;

    /** One fewer than the cores, so that what may wait has one too. */
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final int THREADS_MAX = 64;

    /** Twice the time that a target has, and some seconds for policies: a callout and the target may both be slow. */
    private static final Duration EXCHANGE_TIMEOUT = Duration.ofMinutes(2);

    /**
     * The certificate that clients see.
     *
     * @param chain PEM, the own certificate first
     * @param key PKCS #8 as PEM
     * @param clientAuthorities PEM; where it is given, clients must show a certificate of these
     */
    public record TlsFiles(Path chain, Path key, Optional<Path> clientAuthorities) {}

    public static GatewaySettings read(Settings settings) {
        return new GatewaySettings(
                settings.text("gateway-host", "127.0.0.1", "the address that the API gateway listens on"),
                settings.integer("gateway-port", PORT, 0, 65_535, "the port of the API gateway; 0 for any free one"),
                settings.integer(
                        "gateway-threads", THREADS, 1, THREADS_MAX, "the threads that serve the gateway's connections"),
                tls(settings),
                file(settings, "gateway-web-acl", "the file with the rules of the perimeter, in the form of AWS WAFv2"),
                settings.choice(
                                "gateway-log-requests",
                                List.of("blocked", "all"),
                                "blocked",
                                "which decisions of the perimeter are logged")
                        .equals("all"),
                settings.duration(
                        "gateway-exchange-timeout",
                        EXCHANGE_TIMEOUT,
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        "how long the gateway may take until it answers a request, with all callouts; then 504. Not for requests whose body passes by"),
                Integer.parseInt(settings.choice(
                        "gateway-too-many-status",
                        List.of("500", "429"),
                        "500",
                        "the status of an exceeded quota or spike arrest: 500 as SAP answers, or 429")),
                SealingSettings.read(settings),
                ApiSettings.read(settings));
    }

    private static Optional<Path> file(Settings settings, String key, String description) {
        return settings.path(key, description);
    }

    private static Optional<TlsFiles> tls(Settings settings) {
        var chain = file(settings, "gateway-tls-certificate", "the gateway's certificate and those above it, as PEM");
        var key = file(settings, "gateway-tls-key", "the private key of gateway-tls-certificate, PKCS #8 as PEM");
        var authorities = file(
                settings,
                "gateway-tls-client-authorities",
                "certificates, as PEM, one of which must have signed the client's certificate");
        if (chain.isPresent() != key.isPresent() || (authorities.isPresent() && chain.isEmpty())) {
            settings.report("gateway-tls-certificate and gateway-tls-key need each other");
            return Optional.empty();
        }
        return chain.map(path -> new TlsFiles(path, key.orElseThrow(), authorities));
    }
}
