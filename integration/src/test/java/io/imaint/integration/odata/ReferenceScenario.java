package io.imaint.integration.odata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.olingo.odata2.api.ODataService;
import org.apache.olingo.odata2.api.ODataServiceFactory;
import org.apache.olingo.odata2.api.commons.ODataHttpMethod;
import org.apache.olingo.odata2.api.exception.ODataException;
import org.apache.olingo.odata2.api.processor.ODataContext;
import org.apache.olingo.odata2.api.processor.ODataRequest;
import org.apache.olingo.odata2.api.processor.ODataResponse;
import org.apache.olingo.odata2.api.uri.PathSegment;
import org.apache.olingo.odata2.core.ODataContextImpl;
import org.apache.olingo.odata2.core.ODataPathSegmentImpl;
import org.apache.olingo.odata2.core.ODataRequestHandler;
import org.apache.olingo.odata2.core.PathInfoImpl;

/**
 * A company of buildings, rooms, employees and photos, served by Apache Olingo over HTTP: the metadata, the URLs, the
 * JSON and the errors are all written by a foreign implementation of OData V2.
 */
final class ReferenceScenario implements AutoCloseable {
    private static final String PATH = "/company.svc/";

    private final HttpServer server;
    private final ODataServiceFactory factory = new Factory();

    ReferenceScenario() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext(PATH, this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Factory extends ODataServiceFactory {
        @Override
        public ODataService createService(ODataContext context) {
            return createODataSingleProcessorService(new ReferenceModel(), new ReferenceData());
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = request(exchange);
            var context = new ODataContextImpl(request, factory);
            context.setPathInfo(request.getPathInfo());
            var service = factory.createService(context);
            context.setService(service);
            service.getProcessor().setContext(context);
            answer(exchange, new ODataRequestHandler(factory, service, context).handle(request));
        } catch (ODataException failed) {
            throw new IOException(failed);
        }
    }

    private ODataRequest request(HttpExchange exchange) {
        var uri = exchange.getRequestURI();
        var path = new PathInfoImpl();
        path.setServiceRoot(url());
        path.setRequestUri(url().resolve(uri));
        path.setODataPathSegment(
                Arrays.stream(uri.getRawPath().substring(PATH.length()).split("/", -1))
                        .map(segment -> (PathSegment) new ODataPathSegmentImpl(decoded(segment), Map.of()))
                        .toList());
        Map<String, String> query = new HashMap<>();
        Map<String, List<String>> queries = new HashMap<>();
        for (var parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&", -1)) {
            int equals = parameter.indexOf('=');
            query.put(decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
        }
        query.forEach((name, value) -> queries.put(name, List.of(value)));
        Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
        return ODataRequest.method(ODataHttpMethod.GET)
                .httpMethod("GET")
                .pathInfo(path)
                .queryParameters(query)
                .allQueryParameters(queries)
                .requestHeaders(headers)
                .acceptHeaders(exchange.getRequestHeaders().get("Accept"))
                .acceptableLanguages(List.of(Locale.ENGLISH))
                .body(new ByteArrayInputStream(new byte[0]))
                .build();
    }

    private static void answer(HttpExchange exchange, ODataResponse response) throws IOException, ODataException {
        for (var name : response.getHeaderNames()) {
            exchange.getResponseHeaders().add(name, response.getHeader(name));
        }
        var body = response.getEntity() == null
                ? new byte[0]
                : response.getEntityAsStream().readAllBytes();
        exchange.sendResponseHeaders(response.getStatus().getStatusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
