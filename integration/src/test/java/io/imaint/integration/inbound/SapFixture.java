package io.imaint.integration.inbound;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.kernel.settings.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OData V2 server for the product's own mappings. Row {@code i} of a set is made from {@code i}, so a test can
 * say what must arrive.
 */
final class SapFixture implements AutoCloseable {
    static final String PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    /** Answers a request otherwise than usual; null leaves it to the usual. */
    interface Fault {
        @Nullable
        Reply reply(String target);
    }

    record Reply(int status, String contentType, String body) {}

    private final Map<String, Mapping> sets = new LinkedHashMap<>();
    private final Map<String, Integer> rows = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final WebServer server;
    private volatile Fault fault = target -> null;

    SapFixture() {
        Integrations.product().forEach(integration -> {
            sets.put(integration.mapping().entitySet(), integration.mapping());
            rows.put(integration.mapping().entitySet(), 3);
        });
        server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .routing(routing -> routing.get(PATH + "/{set}", this::answer))
                .build()
                .start();
    }

    SapSystem system() {
        return new SapSystem(
                URI.create("http://127.0.0.1:" + server.port() + PATH), "READER", new Secret("x"), "100", "EN", "test");
    }

    SapFixture rows(String set, int count) {
        rows.put(set, count);
        return this;
    }

    void fault(Fault newFault) {
        fault = newFault;
    }

    /** What was asked for so far, without the parameters of the session, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void forget() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void answer(ServerRequest request, ServerResponse response) {
        var set = request.path().pathParameters().get("set");
        var query = parameters(request.query().rawValue());
        var skip = query.getOrDefault("$skiptoken", "0");
        var target = set.equals("$metadata") ? set : set + " " + skip;
        requests.add(target);
        var prefer = request.headers().first(HeaderNames.create("Prefer")).orElse("odata.maxpagesize=5000");
        var other = fault.reply(target);
        var reply = other != null
                ? other
                : set.equals("$metadata")
                        ? new Reply(200, "application/xml", metadata())
                        : new Reply(
                                200,
                                "application/json",
                                page(
                                        set,
                                        query,
                                        Integer.parseInt(skip),
                                        Integer.parseInt(prefer.replaceAll("\\D", ""))));
        response.status(Status.create(reply.status()))
                .header(HeaderNames.CONTENT_TYPE, reply.contentType())
                .send(reply.body());
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (var part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private String page(String set, Map<String, String> query, int from, int size) {
        var selected = List.of(query.getOrDefault("$select", "").split(",", -1));
        int all = rows.getOrDefault(set, 0);
        int to = Math.min(all, from + size);
        var results = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = from; i < to; i++) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            for (var property : selected) {
                row.put(property, value(set, property, i));
            }
            results.add(row);
        }
        var d = new LinkedHashMap<String, @Nullable Object>();
        d.put("results", results);
        d.put("__count", Integer.toString(all));
        if (to < all) {
            d.put(
                    "__next",
                    "http://internal:8000%s/%s?$select=%s&$inlinecount=allpages&$skiptoken=%d"
                            .formatted(PATH, set, query.get("$select"), to));
        }
        return JsonMapper.shared().writeValueAsString(Map.of("d", d));
    }

    private @Nullable Object value(String set, String property, int row) {
        var mapping = Objects.requireNonNull(sets.get(set));
        if (property.equals("UVORN")) {
            return "";
        }
        if (mapping.keys().contains(property)) {
            return "%012d".formatted(row);
        }
        return switch (type(mapping, property)) {
            case "Edm.DateTime" -> row % 3 == 0 ? null : "/Date(1767571200000)/";
            case "Edm.DateTimeOffset" -> "/Date(" + (1_767_571_200_000L + row) + "+0000)/";
            case "Edm.Time" -> "PT08H30M00S";
            case "Edm.Decimal" -> row + ".50";
            case "Edm.Double" -> row + ".25";
            case "Edm.Int32" -> row;
            default -> text(property, row);
        };
    }

    private static String text(String property, int row) {
        return switch (property) {
            case "STATUSES" ->
                List.of("CRTD", "REL  PRT MANC", "REL PCNF", "TECO CNF REL", "").get(row % 5);
            case "LVORM", "LOEKZ", "MSAUS" -> row % 4 == 1 ? "X" : "";
            default -> row % 7 == 6 ? "" : property + " " + row;
        };
    }

    private String metadata() {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><edmx:Edmx Version=\"1.0\""
                + " xmlns:edmx=\"http://schemas.microsoft.com/ado/2007/06/edmx\""
                + " xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\""
                + " xmlns:sap=\"http://www.sap.com/Protocols/SAPData\"><edmx:DataServices m:DataServiceVersion=\"2.0\">"
                + "<Schema Namespace=\"S\" xmlns=\"http://schemas.microsoft.com/ado/2008/09/edm\">");
        sets.forEach((set, mapping) -> {
            xml.append("<EntityType Name=\"").append(set).append("Type\"><Key>");
            mapping.keys().forEach(key -> xml.append("<PropertyRef Name=\"%s\"/>".formatted(key)));
            xml.append("</Key>");
            mapping.properties()
                    .forEach(property -> xml.append("<Property Name=\"%s\" Type=\"%s\"%s/>"
                            .formatted(
                                    property,
                                    type(mapping, property),
                                    type(mapping, property).equals("Edm.DateTime")
                                            ? " sap:display-format=\"Date\""
                                            : "")));
            xml.append("</EntityType>");
        });
        xml.append("<EntityContainer Name=\"C\" m:IsDefaultEntityContainer=\"true\">");
        sets.keySet()
                .forEach(set -> xml.append("<EntitySet Name=\"%s\" EntityType=\"S.%sType\"/>".formatted(set, set)));
        return xml.append("</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>")
                .toString();
    }

    private static String type(Mapping mapping, String property) {
        var field = mapping.fields().stream()
                .filter(line -> line.from().equals(property))
                .findFirst()
                .orElseThrow();
        if (field.convert() == Conversion.DATE) {
            return "Edm.DateTime";
        }
        if (field.convert() == Conversion.INSTANT) {
            return "Edm.DateTimeOffset";
        }
        if (field.to().endsWith("Time")) {
            return "Edm.Time";
        }
        return switch (property) {
            case "ANSWT", "BRGEW", "ARBEI", "ISMNW", "OFMNW", "DAUNO", "MENGE", "BDMNG", "CATSHOURS" -> "Edm.Decimal";
            case "AUSZT", "READG", "MRMIN", "MRMAX" -> "Edm.Double";
            case "ABNUM", "DECIM", "FILESIZE" -> "Edm.Int32";
            default -> "Edm.String";
        };
    }
}
