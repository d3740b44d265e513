package io.imaint.gateway.management;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A service of SAP Gateway's catalog.
 *
 * @param name the technical name, such as {@code ICWP_INTEGRATION_SUITE_SRV}
 * @param version such as {@code 1}
 * @param url as the system says it
 */
record CatalogService(String name, String title, String description, String version, String url) {
    /** Services of one answer; the largest systems have some thousand. */
    private static final int SERVICES_MAX = 20_000;

    private static final JsonMapper JSON = new JsonMapper();

    /** An answer is no list of services. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String reason) {
            super(reason);
        }
    }

    /** The path at the system: of the URL, whatever host it names. */
    String path() {
        try {
            var path = Optional.ofNullable(URI.create(url).getRawPath()).orElse("");
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }

    /** The services of an answer in JSON or Atom. */
    static List<CatalogService> list(Message answer) throws Unreadable {
        var text = answer.content().strip();
        var services = text.startsWith("<") ? ofAtom(text) : ofJson(text);
        if (services.size() > SERVICES_MAX) {
            throw new Unreadable("it has more than %d services".formatted(SERVICES_MAX));
        }
        return services;
    }

    private static List<CatalogService> ofJson(String text) throws Unreadable {
        JsonNode data;
        try {
            data = JSON.readTree(text).path("d");
        } catch (JacksonException malformed) {
            throw new Unreadable("it is no JSON");
        }
        var results = data.isArray() ? data : data.path("results");
        if (!results.isArray()) {
            throw new Unreadable("it has no results");
        }
        var services = new ArrayList<CatalogService>();
        results.forEach(one -> services.add(of(field -> one.path(field).asString(""))));
        return services;
    }

    private static List<CatalogService> ofAtom(String text) throws Unreadable {
        XmlElement feed;
        try {
            feed = Xml.read(text);
        } catch (XmlInvalid malformed) {
            throw new Unreadable("line %d: %s".formatted(malformed.line(), malformed.getMessage()));
        }
        if (!feed.name().equals("feed")) {
            throw new Unreadable("it is an element " + feed.name());
        }
        return feed.all("entry")
                .flatMap(entry -> Stream.concat(
                        entry.all("properties"), entry.all("content").flatMap(content -> content.all("properties")))
                        .findFirst()
                        .stream())
                .map(properties -> of(field -> properties.childText(field).orElse("")))
                .toList();
    }

    private static CatalogService of(UnaryOperator<String> fields) {
        var name = fields.apply("TechnicalServiceName");
        var id = Objects.requireNonNullElse(fields.apply("ID"), "");
        return new CatalogService(
                name.isEmpty() ? id : name.substring(name.lastIndexOf('/') + 1),
                fields.apply("Title"),
                fields.apply("Description"),
                fields.apply("TechnicalServiceVersion"),
                fields.apply("ServiceUrl"));
    }
}
