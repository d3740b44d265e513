package io.imaint.gateway.management;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.kernel.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Asks the catalog of an API provider: whether it answers, and what services it has. */
final class ProviderConnection {
    /** As SAP's test of a connection waits. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /** The list of all services of a large system takes some seconds to make. */
    private static final Duration CATALOG_TIMEOUT = Duration.ofSeconds(30);

    private final Targets targets;

    ProviderConnection(Targets targets) {
        this.targets = targets;
    }

    /** What came of a test; the message is in SAP's words where it succeeded. */
    record Tested(boolean successful, int status, String message) {}

    Tested test(ApiProvider provider) {
        Message answer;
        try {
            answer = exchange(provider, "HEAD", "", READ_TIMEOUT);
        } catch (TargetFailure failed) {
            return new Tested(false, 0, reason(provider, failed));
        }
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Tested(
                    true,
                    status,
                    "Connection to the system was successful with response code: %d; Message: %s."
                            .formatted(status, phrase(answer)));
        }
        if (status == 405 || status == 501) {
            return new Tested(
                    true,
                    status,
                    "System is up and reachable. However, the ping check responded with code: %d; Message: %s."
                            .formatted(status, phrase(answer)));
        }
        return new Tested(false, status, refusal(provider, answer));
    }

    /** HTTP/2 has no phrases, and some servers leave them out. */
    private static String phrase(Message answer) {
        var known = switch (answer.status()) {
            case 200 -> "OK";
            case 204 -> "No Content";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 503 -> "Service Unavailable";
            default -> "";
        };
        return answer.reason().isBlank() ? known : answer.reason();
    }

    private static String refusal(ApiProvider provider, Message answer) {
        var said = "The system answered with code: %d; Message: %s. ".formatted(answer.status(), phrase(answer));
        return said
                + switch (answer.status()) {
                    case 401 -> "Correct user and password of the catalog.";
                    case 403 -> "Give the user the authorization for the catalog service.";
                    case 404 ->
                        "Correct path prefix and service collection; the path was %s.".formatted(path(provider, ""));
                    case 301, 302, 307, 308 -> "Correct host, port and TLS: it sends clients elsewhere.";
                    default -> "Look into the log of the system.";
                };
    }

    private static String reason(ApiProvider provider, TargetFailure failed) {
        var what = switch (failed.kind()) {
            case UNREACHABLE, NO_CONNECTOR -> "No connection to %s".formatted(provider.origin());
            case TIMEOUT ->
                "%s did not answer within %d seconds".formatted(provider.origin(), READ_TIMEOUT.toSeconds());
            case BROKEN, WRITE_TIMEOUT, ABANDONED -> "The connection to %s broke".formatted(provider.origin());
            case TOO_LARGE, INVALID -> "The answer of %s can't be read".formatted(provider.origin());
        };
        return "%s: %s".formatted(what, failed.getMessage());
    }

    /** The services of the catalog, in its order; fails with {@link RegistryProblem#API_PROVIDER_UNREACHABLE}. */
    List<CatalogService> services(ApiProvider provider) {
        Message answer;
        try {
            answer = exchange(provider, "GET", "$format=json", CATALOG_TIMEOUT);
        } catch (TargetFailure failed) {
            throw RegistryProblem.API_PROVIDER_UNREACHABLE.because(reason(provider, failed), failed);
        }
        if (answer.status() != 200) {
            throw RegistryProblem.API_PROVIDER_UNREACHABLE.because(refusal(provider, answer));
        }
        try {
            return CatalogService.list(answer);
        } catch (CatalogService.Unreadable unreadable) {
            throw RegistryProblem.API_PROVIDER_UNREACHABLE.because(
                    "the answer of %s is no list of services: %s"
                            .formatted(path(provider, ""), unreadable.getMessage()),
                    unreadable);
        }
    }

    private static String path(ApiProvider provider, String query) {
        var path = provider.pathPrefix() + provider.catalogPath();
        return (path.isEmpty() ? "/" : path) + (query.isEmpty() ? "" : "?" + query);
    }

    private Message exchange(ApiProvider provider, String verb, String query, Duration timeout) throws TargetFailure {
        var client = provider.sapClient().isEmpty() ? "" : "sap-client=" + provider.sapClient();
        var asked = query.isEmpty() || client.isEmpty() ? query + client : query + "&" + client;
        var request = Message.request(verb, path(provider, ""), asked);
        request.headers().set("Accept", "application/json, application/atom+xml;q=0.9, */*;q=0.1");
        provider.user().ifPresent(user -> request.headers().set("Authorization", basic(user, provider.password())));
        try {
            return targets.exchange(new TargetCall(
                    provider.origin(),
                    provider.onPremise() ? provider.locationId() : null,
                    request,
                    CONNECT_TIMEOUT,
                    timeout,
                    false,
                    provider.trustStore(),
                    provider.keyStore()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new TargetFailure(TargetFailure.Kind.BROKEN, "the server stops");
        }
    }

    private static String basic(String user, java.util.Optional<Secret> password) {
        var both = user + ":" + password.map(Secret::reveal).orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
