package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.basis.Basis;
import io.imaint.simulator.basis.Logon;
import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.console.AdminApi;
import io.imaint.simulator.console.AdminOperations;
import io.imaint.simulator.console.ConsoleRequest;
import io.imaint.simulator.console.HtmlConsole;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The way of an administrator's request: the console's pages and the admin API. */
final class AdminEntry {
    private static final String BEARER = "Bearer ";

    private final SimulatedSystem system;
    private final AdminOperations operations;
    private final HtmlConsole console;
    private final AdminApi api;

    AdminEntry(SimulatedSystem system, String client) {
        this.system = system;
        this.operations = new AdminOperations(new AdminOperations.Parts(
                system.plant(),
                system.basis(),
                system.faults(),
                system.log(),
                system,
                system.clock(),
                client,
                this::about));
        this.console = new HtmlConsole(operations, new SecureRandom());
        this.api = new AdminApi(operations);
    }

    private Map<String, Object> about() {
        var about = new LinkedHashMap<String, Object>();
        about.put("address", system.address());
        system.path().ifPresent(path -> about.put("state", path.toString()));
        return about;
    }

    void handle(Exchange exchange) throws IOException {
        var user = user(exchange);
        if (user.isEmpty()) {
            return;
        }
        ConsoleRequest request;
        try {
            request = request(exchange, user.get());
        } catch (IllegalArgumentException refused) {
            exchange.sendPage(400, "Bad request", String.valueOf(refused.getMessage()));
            return;
        }
        var answer = exchange.path().startsWith(AdminApi.ROOT) ? api.answer(request) : console.answer(request);
        answer.headers().forEach(exchange::setHeader);
        exchange.send(answer.status(), answer.contentType(), answer.body());
    }

    /** Who asks: the owner of this process's token, or a user who logs on; empty when the request was refused. */
    private Optional<String> user(Exchange exchange) {
        var authorization = exchange.header("Authorization");
        if (authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).getBytes(UTF_8),
                        system.token().getBytes(UTF_8))) {
            return Optional.of(Basis.ADMINISTRATOR);
        }
        return switch (system.basis().logon(authorization, exchange.cookies(), "")) {
            case LoggedOn caller -> {
                exchange.setCookies(caller.setCookies());
                yield Optional.of(caller.session().user());
            }
            case Logon.Refused refused -> {
                exchange.sendRefusal(refused.refusal());
                yield Optional.empty();
            }
        };
    }

    private ConsoleRequest request(Exchange exchange, String user) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new ConsoleRequest(
                exchange.method(),
                URLDecoder.decode(exchange.path().replace("+", "%2B"), UTF_8),
                ConsoleRequest.fields(exchange.query()),
                headers,
                exchange.body(),
                user,
                operations::isAdministrator);
    }
}
