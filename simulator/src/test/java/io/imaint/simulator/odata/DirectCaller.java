package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.PlantState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a service without a server between. It sees what a caller would see: an answer, also for a refusal. */
final class DirectCaller {
    static final JsonMapper JSON = new JsonMapper();
    static final Instant NOW = Instant.parse("2026-11-23T03:46:12.345Z");

    final PlantState state;
    final ODataService service;
    private SystemQuirks quirks = SystemQuirks.USUAL;
    private Actor actor = Actor.unrestricted("IMAINT");

    DirectCaller(PlantData plant) {
        this(PlantState.inMemory(plant, InstantSource.fixed(NOW)), InstantSource.fixed(NOW));
    }

    DirectCaller(PlantState state, InstantSource clock) {
        this.state = state;
        this.service = new ODataService(state, clock);
    }

    DirectCaller with(SystemQuirks other) {
        quirks = other;
        return this;
    }

    DirectCaller as(Actor other) {
        actor = other;
        return this;
    }

    /** An answer whose body has been written. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        JsonNode d() {
            if (status >= 300) {
                throw new AssertionError(status + " " + text());
            }
            return json().get("d");
        }

        String code() {
            return json().at("/error/code").asString();
        }

        String location() {
            return headers.getOrDefault("Location", "");
        }

        String etag() {
            return headers.getOrDefault("ETag", "");
        }
    }

    Reply get(String address, String... headers) {
        return ask("GET", address, "", headers);
    }

    /** The {@code d} of an answer that must be good. */
    JsonNode d(String address, String... headers) {
        return get(address, headers).d();
    }

    Reply post(String address, String body, String... headers) {
        return ask("POST", address, body, headers);
    }

    Reply ask(String method, String address, String body, String... headers) {
        return send(request(method, address, body.getBytes(UTF_8), headers));
    }

    ODataRequest request(String method, String address, byte[] body, String... headers) {
        var all = new HashMap<String, String>(Map.of("Accept", "application/json"));
        if (body.length > 0) {
            all.put("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        int question = address.indexOf('?');
        return new ODataRequest(
                method,
                "http://sap" + IcwpModel.PATH,
                question < 0 ? address : address.substring(0, question),
                question < 0 ? "" : address.substring(question + 1).replace(" ", "%20"),
                new Headers(all),
                body,
                actor,
                quirks);
    }

    Reply send(ODataRequest request) {
        Answer answer;
        try {
            answer = service.answer(request);
        } catch (ODataFault fault) {
            answer = service.refusal(fault, request.wantsJson());
        }
        var bytes = new ByteArrayOutputStream();
        try {
            answer.body().writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Reply(answer.status(), answer.contentType(), answer.headers(), bytes.toByteArray());
    }

    /** What follows the service in an address that an answer gave. */
    static String below(String address) {
        var root = "http://sap" + IcwpModel.PATH;
        return address.startsWith(root) ? address.substring(root.length()) : address;
    }
}
