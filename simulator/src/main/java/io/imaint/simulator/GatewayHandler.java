package io.imaint.simulator;

import io.imaint.kernel.http.server.BodyRefused;
import io.imaint.kernel.http.server.HttpExchange;
import io.imaint.kernel.http.server.HttpHandler;
import io.imaint.kernel.http.server.Refusal;
import io.imaint.simulator.console.RequestLog;
import io.imaint.simulator.faults.Effects;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.FaultRule;
import io.imaint.simulator.faults.FaultSyntax;
import io.imaint.simulator.faults.Pause;
import io.imaint.simulator.faults.RequestFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Takes each request through the layers of the simulated system.
 *
 * <pre>
 *   length ─► faults ─► web server (log-on, log-off, console) ─► SAP Gateway (session, token, service) ─► OData
 *      └──────────┴──────────────┴─────────────────────────────────────┴──► request log
 * </pre>
 */
final class GatewayHandler implements HttpHandler {
    /** The longest path and query together; SAP's web server draws a line of this order as well. */
    static final int URL_LENGTH_MAX = 8192;

    private static final String ODATA_PATH = "/sap/opu/";
    private static final String LOGOFF_PATH = "/sap/public/bc/icf/logoff";
    private static final String PING_PATH = "/sap/public/ping";
    private static final String HEALTH_PATH = "/health";
    private static final byte[] HEALTHY = "{\"status\":\"ready\"}".getBytes(StandardCharsets.UTF_8);
    private static final List<String> ADMIN_PATHS = List.of("/sap/console", "/sap/admin");

    private final SimulatedSystem system;
    private final ODataEntry odata;
    private final AdminEntry admin;
    private final Consumer<String> listener;

    GatewayHandler(SimulatedSystem system, String client, Consumer<String> listener) {
        this.system = system;
        this.odata = new ODataEntry(system);
        this.admin = new AdminEntry(system, client);
        this.listener = listener;
    }

    @Override
    public void handle(HttpExchange request) throws IOException {
        var path = request.path();
        var query = request.query();
        listener.accept(request.method() + " " + path + (query.isEmpty() ? "" : "?" + query));
        if (path.equals(HEALTH_PATH)) {
            new Exchange(request, Effects.NONE).send(200, "application/json", HEALTHY);
            return;
        }
        if (ADMIN_PATHS.stream().anyMatch(path::startsWith)) {
            // No fault reaches the administration, where faults are removed.
            var exchange = new Exchange(request, Effects.NONE);
            guarded(exchange, () -> admin.handle(exchange));
            return;
        }
        var began = system.clock().instant();
        Effects effects;
        try {
            effects = effects(request, path);
        } catch (FaultSyntax refused) {
            new Exchange(request, Effects.NONE)
                    .sendPage(400, "X-Imaint-Fault is wrong", String.valueOf(refused.getMessage()));
            return;
        }
        var exchange = new Exchange(request, effects);
        var who = new Caller();
        try {
            guarded(exchange, () -> throughFaults(exchange, who));
        } finally {
            log(exchange, who, began);
        }
    }

    /** Answers a request that the web server refuses before any layer sees it. */
    @Override
    public void refuse(HttpExchange request, Refusal refusal) {
        var exchange = new Exchange(request, Effects.NONE);
        if (refusal == Refusal.TARGET_TOO_LONG) {
            sendTooLong(exchange);
        } else {
            sendRefusal(exchange, refusal);
        }
    }

    private static void sendTooLong(Exchange exchange) {
        exchange.sendPage(414, "Request URI too long", "Use a shorter query.");
    }

    private static void sendRefusal(Exchange exchange, Refusal refusal) {
        exchange.sendPage(
                refusal.status(),
                refusal == Refusal.DEFECT ? "Internal Server Error" : "Bad request",
                "The server could not process the request.");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void guarded(Exchange exchange, Work work) throws IOException {
        try {
            work.run();
        } catch (BodyRefused refused) {
            sendRefusal(exchange, refused.refusal());
        } catch (Exchange.BodyTooLarge refused) {
            exchange.sendPage(413, "Request entity too large", "Send less at once.");
        }
    }

    /** Who a request turned out to be from. */
    static final class Caller {
        private String user = "";
        private long session;

        void is(String name, long sessionNumber) {
            user = name;
            session = sessionNumber;
        }
    }

    private Effects effects(HttpExchange request, String path) {
        var own = request.header("X-Imaint-Fault");
        var tunnelled = request.header("X-HTTP-Method");
        var method = tunnelled.isEmpty() ? request.method() : tunnelled.toUpperCase(Locale.ROOT);
        var facts = new RequestFacts(method, path, system.claimedUser(request.header("Authorization")));
        return system.faults().decide(facts, own.isEmpty() ? List.of() : FaultRule.parseForOneRequest(own));
    }

    private void throughFaults(Exchange exchange, Caller who) throws IOException {
        var effects = exchange.effects();
        if (!effects.delay().isZero()) {
            Pause.REAL.pass(effects.delay());
        }
        if (effects.has(Plain.DROP_BEFORE)) {
            throw exchange.hangUp();
        }
        if (exchange.path().length() + exchange.query().length() > URL_LENGTH_MAX) {
            sendTooLong(exchange);
        } else if (effects.has(Plain.MAINTENANCE)) {
            exchange.sendPage(503, "Service Unavailable", "The system is under maintenance. Please try again later.");
        } else if (effects.status().isPresent()) {
            var page = effects.status().get();
            page.retryAfter().ifPresent(after -> exchange.setHeader("Retry-After", Long.toString(after.toSeconds())));
            exchange.sendPage(
                    page.status(),
                    page.status() == 503 ? "Service Unavailable" : "Internal Server Error",
                    "The server could not process the request.");
        } else if (effects.has(Plain.PASSWORD_CHANGE)) {
            exchange.sendPage(500, "Logon failed", "[414] user is forced to change password");
        } else {
            dispatch(exchange, who);
        }
    }

    private void dispatch(Exchange exchange, Caller who) throws IOException {
        // SAP's web server takes the nodes of a path in any case.
        var path = exchange.path().toLowerCase(Locale.ROOT);
        if (path.startsWith(ODATA_PATH)) {
            odata.handle(exchange, who);
        } else if (path.equals(LOGOFF_PATH)) {
            exchange.setCookies(system.basis().sessions().logoff(exchange.cookies()));
            exchange.sendPage(200, "Logged off", "You have been logged off from the system.");
        } else if (path.equals(PING_PATH)) {
            exchange.sendPage(200, "Server reached", "The web server answers.");
        } else {
            exchange.sendPage(404, "Not found", "The requested resource does not exist.");
        }
    }

    private void log(Exchange exchange, Caller who, Instant began) {
        system.log()
                .add(new RequestLog.Entry(
                        began,
                        who.user,
                        who.session,
                        exchange.method(),
                        exchange.path() + (exchange.query().isEmpty() ? "" : "?" + exchange.query()),
                        exchange.status(),
                        Duration.between(began, system.clock().instant()),
                        exchange.sent(),
                        exchange.effects().applied()));
    }
}
