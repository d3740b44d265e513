package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.Gateway;
import io.imaint.gateway.GatewaySettings;
import io.imaint.gateway.bundle.Bundle;
import io.imaint.gateway.bundle.BundleReader;
import io.imaint.gateway.registry.Application;
import io.imaint.gateway.registry.ApplicationKeys;
import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.gateway.registry.Maps;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.Proxies;
import io.imaint.gateway.registry.StoredMaps;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What clients have of a gateway, they have of the one that is started after it on the same store. */
class GatewayRestartIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String TOKENS = """
            <OAuthV2><Operation>GenerateAccessToken</Operation><GenerateResponse enabled="true"/>
            <SupportedGrantTypes><GrantType>client_credentials</GrantType></SupportedGrantTypes></OAuthV2>""";
    private static final String VERIFY = "<OAuthV2><Operation>VerifyAccessToken</Operation></OAuthV2>";
    private static final String REVOKE = """
            <OAuthV2><Operation>InvalidateToken</Operation>
            <Tokens><Token type="accesstoken">request.queryparam.token</Token></Tokens></OAuthV2>""";
    private static final String QUOTA = """
            <Quota><Allow count="5"/><Interval>1</Interval><TimeUnit>month</TimeUnit><Distributed>true</Distributed>
            <Synchronous>%s</Synchronous></Quota>""";
    private static final String ANSWER = """
            <RaiseFault><FaultResponse><Set><StatusCode>200</StatusCode><Payload>ok</Payload></Set></FaultResponse>
            </RaiseFault>""";

    @TempDir
    Path home;

    private final ApplicationKeys.Fresh keys = new ApplicationKeys(new SecureRandom())
            .make(Instant.now(), Optional.empty(), Map.of("P", Application.Status.APPROVED));
    private Store store;
    private Gateway gateway;

    @BeforeEach
    void start() {
        store = StoreService.open(new StoreSettings(home, Optional.empty()));
        var settings = GatewaySettings.read(Settings.of(Map.of("home", home.toString(), "gateway-port", "0")));
        gateway = Gateway.start(new GatewayStore(store), settings, InstantSource.system());
    }

    @AfterEach
    void stop() {
        gateway.close();
        store.close();
    }

    private void restart() {
        stop();
        start();
    }

    /** A proxy that answers a request by policies. */
    private void deploy(String name, String... policies) {
        var files = new TreeMap<String, byte[]>();
        var steps = new StringBuilder();
        for (int i = 0; i < policies.length; i++) {
            files.put("APIProxy/Policy/p%d.xml".formatted(i), policies[i].getBytes(StandardCharsets.UTF_8));
            steps.append("<step><policy_name>p%d</policy_name></step>".formatted(i));
        }
        files.put(
                "APIProxy/%s.xml".formatted(name),
                "<APIProxy><name>%s</name></APIProxy>".formatted(name).getBytes(StandardCharsets.UTF_8));
        files.put("APIProxy/APIProxyEndPoint/default.xml", """
                <ProxyEndPoint><name>default</name><base_path>/%s</base_path>
                <preFlow><request><steps>%s</steps></request></preFlow>
                <routeRules><routeRule><name>none</name></routeRule></routeRules></ProxyEndPoint>""".formatted(name, steps)
                .getBytes(StandardCharsets.UTF_8));
        var proxies = new Proxies(gateway.configuration(), Caller.system("test"), InstantSource.system());
        var read = BundleReader.read(new Bundle(name, files)).proxy();
        var added = proxies.add(Proxies.Draft.of(read, files, "", Optional.empty()));
        var unused = proxies.deploy(added, OptionalInt.of(1));
        assertThat(gateway.engine().deployed(name)).isPresent();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private int get(String path) throws Exception {
        return send(HttpRequest.newBuilder(gateway.address().resolve(path))).statusCode();
    }

    private int verified(String token) throws Exception {
        return send(HttpRequest.newBuilder(gateway.address().resolve("/verify"))
                        .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private String token() throws Exception {
        var answer = send(HttpRequest.newBuilder(gateway.address().resolve("/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id=%s&client_secret=%s"
                        .formatted(keys.key(), keys.secret()))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body()).required("access_token").asString();
    }

    private void subscribe() {
        gateway.configuration()
                .products()
                .insert(new Product(
                        "P",
                        "P",
                        "",
                        List.of("token", "verify"),
                        Map.of(),
                        List.of(),
                        true,
                        Optional.empty(),
                        Map.of()));
        gateway.configuration()
                .applications()
                .insert(new Application(
                        "id-1",
                        "app",
                        "App",
                        "dev@example.com",
                        "",
                        Application.Status.APPROVED,
                        List.of(keys.credential()),
                        Map.of()));
    }

    @Test
    void tokensStayValidAndRevokedOnesStayRevoked() throws Exception {
        subscribe();
        deploy("token", TOKENS);
        deploy("verify", VERIFY, ANSWER);
        deploy("revoke", REVOKE, ANSWER);
        var good = token();
        var revoked = token();
        assertThat(verified(revoked)).isEqualTo(200);
        assertThat(get("/revoke?token=" + revoked)).isEqualTo(200);
        assertThat(verified(revoked)).isEqualTo(401);

        restart();

        assertThat(verified(good)).isEqualTo(200);
        assertThat(verified(revoked)).isEqualTo(401);
        assertThat(verified("never given")).isEqualTo(401);
    }

    @Test
    void quotasGoOnCounting() throws Exception {
        deploy("now", QUOTA.formatted(true), ANSWER);
        deploy("late", QUOTA.formatted(false), ANSWER);
        for (int i = 0; i < 3; i++) {
            assertThat(get("/now")).isEqualTo(200);
            assertThat(get("/late")).isEqualTo(200);
        }

        restart();

        for (var path : List.of("/now", "/late")) {
            assertThat(List.of(get(path), get(path), get(path))).as(path).containsExactly(200, 200, 500);
        }
    }

    @Test
    void initialEntriesOfMapsDoNotHideWhatWasWrittenSince() throws Exception {
        deploy("map", """
                <KeyValueMapOperations mapIdentifier="m"><Scope>environment</Scope><InitialEntries>
                <Entry><Key><Parameter>a</Parameter></Key><Value>first</Value></Entry>
                <Entry><Key><Parameter>b</Parameter></Key><Value>first</Value></Entry></InitialEntries>
                </KeyValueMapOperations>""", ANSWER);
        assertThat(get("/map")).isEqualTo(200);
        new StoredMaps(gateway.configuration())
                .put(KeyValueMap.Scope.ENVIRONMENT, "", "m", new Maps.Entry("a", new Secret("later")), true);

        restart();

        assertThat(get("/map")).isEqualTo(200);
        var entries = gateway.registry()
                .map(KeyValueMap.Scope.ENVIRONMENT, "", "m")
                .orElseThrow()
                .entries();
        assertThat(entries.values()).extracting(Secret::reveal).containsExactlyInAnyOrder("later", "first");
    }
}
