package io.imaint.checks;

import io.imaint.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** Creates orders as a planner does in IW31, with a client that is not ours. */
final class OrderEntry implements AutoCloseable {
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString(("IMAINT:" + SimulatorSettings.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String service;
    private final String token;
    private final String plant;

    /** @param service the address of the OData service */
    OrderEntry(String service) {
        this.service = service;
        this.token = send(request("/").header("X-CSRF-Token", "Fetch"))
                .headers()
                .firstValue("x-csrf-token")
                .orElseThrow();
        var plants = send(request("/PlantSet?$top=1&$format=json"));
        this.plant = JsonMapper.shared()
                .readTree(plants.body())
                .at("/d/results/0/WERKS")
                .stringValue();
    }

    /** The response of SAP, whatever it is. */
    HttpResponse<String> create(String text) {
        return send(request("/WorkOrderSet")
                .header("X-CSRF-Token", token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"AUART\":\"PM01\",\"KTEXT\":\"%s\",\"WERKS\":\"%s\"}".formatted(text, plant))));
    }

    private HttpRequest.Builder request(String target) {
        var separator = target.contains("?") ? "&" : "?";
        return HttpRequest.newBuilder(URI.create(service + target + separator + "sap-client=100"))
                .header("Authorization", BASIC);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new AssertionError(unreachable);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new AssertionError(ended);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
