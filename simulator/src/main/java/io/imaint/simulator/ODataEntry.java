package io.imaint.simulator;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.basis.Csrf;
import io.imaint.simulator.basis.Logon;
import io.imaint.simulator.basis.Logon.LoggedOn;
import io.imaint.simulator.basis.Refusal;
import io.imaint.simulator.basis.ServiceName;
import io.imaint.simulator.faults.Effects;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.Headers;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import io.imaint.simulator.odata.ODataService;
import io.imaint.simulator.odata.SystemQuirks;
import io.imaint.simulator.odata.SystemQuirks.DeltaPlace;
import io.imaint.simulator.odata.SystemQuirks.Next;
import io.imaint.simulator.state.Actor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The way of a request through SAP Gateway: log-on and session, token against forged requests, service, authorization. */
final class ODataEntry {
    private static final System.Logger LOG = System.getLogger(ODataEntry.class.getName());
    private static final String TOKEN = "x-csrf-token";

    private final SimulatedSystem system;

    ODataEntry(SimulatedSystem system) {
        this.system = system;
    }

    void handle(Exchange exchange, GatewayHandler.Caller who) throws IOException {
        var basis = system.basis();
        var closed = basis.node(exchange.path());
        if (closed.isPresent()) {
            exchange.sendRefusal(closed.get());
            return;
        }
        if (exchange.effects().has(Plain.SESSION_EXPIRY)) {
            basis.sessions().logoff(exchange.cookies());
        }
        switch (basis.logon(exchange.header("Authorization"), exchange.cookies(), client(exchange))) {
            case Logon.Refused refused -> exchange.sendRefusal(refused.refusal());
            case LoggedOn caller -> {
                who.is(caller.session().user(), caller.session().number());
                exchange.setCookies(caller.setCookies());
                withSession(exchange, caller);
            }
        }
    }

    private void withSession(Exchange exchange, LoggedOn caller) throws IOException {
        switch (system.basis().csrf(caller.session(), exchange.method(), exchange.header(TOKEN))) {
            case Csrf.Refused refused -> {
                exchange.sendRefusal(refused.refusal());
                return;
            }
            case Csrf.Fetched fetched -> exchange.setHeader(TOKEN, fetched.token());
            case Csrf.Passed passed -> {}
        }
        try {
            refuse(system.basis().service(exchange.path(), caller.session().user()));
            answer(exchange, caller.session().user());
        } catch (Failure failed) { // A full disk, say: the change is not kept.
            LOG.log(Level.DEBUG, "a request failed: {0}", failed.line());
            exchange.send(system.service().refusal(ODataFault.of(500, "SY/530", failed.line()), json(exchange)), "1.0");
        } catch (ODataFault fault) {
            exchange.send(system.service().refusal(fault, json(exchange)), "1.0");
        }
    }

    private static boolean json(Exchange exchange) {
        return !exchange.effects().has(Plain.XML_ERRORS)
                && ODataRequest.wantsJson(exchange.header("Accept"), exchange.query());
    }

    private static void refuse(Optional<Refusal> refusal) {
        refusal.ifPresent(found -> {
            throw ODataFault.of(found.status(), found.code(), found.text());
        });
    }

    private void answer(Exchange exchange, String user) throws IOException {
        var path = ServiceName.in(exchange.path()).orElseThrow();
        var target = system.target(path);
        var asked = new ODataRequest(
                exchange.method(),
                "http://" + exchange.authority() + target.path(),
                path.rest(),
                exchange.query(),
                new Headers(exchange.headers()),
                exchange.body(),
                new Actor(
                        user,
                        transaction -> system.basis().roles().permits(user, transaction),
                        exchange.effects().has(Plain.LOCK_CONFLICT)),
                quirks(exchange.effects()));
        var answer = target.service().apply(asked);
        if (asked.path().equals("/$metadata") && exchange.effects().has(Plain.METADATA_NEEDS_GZIP)) {
            var accepted = exchange.header("Accept-Encoding");
            if (!accepted.contains("gzip") || !accepted.contains("deflate")) {
                sendUnusable(exchange, answer.body());
                return;
            }
        }
        exchange.send(answer, "2.0");
    }

    /** Compressed, but without a word about it: so metadata does not populate. */
    private static void sendUnusable(Exchange exchange, Answer.Body body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new FastGzipStream(packed)) {
            body.writeTo(gzip);
        }
        exchange.send(200, "application/xml;charset=utf-8", packed.toByteArray());
    }

    private static SystemQuirks quirks(Effects effects) {
        return new SystemQuirks(
                effects.has(Plain.METADATA_LAST),
                effects.has(Plain.ESCAPED_SLASHES),
                effects.has(Plain.NEXT_LINK_RELATIVE)
                        ? Next.RELATIVE
                        : effects.has(Plain.NEXT_LINK_INTERNAL) ? Next.INTERNAL_HOST : Next.ABSOLUTE,
                effects.has(Plain.EMPTY_LAST_PAGE),
                effects.has(Plain.DELTA_TOKEN_ON_NEXT)
                        ? DeltaPlace.ON_NEXT
                        : effects.has(Plain.DELTA_TOKEN_NOWHERE) ? DeltaPlace.NOWHERE : DeltaPlace.ON_DELTA,
                effects.has(Plain.DELTA_TOKEN_EXPIRED),
                effects.has(Plain.XML_ERRORS));
    }

    private static String client(Exchange exchange) {
        return ODataService.parameter(exchange.query(), "sap-client").orElse(exchange.header("sap-client"));
    }
}
