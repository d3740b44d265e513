package io.imaint.integration.inbound;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OData V2 server for the product's own mappings. Row {@code i} of a set is made from {@code i}, so a test can
 * say what must arrive.
 */
public final class SapFixture implements AutoCloseable {
    static final String PATH = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV";

    /** Where another service with the same sets is. */
    public static final String OTHER_PATH = "/sap/opu/odata/sap/OTHER_SRV";

    /** Answers a request otherwise than usual; null leaves it to the usual. */
    public interface Fault {
        @Nullable
        Reply reply(String target);
    }

    public record Reply(int status, String contentType, String body) {}

    private static final Pattern CLAUSE = Pattern.compile("(\\w+) (lt|ge) ('(?:[^']|'')*')");

    private final Map<String, Mapping> sets = new LinkedHashMap<>();
    /** The rows of each set: the number from which its values are made, and its key. */
    private final Map<String, ConcurrentNavigableMap<Integer, String>> rows = new ConcurrentHashMap<>();

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private volatile Fault fault = target -> null;

    SapFixture() {
        Integrations.product().forEach(integration -> {
            sets.put(integration.mapping().entitySet(), integration.mapping());
            rows(integration.mapping().entitySet(), 3);
        });
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    SapSystem system() {
        return new SapSystem(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH),
                "READER",
                new Secret("x"),
                "100",
                "EN",
                "test");
    }

    public SapFixture rows(String set, int count) {
        return keys(set, IntStream.range(0, count).mapToObj("%012d"::formatted).toList());
    }

    /** Gives a set rows with these keys. */
    public SapFixture keys(String set, List<String> keys) {
        var made = new ConcurrentSkipListMap<Integer, String>();
        keys.forEach(key -> made.put(made.size(), key));
        rows.put(set, made);
        return this;
    }

    public void create(String set, String key) {
        var there = all(set);
        there.put(there.isEmpty() ? 0 : there.lastKey() + 1, key);
    }

    public void delete(String set, int row) {
        all(set).remove(row);
    }

    private ConcurrentNavigableMap<Integer, String> all(String set) {
        return Objects.requireNonNull(rows.get(set));
    }

    public void fault(Fault newFault) {
        fault = newFault;
    }

    /** What was asked for so far, without the parameters of the session, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public void forget() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var raw = exchange.getRequestURI().getRawQuery();
        var query = parameters(raw == null ? "" : raw);
        var other = path.startsWith(OTHER_PATH);
        var set = path.substring((other ? OTHER_PATH : PATH).length() + 1);
        var reply = set.endsWith("/$count")
                ? count(set.substring(0, set.indexOf('/')), query)
                : page(exchange, other ? "other " : "", set, query);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply page(HttpExchange exchange, String service, String set, Map<String, String> query) {
        var skip = query.getOrDefault("$skiptoken", "0");
        var filter = query.containsKey("$filter") ? " " + query.get("$filter") : "";
        var order = query.containsKey("$orderby")
                ? " by " + query.get("$orderby") + " " + query.getOrDefault("$skip", "0")
                : "";
        var target = service + (set.equals("$metadata") ? set : set + " " + skip + order + filter);
        requests.add(target);
        var faulty = fault.reply(target);
        if (faulty != null) {
            return faulty;
        }
        if (set.equals("$metadata")) {
            return new Reply(200, "application/xml", metadata());
        }
        var given = exchange.getRequestHeaders().getFirst("Prefer");
        int size = Integer.parseInt((given == null ? "5000" : given).replaceAll("\\D", ""));
        return new Reply(200, "application/json", page(set, query, Integer.parseInt(skip), size));
    }

    private Reply count(String set, Map<String, String> query) {
        var target = set + "/$count" + (query.containsKey("$filter") ? " " + query.get("$filter") : "");
        requests.add(target);
        var faulty = fault.reply(target);
        var counted = found(set, query).size();
        return faulty != null ? faulty : new Reply(200, "text/plain", Integer.toString(counted));
    }

    /** The rows that a query asks for, page size and skip token aside. */
    private List<Map.Entry<Integer, String>> found(String set, Map<String, String> query) {
        var found = all(set).entrySet().stream()
                .filter(row -> fulfils(query.getOrDefault("$filter", ""), row.getValue()))
                .map(row -> Map.entry(row.getKey(), row.getValue()));
        var order = query.get("$orderby");
        if (order != null) {
            Comparator<Map.Entry<Integer, String>> byKey = Map.Entry.comparingByValue();
            found = found.sorted(order.endsWith("desc") ? byKey.reversed() : byKey);
        }
        var list =
                found.skip(Integer.parseInt(query.getOrDefault("$skip", "0"))).toList();
        int top = Integer.parseInt(query.getOrDefault("$top", "" + Integer.MAX_VALUE));
        return list.subList(0, Math.min(top, list.size()));
    }

    /** Understands ranges of the key and a test for null, whatever the property's name. */
    private static boolean fulfils(String filter, String key) {
        var clause = CLAUSE.matcher(filter);
        while (clause.find()) {
            var value =
                    clause.group(3).substring(1, clause.group(3).length() - 1).replace("''", "'");
            boolean below = key.compareTo(value) < 0;
            if (clause.group(2).equals("lt") != below) {
                return false;
            }
        }
        return true;
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
        var found = found(set, query);
        var page = found.stream()
                .filter(row -> query.containsKey("$orderby") || row.getKey() >= from)
                .limit(size + 1L)
                .toList();
        var results = new ArrayList<Map<String, @Nullable Object>>();
        for (var entry : page.subList(0, Math.min(size, page.size()))) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            for (var property : selected) {
                row.put(property, value(set, property, entry));
            }
            results.add(row);
        }
        var d = new LinkedHashMap<String, @Nullable Object>();
        d.put("results", results);
        d.put("__count", Integer.toString(found.size()));
        if (page.size() > size) {
            d.put("__next", next(set, query, page.get(size).getKey()));
        }
        return JsonMapper.shared().writeValueAsString(Map.of("d", d));
    }

    private static String next(String set, Map<String, String> query, int from) {
        var filter = query.get("$filter");
        return "http://internal:8000%s/%s?$select=%s%s&$inlinecount=allpages&$skiptoken=%d"
                .formatted(
                        PATH,
                        set,
                        query.get("$select"),
                        filter == null
                                ? ""
                                : "&$filter="
                                        + URLEncoder.encode(filter, StandardCharsets.UTF_8)
                                                .replace("+", "%20"),
                        from);
    }

    private @Nullable Object value(String set, String property, Map.Entry<Integer, String> entry) {
        int row = entry.getKey();
        var mapping = Objects.requireNonNull(sets.get(set));
        if (property.equals("UVORN")) {
            return "";
        }
        if (mapping.keys().contains(property)) {
            return entry.getValue();
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
