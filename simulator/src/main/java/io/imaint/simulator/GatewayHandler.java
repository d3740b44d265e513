package io.imaint.simulator;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.imaint.simulator.batch.Batch;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.Headers;
import io.imaint.simulator.odata.Manners;
import io.imaint.simulator.odata.ODataFault;
import io.imaint.simulator.odata.ODataRequest;
import io.imaint.simulator.odata.ODataService;
import io.imaint.simulator.state.Actor;
import java.io.IOException;
import java.util.HashMap;
import java.util.function.Consumer;

/** Takes a request through the steps of SAP's web server: its length, the log-on, the service's node, the service. */
final class GatewayHandler implements Handler {
    /** The longest path and query together; SAP's web server draws a line of this order as well. */
    static final int URL_LENGTH_MAX = 8192;

    private static final String ODATA_PATH = "/sap/opu/odata";
    private static final HeaderName DATA_SERVICE_VERSION = HeaderNames.create("dataserviceversion");
    private static final HeaderName SAP_CLIENT = HeaderNames.create("sap-client");

    private final SimulatorSettings settings;
    private final ODataService service;
    private final Batch batch;
    private final LogOn logOn;
    private final Consumer<String> listener;

    GatewayHandler(SimulatorSettings settings, ODataService service, Consumer<String> listener) {
        this.settings = settings;
        this.service = service;
        this.batch = new Batch(service);
        this.logOn = new LogOn(settings);
        this.listener = listener;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws IOException {
        var path = request.prologue().uriPath().rawPath();
        var query = request.prologue().query().rawValue();
        listener.accept(request.prologue().method().text() + " " + path + (query.isEmpty() ? "" : "?" + query));
        response.header(HeaderNames.CACHE_CONTROL, "no-store, no-cache");
        if (path.length() + query.length() > URL_LENGTH_MAX) {
            sendPage(response, Status.REQUEST_URI_TOO_LONG_414, "Request URI too long", "Use a shorter query.");
            return;
        }
        try {
            if (!logOn.permits(header(request, HeaderNames.AUTHORIZATION)) || !hasClient(request, query)) {
                refuseLogOn(response);
            } else if (!path.startsWith(ODATA_PATH)) {
                sendPage(response, Status.NOT_FOUND_404, "Not found", "The requested resource does not exist.");
            } else {
                answer(odataRequest(request, path, query), request, response);
            }
        } catch (ODataFault fault) {
            sendFault(fault, request, query, response);
        }
    }

    private void answer(ODataRequest asked, ServerRequest request, ServerResponse response) throws IOException {
        Answer answer = asked.path().equals(Batch.PATH) ? batch.answer(asked) : service.answer(asked);
        sendHeaders(answer, "2.0", response);
        if (asked.method().equals("HEAD") || answer.contentType().isEmpty()) {
            response.send();
        } else if (FastGzipStream.acceptedBy(header(request, HeaderNames.ACCEPT_ENCODING))) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
            response.header(HeaderNames.VARY, "Accept-Encoding");
            // Closed only at the end of a whole body: a body that broke off must not look finished.
            var out = new FastGzipStream(response.outputStream());
            answer.body().writeTo(out);
            out.close();
        } else {
            var out = response.outputStream();
            answer.body().writeTo(out);
            out.close();
        }
    }

    private static void sendHeaders(Answer answer, String version, ServerResponse response) {
        response.status(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        }
        response.header(DATA_SERVICE_VERSION, version);
        answer.headers().forEach((name, value) -> response.header(name, value));
    }

    private ODataRequest odataRequest(ServerRequest request, String path, String query) throws IOException {
        boolean ours = path.equals(IcwpModel.PATH) || path.startsWith(IcwpModel.PATH + "/");
        if (!ours) {
            throw ODataFault.noService(path.substring(path.lastIndexOf('/') + 1));
        }
        var headers = new HashMap<String, String>();
        request.headers().forEach(header -> headers.put(header.name(), header.get()));
        return new ODataRequest(
                request.prologue().method().text(),
                "http://" + authority(request),
                path.substring(IcwpModel.PATH.length()),
                query,
                new Headers(headers),
                body(request),
                Actor.unrestricted(settings.user()),
                Manners.USUAL);
    }

    private static byte[] body(ServerRequest request) throws IOException {
        return request.content().hasEntity() ? request.content().inputStream().readAllBytes() : new byte[0];
    }

    /** The name under which the caller reached us, as SAP uses it; a name that is none is not handed back. */
    private static String authority(ServerRequest request) {
        var host = request.authority();
        return host.matches("[A-Za-z0-9.:\\[\\]-]{1,255}") ? host : "localhost";
    }

    private boolean hasClient(ServerRequest request, String query) {
        var header = header(request, SAP_CLIENT);
        var client = ODataService.parameter(query, "sap-client").orElse(header);
        return client.isEmpty() || client.equals(settings.client());
    }

    private void refuseLogOn(ServerResponse response) {
        response.header(
                HeaderNames.WWW_AUTHENTICATE,
                "Basic realm=\"SAP NetWeaver Application Server [S4H/%s]\"".formatted(settings.client()));
        sendPage(
                response,
                Status.UNAUTHORIZED_401,
                "Logon failed",
                "The user, the password or the client of this request is wrong.");
    }

    private static void sendPage(ServerResponse response, Status status, String title, String text) {
        response.status(status);
        response.header(HeaderNames.CONTENT_TYPE, HtmlPage.CONTENT_TYPE);
        response.send(HtmlPage.bytes(title, text));
    }

    private void sendFault(ODataFault fault, ServerRequest request, String query, ServerResponse response)
            throws IOException {
        boolean json = ODataRequest.wantsJson(header(request, HeaderNames.ACCEPT), query);
        var answer = service.refusal(fault, json);
        sendHeaders(answer, "1.0", response);
        var out = response.outputStream();
        answer.body().writeTo(out);
        out.close();
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }
}
