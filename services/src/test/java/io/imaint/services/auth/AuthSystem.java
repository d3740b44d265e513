package io.imaint.services.auth;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Authenticator;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.IdempotencyKeys;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-in over a real store, behind a real API, with passwords that cost little to hash and a clock that tests move.
 *
 * <p>Anna is a technician of plant 1000, Bela one of plant 2000. The route {@code /api/notes} needs a technician's
 * permission, and answers whom it takes the caller for.
 */
final class AuthSystem implements AutoCloseable {
    static final String PASSWORD = "copper Lantern 7 drifts";

    /** An answer of the API. */
    record Reply(int status, Map<String, List<String>> headers, JsonNode json) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        String text(String field) {
            return json.required(field).asString();
        }

        /** The cookies that it sets, as a browser sends them. */
        String cookies() {
            return String.join(
                    "; ",
                    headers.getOrDefault("set-cookie", List.of()).stream()
                            .map(line -> line.substring(0, line.indexOf(';')))
                            .toList());
        }
    }

    /** A clock that a test moves on; it begins at the real time, because the store has a clock of its own. */
    static final class MovingClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(ahead);
        }

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }
    }

    private record Who(String user, List<String> plants) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final PasswordHashing.Cost CHEAP = new PasswordHashing.Cost(16, 1, 1);

    final MovingClock clock = new MovingClock();
    final Store store;
    final Access access;
    final Auth auth;
    private final AuthSettings settings;
    private final Telemetry telemetry = Telemetry.create();
    private final ApiServer api;
    private final HttpClient http = HttpClient.newHttpClient();

    /** For a client that needs no page of this server: its pages are said to be at port 8080. */
    AuthSystem(Path directory) {
        this(directory, 8080, 0);
    }

    /** For a browser, whose pages are where the server is. */
    static AuthSystem onOwnPort(Path directory) throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        return new AuthSystem(directory, port, port);
    }

    private AuthSystem(Path directory, int pagePort, int port) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        settings = new AuthSettings(
                directory.resolve("auth-key"),
                Optional.of(new Secret("0123456789abcdef0123456789abcdef")),
                Optional.empty(),
                pagePort,
                Duration.ofDays(90));
        access = otherAccess();
        auth = Auth.start(store, access, settings, new Auth.Surroundings(clock, new SecureRandom(), CHEAP));
        Routed notes = () -> List.of(
                Route.get("/api/notes", "Reads notes")
                        .permits(new Permission("notes.read"))
                        .answers(Who.class)
                        .handles(AuthSystem::who),
                Route.post("/api/notes", "Writes notes")
                        .permits(new Permission("notes.read"))
                        .answers(Who.class)
                        .handles(AuthSystem::who));
        api = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", Integer.toString(port)))),
                List.of(auth, notes),
                administratorOr(access),
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
        role("technician", "optional", "notes.read");
        role("key-maker", "optional", "notes.read", "api-keys.edit");
        user("anna", "Anna Ek", "1000", "technician");
        user("bela", "Bela Soos", "2000", "technician");
    }

    private static Who who() {
        var caller = Caller.current();
        return new Who(
                caller.id(),
                caller.plants().plants().stream().map(PlantCode::value).sorted().toList());
    }

    /** The access of one more process on the same store. */
    Access otherAccess() {
        return Access.over(store, settings, clock, new SecureRandom());
    }

    private static Authenticator administratorOr(Access access) {
        return new Authenticator() {
            @Override
            public Optional<Caller> authenticate(String token) {
                return authenticate(token, "");
            }

            @Override
            public Optional<Caller> authenticate(String token, String address) {
                return token.equals("administrator")
                        ? Optional.of(Caller.system("test"))
                        : access.authenticate(token, address);
            }

            @Override
            public Optional<Caller> authenticateCookies(String cookies) {
                return access.authenticateCookies(cookies);
            }

            @Override
            public Failure refusal(Caller caller, String detail) {
                return access.refusal(caller, detail);
            }
        };
    }

    void role(String id, String secondFactor, String... permissions) {
        store.documents(UserCollections.ROLES)
                .upsertAll(List.of(
                        new Role(id, Map.of("en", id), Map.of(), null, secondFactor, List.of(permissions), false)));
    }

    /** Adds an active user whose password is {@link #PASSWORD}. */
    void user(String id, String name, String plant, String role) {
        store.documents(UserCollections.USERS)
                .upsertAll(List.of(new User(
                        id,
                        name,
                        null,
                        User.Status.INVITED,
                        List.of(role),
                        List.of(),
                        false,
                        List.of(new PlantCode(plant)),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        0,
                        List.of(),
                        false)));
        auth.passwords().set(id, PASSWORD.toCharArray());
    }

    Reply signIn(String user, String password, String... headers) {
        return call("", "POST", "/api/auth/sign-in", body("user", user, "password", password), headers);
    }

    /** An access token of a user. */
    String token(String user) {
        var reply = signIn(user, PASSWORD);
        assert reply.status() == 200 : reply;
        return reply.text("accessToken");
    }

    Reply refresh(String token) {
        return call("", "POST", "/api/auth/refresh", body("refreshToken", token));
    }

    static String body(String... namesAndValues) {
        var object = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object.toString();
    }

    /** A request to the API; an empty token or body sends none. */
    Reply call(String token, String method, String path, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(api.address() + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            var text = response.body().isEmpty() ? "null" : response.body();
            return new Reply(response.statusCode(), response.headers().map(), JSON.readTree(text));
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    String address() {
        return api.address().toString();
    }

    /** The address of the server's pages. */
    String page() {
        return settings.relyingParty().origin();
    }

    @Override
    public void close() {
        api.close();
        store.close();
        telemetry.close();
        http.close();
    }
}
