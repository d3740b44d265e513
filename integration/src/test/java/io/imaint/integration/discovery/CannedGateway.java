package io.imaint.integration.discovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Gateway that knows a few addresses and what to answer there; all others are 404. */
final class CannedGateway implements AutoCloseable {
    static final String ICWP = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";
    static final String CATALOG_2 = "/sap/opu/odata/IWFND/CATALOGSERVICE;v=2/ServiceCollection";
    static final String CATALOG_1 = "/sap/opu/odata/IWFND/CATALOGSERVICE/ServiceCollection";

    private record Canned(int status, String type, String body) {}

    private final HttpServer server;
    private final Map<String, Canned> answers = new ConcurrentHashMap<>();
    private final Map<String, Canned> tracked = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    CannedGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers an address, without what is always added to the query, with JSON. */
    CannedGateway json(String address, String body) {
        answers.put(address, new Canned(200, "application/json", body));
        return this;
    }

    CannedGateway rows(String address, String rows) {
        return json(address, "{\"d\":{\"results\":[%s]}}".formatted(rows));
    }

    CannedGateway count(String address, long rows) {
        answers.put(address + "/$count", new Canned(200, "text/plain", Long.toString(rows)));
        return this;
    }

    CannedGateway metadata(String service, String schema) {
        answers.put(service + "/$metadata", new Canned(200, "application/xml", """
                <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
                xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices m:DataServiceVersion="2.0">
                <Schema Namespace="S" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">%s</Schema>
                </edmx:DataServices></edmx:Edmx>""".formatted(schema)));
        return this;
    }

    CannedGateway refused(String address, int status, String code) {
        answers.put(
                address,
                new Canned(
                        status,
                        "application/json",
                        "{\"error\":{\"code\":\"%s\",\"message\":{\"value\":\"no\"}}}".formatted(code)));
        return this;
    }

    /** What is answered to a read that asks for tracking; SAP applies the preference then. */
    CannedGateway tracked(String address, String rows) {
        tracked.put(address, new Canned(200, "application/json", "{\"d\":{\"results\":[%s]}}".formatted(rows)));
        return this;
    }

    List<String> requests() {
        return requests;
    }

    Discovery discovery() {
        return new Discovery(
                new SapSystem(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + ICWP),
                        "USER",
                        new Secret("secret"),
                        "100",
                        "EN",
                        "canned"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getRawQuery();
        var kept = query == null
                ? ""
                : "?"
                        + String.join(
                                "&",
                                List.of(query.split("&", -1)).stream()
                                        .filter(part -> !part.startsWith("sap-") && !part.startsWith("$format"))
                                        .toList());
        var address = exchange.getRequestURI().getRawPath() + (kept.equals("?") ? "" : kept);
        var prefer = String.valueOf(exchange.getRequestHeaders().getFirst("Prefer"));
        boolean tracks = prefer.contains("track-changes");
        requests.add(address + (tracks ? " tracked" : ""));
        var canned = tracks ? tracked.get(address) : null;
        if (canned != null) {
            exchange.getResponseHeaders().set("Preference-Applied", prefer);
        }
        var found = canned == null ? answers.getOrDefault(address, new Canned(404, "text/plain", "no")) : canned;
        var bytes = found.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", found.type());
        exchange.sendResponseHeaders(found.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
