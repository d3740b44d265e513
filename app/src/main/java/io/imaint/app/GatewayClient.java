package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.demo.DemoBundles;
import io.imaint.gateway.demo.DemoLandscape;
import io.imaint.integration.odata.Credentials;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configured application, as it calls a proxy that wants access tokens.
 *
 * @param service where the proxy is
 * @param client of SAP; empty for the provider's
 * @param own whether it is the gateway of this installation
 */
record GatewayClient(URI service, Credentials.Application application, String client, boolean own) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final JsonMapper JSON = new JsonMapper();

    /** That of `sap-application-key`, else the demo landscape's; empty where neither is set up, or nobody knows the port. */
    static Optional<GatewayClient> of(Settings settings) {
        var named = SapSystem.read(settings);
        if (named.isPresent()) {
            return named.filter(system -> system.credentials() instanceof Credentials.Application)
                    .map(system -> new GatewayClient(
                            system.serviceUrl(),
                            (Credentials.Application) system.credentials(),
                            system.client(),
                            false));
        }
        var gateway = address(GatewaySettings.read(settings));
        return DemoSystem.read(settings).known().flatMap(keys -> gateway.map(address -> demo(address, keys)));
    }

    private static GatewayClient demo(URI gateway, DemoLandscape.Keys keys) {
        return new GatewayClient(
                gateway.resolve("/" + DemoBundles.OAUTH_PROXY),
                new Credentials.Application(
                        gateway.resolve("/token"), new Secret(keys.key()), new Secret(keys.secret())),
                "",
                true);
    }

    /** Where the gateway of the settings answers on this machine; empty when it takes any free port. */
    static Optional<URI> address(GatewaySettings settings) {
        var host = switch (settings.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
        };
        return settings.port() == 0
                ? Optional.empty()
                : Optional.of(URI.create(
                        "%s://%s:%d".formatted(settings.tls().isPresent() ? "https" : "http", host, settings.port())));
    }

    /** What the token endpoint answers: a token, or why there is none. */
    record Issued(String token, Finding finding) {}

    Issued token() throws InterruptedException {
        var both = application.key().reveal() + ":" + application.secret().reveal();
        var basic = Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        try {
            var answer = send(HttpRequest.newBuilder(application.tokenUrl())
                    .header("Authorization", "Basic " + basic)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials")));
            var token = body(answer).path("access_token").asString("");
            if (answer.statusCode() == OK && !token.isEmpty()) {
                return new Issued(token, Finding.ok(application.tokenUrl() + " issues access tokens"));
            }
            return new Issued(
                    "",
                    Finding.fail(
                            "%s answers %s".formatted(application.tokenUrl(), said(answer)),
                            "Deploy the token proxy, and give key and secret of an application whose product is"
                                    + " approved: sap-application-key and sap-application-secret, or "
                                    + DemoSystem.FILE + " of the demo landscape."));
        } catch (IOException silent) {
            return new Issued("", silent(application.tokenUrl(), silent));
        }
    }

    /** Reads with a token of its own. */
    Finding read(String path, String header, String value, Function<HttpResponse<String>, Finding> judged)
            throws InterruptedException {
        var issued = token();
        if (issued.token.isEmpty()) {
            return Finding.warn("not tried, because no access token is issued", "");
        }
        var separator = path.indexOf('?') < 0 ? "?" : "&";
        var url = URI.create(service + path + (client.isEmpty() ? "" : separator + "sap-client=" + client));
        try {
            var answer = send(HttpRequest.newBuilder(url)
                    .header("Authorization", "Bearer " + issued.token)
                    .header(header, value)
                    .GET());
            return answer.statusCode() == OK ? judged.apply(answer) : refused(answer);
        } catch (IOException silent) {
            return silent(url, silent);
        }
    }

    private Finding refused(HttpResponse<String> answer) {
        boolean ofGateway = body(answer).has("fault");
        var remedy = ofGateway
                ? "Deploy the proxy, put it into the application's product, and look at the request with `imaint gateway trace`."
                : answer.statusCode() == 401
                        ? "Correct UserID and Password in the key value map %s.".formatted(DemoLandscape.CREDENTIALS)
                        : "Look into the log of the SAP system.";
        return Finding.fail(
                "%s: %s answers %s".formatted(service, ofGateway ? "the gateway" : "SAP", said(answer)), remedy);
    }

    /** The check of the gateway says why that of this installation is silent. */
    private Finding silent(URI url, IOException silent) {
        return own
                ? Finding.warn("not tried, because no gateway answers at " + url.resolve("/"), "")
                : Finding.fail(
                        "%s does not answer: %s".formatted(url, DataDirectory.reason(silent)),
                        "Correct sap-url and sap-token-url, or open the firewall.");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        }
    }

    static JsonNode body(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException none) {
            return JSON.nullNode();
        }
    }

    /** Status and reason, in the gateway's words where it has some. */
    private static String said(HttpResponse<String> answer) {
        var body = body(answer);
        var reason = body.path("fault")
                .path("faultstring")
                .asString(body.path("Error")
                        .asString(body.at("/error/message/value").asString("")));
        return reason.isEmpty() ? String.valueOf(answer.statusCode()) : "%d, %s".formatted(answer.statusCode(), reason);
    }
}
