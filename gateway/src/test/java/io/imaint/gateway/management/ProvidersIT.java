package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvidersIT {
    private static final String CATALOG = "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2/ServiceCollection";
    private static final String SERVICES = """
            {"d": {"results": [
              {"ID": "ZX_0001", "TechnicalServiceName": "ZICWP_INTEGRATION_SUITE_SRV", "Title": "Old",
               "TechnicalServiceVersion": "1", "ServiceUrl": "http://h/sap/opu/odata/invicl/ICWP_OLD_SRV"},
              {"ID": "ICWP_0001", "TechnicalServiceName": "/INVICL/ICWP_INTEGRATION_SUITE_SRV", "Title": "iCWP",
               "Description": "Integration", "TechnicalServiceVersion": "2",
               "ServiceUrl": "http://sap.internal:8000/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV/"}]}}""";

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private ManagementSystem system;
    private HttpServer sap;
    private volatile int status = 200;
    private volatile String services = SERVICES;

    @BeforeEach
    void start() throws IOException {
        system = new ManagementSystem();
        sap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sap.createContext("/", exchange -> {
            asked.set("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization")));
            var body = services.getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        sap.start();
    }

    @AfterEach
    void stop() {
        sap.stop(0);
        system.close();
    }

    static String settings(int port, String more) {
        return """
                {"title": "SAP", "type": "internet", "host": "127.0.0.1", "port": %d, "tls": false, "sapClient": "100",
                 "user": "ICWP", "password": "geheim", "pathPrefix": "/sap/opu/odata",
                 "serviceCollection": "/IWFND/CATALOGSERVICE;v=2/ServiceCollection"%s}""".formatted(port, more);
    }

    private ManagementSystem.Answer create(String name) {
        return system.admin()
                .post(
                        "/providers",
                        "{\"name\": \"%s\", \"settings\": %s}"
                                .formatted(name, settings(sap.getAddress().getPort(), "")));
    }

    @Test
    void makesAProviderAndNeverShowsItsPassword() {
        var made = create("S4");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.response().headers().firstValue("Location")).contains("/api/api-management/providers/S4");
        var shown = system.admin().get("/providers/S4");
        assertThat(shown.text("/user")).isEqualTo("ICWP");
        assertThat(shown.json().at("/passwordSet").asBoolean()).isTrue();
        assertThat(shown.text()).doesNotContain("geheim");
        assertThat(create("S4").text("/code")).isEqualTo("api-entity-exists");
        assertThat(system.admin().get("/providers").each("name")).containsExactly("S4");
    }

    @Test
    void keepsThePasswordThatIsNotSent() {
        var etag = create("S4").etag();
        var without = settings(sap.getAddress().getPort(), "").replace("\"password\": \"geheim\", ", "");

        var changed = system.admin().put("/providers/S4", without.replace("\"SAP\"", "\"S/4\""), etag);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.text("/title")).isEqualTo("S/4");
        assertThat(system.registry
                        .provider("S4")
                        .orElseThrow()
                        .password()
                        .orElseThrow()
                        .reveal())
                .isEqualTo("geheim");
        var late = system.admin().put("/providers/S4", without, etag);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.text("/current/title")).isEqualTo("S/4");
    }

    @Test
    void refusesWhatIsNoHostAndWhatIsNotThere() {
        var wrong = system.admin()
                .post(
                        "/providers",
                        "{\"name\": \"S4\", \"settings\": {\"type\": \"internet\", \"host\": \"a/b\", \"port\": 0}}");
        var missing = system.admin()
                .post(
                        "/providers",
                        "{\"name\": \"S4\", \"settings\": {\"type\": \"internet\", \"host\": \"a\", \"port\": 1, "
                                + "\"trustStore\": \"none\", \"locationId\": \"x\"}}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("/settings/host", "/settings/port");
        assertThat(missing.status()).isEqualTo(422);
        assertThat(missing.text()).contains("/settings/trustStore", "/settings/locationId");
    }

    @Test
    void testsAConnectionInTheWordsOfSap() {
        create("S4");

        var tested = system.admin().post("/providers/S4/test-connection");

        assertThat(tested.text("/message"))
                .isEqualTo("Connection to the system was successful with response code: 200; Message: OK.");
        assertThat(tested.json().at("/successful").asBoolean()).isTrue();
        assertThat(asked.get())
                .isEqualTo("HEAD " + CATALOG + "?sap-client=100 Basic "
                        + Base64.getEncoder().encodeToString("ICWP:geheim".getBytes(StandardCharsets.UTF_8)));
        status = 405;
        assertThat(system.admin().post("/providers/S4/test-connection").text("/message"))
                .isEqualTo(
                        "System is up and reachable. However, the ping check responded with code: 405; Message: Method"
                                + " Not Allowed.");
    }

    @Test
    void saysWhyAConnectionFails() throws IOException {
        create("S4");
        status = 401;
        var refused = system.admin().post("/providers/S4/test-connection");
        assertThat(refused.json().at("/successful").asBoolean()).isFalse();
        assertThat(refused.text("/message")).contains("401", "Unauthorized", "password");
        status = 404;
        assertThat(system.admin().post("/providers/S4/test-connection").text("/message"))
                .contains("404", CATALOG);
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        system.admin().post("/providers", "{\"name\": \"gone\", \"settings\": %s}".formatted(settings(free, "")));
        var unreachable = system.admin().post("/providers/gone/test-connection");
        assertThat(unreachable.text("/message")).startsWith("No connection to http://127.0.0.1:" + free);
    }

    @Test
    void listsTheServicesOfACatalog() {
        create("S4");

        var all = system.admin().get("/providers/S4/services");

        assertThat(all.each("name")).containsExactly("ZICWP_INTEGRATION_SUITE_SRV", "ICWP_INTEGRATION_SUITE_SRV");
        assertThat(all.each("version")).containsExactly("1", "2");
        assertThat(all.each("url").getLast()).endsWith("ICWP_INTEGRATION_SUITE_SRV/");
        assertThat(system.admin().get("/providers/S4/services?search=OLD").each("title"))
                .containsExactly("Old");
        assertThat(asked.get()).startsWith("GET " + CATALOG + "?$format=json&sap-client=100 ");
        services = "no catalog";
        assertThat(system.admin().get("/providers/S4/services").text("/code")).isEqualTo("api-provider-unreachable");
        status = 500;
        assertThat(system.admin().get("/providers/S4/services").status()).isEqualTo(502);
    }

    @Test
    void readsACatalogInAtomToo() {
        create("S4");
        services = """
                <?xml version="1.0" encoding="utf-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="m" xmlns:d="d"><entry><content type="application/xml">
                <m:properties><d:ID>A_0001</d:ID><d:TechnicalServiceName>A_SRV</d:TechnicalServiceName>
                <d:Title>A &amp; B</d:Title><d:TechnicalServiceVersion>1</d:TechnicalServiceVersion>
                <d:ServiceUrl>http://h/sap/A_SRV</d:ServiceUrl></m:properties></content></entry></feed>""";

        assertThat(system.admin().get("/providers/S4/services").each("title")).containsExactly("A & B");
    }

    @Test
    void makesAProxyOfAServiceAndSynchronizesIt() {
        create("S4");

        var made = system.admin()
                .post(
                        "/proxies",
                        "{\"name\": \"ICWP\", \"title\": \"A <&> B\", \"provider\": \"S4\", \"service\":"
                                + " \"ICWP_INTEGRATION_SUITE_SRV\", \"basePath\": \"/icwp\"}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text("/proxy/title")).isEqualTo("A <&> B");
        assertThat(made.text("/targetEndpoints/0/relativePath"))
                .isEqualTo("/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV");
        assertThat(made.text("/targetEndpoints/0/provider")).isEqualTo("S4");
        assertThat(made.text("/proxyEndpoints/0/basePath")).isEqualTo("/icwp");
        assertThat(system.admin()
                        .post("/proxies/ICWP/synchronize")
                        .json()
                        .at("/changed")
                        .asBoolean())
                .isFalse();
        services = SERVICES.replace("/sap/opu/odata/invicl/ICWP_INT", "/sap/opu/odata/other/ICWP_INT");
        var synchronizedNow = system.admin().post("/proxies/ICWP/synchronize");
        assertThat(synchronizedNow.json().at("/changed").asBoolean()).isTrue();
        var shown = system.admin().get("/proxies/ICWP");
        assertThat(shown.text("/targetEndpoints/0/relativePath")).contains("/other/");
        assertThat(shown.json().at("/revision/number").asInt()).isEqualTo(2);
        var used = system.admin()
                .delete("/providers/S4", system.admin().get("/providers/S4").etag());
        assertThat(used.text("/code")).isEqualTo("api-entity-in-use");
    }

    @Test
    void removesAProviderThatNobodyUses() {
        var etag = create("S4").etag();

        assertThat(system.admin().delete("/providers/S4", "\"7\"").status()).isEqualTo(412);
        assertThat(system.admin().delete("/providers/S4", etag).status()).isEqualTo(204);
        assertThat(system.admin().get("/providers/S4").status()).isEqualTo(404);
        assertThat(system.admin().delete("/providers/S4", etag).status()).isEqualTo(404);
    }
}
