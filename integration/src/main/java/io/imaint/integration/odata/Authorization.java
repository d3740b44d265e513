package io.imaint.integration.odata;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webclient.api.WebClient;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The header with which requests show who sends them. Access tokens are fetched when they are needed and shared by all requests. */
final class Authorization {
    private static final JsonMapper JSON = new JsonMapper();

    /** A token is not used in its last seconds, so that none expires on its way. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    /** Where the answer does not say it. */
    private static final Duration LIFE_DEFAULT = Duration.ofMinutes(5);

    /** A token and what is said about it have some hundred characters. */
    private static final int ANSWER_MAX = 64 * 1024;

    private record Token(Header header, Instant until) {}

    private final Credentials credentials;
    private final WebClient http;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Token token;

    Authorization(Credentials credentials, WebClient http, InstantSource clock) {
        this.credentials = credentials;
        this.http = http;
        this.clock = clock;
    }

    /** The header for a request; empty where nothing is sent. Waits for a token when there is none. */
    Optional<Header> header() {
        return switch (credentials) {
            case Credentials.Basic basic ->
                basic.user().isEmpty()
                        ? Optional.empty()
                        : Optional.of(secret(
                                "Authorization",
                                "Basic " + pair(basic.user(), basic.password().reveal())));
            case Credentials.ApiKey key ->
                Optional.of(secret("x-api-key", key.key().reveal()));
            case Credentials.Application application -> Optional.of(token(application).header);
        };
    }

    /**
     * Forgets a token that API Management refused.
     *
     * @return whether the request may be sent again, because another token may do
     */
    boolean refused(Header used, String challenge) {
        var present = token;
        if (!(credentials instanceof Credentials.Application) || !challenge.startsWith("Bearer")) {
            return false; // SAP itself refused the user whom API Management logs on.
        }
        if (present != null && present.header.equals(used)) {
            token = null;
        }
        return true;
    }

    private static Header secret(String name, String value) {
        return HeaderValues.create(HeaderNames.create(name), false, true, value);
    }

    private static String pair(String name, String secret) {
        return Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private Token token(Credentials.Application application) {
        fetching.lock();
        try {
            var present = token;
            if (present == null || clock.instant().isAfter(present.until)) {
                present = fetched(application);
                token = present;
            }
            return present;
        } finally {
            fetching.unlock();
        }
    }

    private Token fetched(Credentials.Application application) {
        var where = "POST " + application.tokenUrl();
        try (var answer = http.post()
                .uri(application.tokenUrl())
                .header(secret(
                        "Authorization",
                        "Basic "
                                + pair(
                                        application.key().reveal(),
                                        application.secret().reveal())))
                .header(HeaderNames.CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(HeaderNames.ACCEPT, "application/json")
                .submit("grant_type=client_credentials")) {
            var text = new String(answer.inputStream().readNBytes(ANSWER_MAX), StandardCharsets.UTF_8);
            int status = answer.status().code();
            if (status == 401 || status == 400) {
                throw ODataProblem.SAP_UNAUTHENTICATED.because(
                        "%s returned %d: %s".formatted(where, status, SapErrorMessage.oneLine(text, 200)));
            }
            if (status != 200) {
                throw ODataProblem.SAP_UNREACHABLE.because(
                        "%s returned %d: %s".formatted(where, status, SapErrorMessage.oneLine(text, 200)));
            }
            return read(JSON.readTree(text), where);
        } catch (JacksonException | java.io.IOException unreadable) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(where + " returned no JSON", unreadable);
        } catch (UncheckedIOException unreachable) {
            throw ODataProblem.SAP_UNREACHABLE.because(where + ": " + unreachable.getMessage(), unreachable);
        }
    }

    /** Some write the seconds as a number, SAP as text. */
    private Token read(JsonNode answer, String where) {
        var access = answer.path("access_token").asString("");
        if (access.isEmpty()) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(where + " returned no access_token");
        }
        var life = Duration.ofSeconds(answer.path("expires_in").asLong(LIFE_DEFAULT.toSeconds()));
        var until =
                clock.instant().plus(life).minus(life.compareTo(RESERVE.multipliedBy(2)) > 0 ? RESERVE : Duration.ZERO);
        return new Token(secret("Authorization", "Bearer " + access), until);
    }
}
