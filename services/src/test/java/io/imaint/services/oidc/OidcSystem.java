package io.imaint.services.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.http.ApiServer;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.auth.AuthForTests;
import io.imaint.services.user.Group;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-in at one provider over a real store, behind a real API, and a browser without a page. Tests differ in the provider
 * and share the steps: {@link #begin begin}, sign in at the provider, come {@link #get back}, {@link #who ask who it is}.
 *
 * <p>The group {@code crew} gives the role {@code technician}, the group {@code planning} the role {@code planner}.
 */
final class OidcSystem implements AutoCloseable {
    static final String CLIENT = "imaint-client";
    static final String SECRET = "a secret of the client";
    static final String PASSWORD = "copper Lantern 7 drifts";

    /** A process on the store, of which there may be several. */
    private record Running(ApiServer api, AuthForTests auth) {}

    private record Who(String user, List<String> roles) {}

    private static final JsonMapper JSON = new JsonMapper();

    final Store store;
    private final Settings settings;
    private final Telemetry telemetry = Telemetry.create();
    private final List<Running> processes = new ArrayList<>();
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private volatile Duration ahead = Duration.ZERO;

    /**
     * @param port on which the provider expects the browser back
     * @param issuer the provider, at which {@link #CLIENT} is registered with {@link #SECRET}
     */
    OidcSystem(Path directory, int port, String issuer) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        var set = new HashMap<String, String>();
        set.put("home", directory.toString());
        set.put("public-url", "http://127.0.0.1:" + port);
        set.put("oidc-issuer", issuer);
        set.put("oidc-client-id", CLIENT);
        set.put("oidc-client-secret", SECRET);
        set.put("oidc-domains", "example.com");
        set.put("oidc-groups", "crew-a=crew,planners=planning");
        set.put("oidc-creates-users", "yes");
        settings = Settings.of(set);
        startProcess(port);
        // The first answer of a provider that was started just now takes longer than a sign-in waits.
        assertThat(get(issuer + "/.well-known/openid-configuration", "").statusCode())
                .isEqualTo(200);
        role("technician");
        role("planner");
        store.documents(UserCollections.GROUPS)
                .upsertAll(List.of(
                        new Group("crew", "Crew", List.of("technician"), false, List.of(), List.of(), null, false),
                        new Group(
                                "planning", "Planning", List.of("planner"), false, List.of(), List.of(), null, false)));
    }

    private void role(String id) {
        store.documents(UserCollections.ROLES)
                .upsertAll(List.of(new Role(id, Map.of(), Map.of(), null, "optional", List.of("notes.read"), false)));
    }

    /** Starts a process on the store; its address. Zero takes any port. */
    String startProcess(int port) {
        InstantSource clock = () -> Instant.now().plus(ahead);
        var auth = AuthForTests.over(store, settings, clock);
        var oidc = new Oidc(store, auth.access(), OidcSettings.read(settings), new SecureRandom(), clock);
        Routed who = () -> List.of(Route.get("/api/who", "Tells who asks")
                .permits(new Permission("account.self"))
                .answers(Who.class)
                .handles(() -> new Who(
                        Caller.current().id(),
                        Caller.current().roles().stream().sorted().toList())));
        var api = ApiServer.start(
                ApiSettings.read(Settings.of(Map.of("port", Integer.toString(port)))),
                List.of(oidc, auth.routes(), who),
                auth.access(),
                new IdempotencyKeys(store, InstantSource.system()),
                LinkedHashMap::new,
                telemetry);
        processes.add(new Running(api, auth));
        return api.address().toString();
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    String address() {
        return processes.getFirst().api.address().toString();
    }

    HttpResponse<String> get(String url, String cookies) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return browser.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElseThrow(() -> new AssertionError(response.body()));
    }

    /** The cookies that an answer sets, as a browser sends them. */
    static String cookies(HttpResponse<String> response) {
        return String.join(
                "; ",
                response.headers().allValues("set-cookie").stream()
                        .map(line -> line.substring(0, line.indexOf(';')))
                        .toList());
    }

    /** A flow that the browser takes to the provider, or brings back from it. */
    record Flow(String url, String cookies) {
        /** The same flow after the provider has sent the browser to another address. */
        Flow at(String callback) {
            return new Flow(callback, cookies);
        }
    }

    /** Begins a sign-in. */
    Flow begin() {
        var started = get(address() + "/api/auth/oidc/other/start", "");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(302);
        assertThat(location(started)).contains("code_challenge_method=S256", "nonce=", "state=");
        return new Flow(location(started), cookies(started));
    }

    /** Comes back from the provider. */
    HttpResponse<String> end(Flow answered) {
        return get(answered.url, answered.cookies);
    }

    /** A request of the own page that a browser with these cookies sends; an empty body sends none. */
    HttpResponse<String> call(String method, String path, String body, String cookies) {
        var request = HttpRequest.newBuilder(URI.create(address() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Cookie", cookies)
                .header("X-Imaint-Client", "test")
                .header("Sec-Fetch-Site", "same-origin");
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    /** Signs a user in with their password; the session's cookie. */
    String signInWithPassword(String user) {
        var signedIn = call(
                "POST",
                "/api/auth/sign-in",
                "{\"user\": \"%s\", \"password\": \"%s\", \"browser\": true}".formatted(user, PASSWORD),
                "none=none");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        return cookies(signedIn);
    }

    /** Begins to link an identity to the user of a session. */
    Flow beginLinking(String session) {
        var begun = call("POST", "/api/me/identities", "{\"provider\": \"other\"}", session);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        return new Flow(json(begun).get("location").asString(), cookies(begun));
    }

    /** The identities of the user of a session. */
    List<JsonNode> identities(String session) {
        return json(get(address() + "/api/me/identities", session))
                .get("items")
                .valueStream()
                .toList();
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static String code(HttpResponse<String> refused) {
        return json(refused).get("code").asString();
    }

    /** Who has signed in. */
    String who(HttpResponse<String> signedIn) {
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(302);
        assertThat(location(signedIn)).isEqualTo("/");
        return get(address() + "/api/who", cookies(signedIn)).body();
    }

    /** Adds an active user with the password {@link #PASSWORD}. */
    void userWithPassword(String id) {
        user(id, id + "@elsewhere.com", User.Status.ACTIVE);
        processes.getFirst().auth.setPassword(id, PASSWORD);
    }

    void user(String id, String email, User.Status status) {
        store.documents(UserCollections.USERS)
                .upsertAll(List.of(new User(
                        id,
                        id,
                        email,
                        status,
                        List.of(),
                        List.of("manual"),
                        false,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        0,
                        List.of(),
                        false)));
    }

    @Override
    public void close() {
        processes.forEach(process -> process.api.close());
        store.close();
        telemetry.close();
        browser.close();
    }
}
