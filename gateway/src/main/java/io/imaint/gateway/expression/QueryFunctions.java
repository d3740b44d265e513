package io.imaint.gateway.expression;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.spi.json.JsonSmartJsonProvider;
import com.jayway.jsonpath.spi.mapper.JsonSmartMappingProvider;
import io.imaint.gateway.expression.TemplateFunction.Call;
import io.imaint.gateway.expression.TemplateFunction.OfTexts;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that take a part of a document: {@code jsonPath(path,json,wantArray)} and {@code xPath(expression,xml,type)}. */
final class QueryFunctions {
    /** Namespaces that an XPath may name beside its type, as documented. */
    private static final int NAMESPACES_MAX = 10;

    private static final OfTexts XPATH =
            texts -> XPathQuery.evaluate(texts.getFirst(), texts.get(1), texts.subList(2, texts.size()));

    static final List<TemplateFunction> ALL = List.of(
            new TemplateFunction("jsonPath", 2, 3, QueryFunctions::jsonPath),
            TemplateFunction.ofTexts("xPath", 2, 3 + NAMESPACES_MAX, XPATH),
            TemplateFunction.ofTexts("xpath", 2, 3 + NAMESPACES_MAX, XPATH));

    private static final Configuration JSON = Configuration.builder()
            .jsonProvider(new JsonSmartJsonProvider())
            .mappingProvider(new JsonSmartMappingProvider())
            .build();

    private QueryFunctions() {}

    /** What does not match, or is no JSON, is empty. */
    private static Call jsonPath(List<Argument> arguments) throws ExpressionInvalid {
        var path = new Prepared<>(arguments.getFirst(), QueryFunctions::compiled);
        return scope -> {
            var compiled = path.in(scope);
            var json = scope.text(arguments.get(1));
            boolean wantArray =
                    arguments.size() > 2 && scope.text(arguments.get(2)).equals("true");
            if (compiled == null || json.isBlank()) {
                return "";
            }
            try {
                Object found = compiled.read(json, JSON);
                return text(!wantArray && found instanceof List<?> list ? firstOf(list) : found);
            } catch (JsonPathException | IllegalArgumentException missing) {
                return "";
            }
        };
    }

    private static JsonPath compiled(String path) throws ExpressionInvalid {
        try {
            return JsonPath.compile(path);
        } catch (JsonPathException | IllegalArgumentException invalid) {
            throw new ExpressionInvalid("the JSONPath '%s' is invalid: %s".formatted(path, invalid.getMessage()));
        }
    }

    private static @Nullable Object firstOf(List<?> list) {
        return list.isEmpty() ? null : list.getFirst();
    }

    private static String text(@Nullable Object found) {
        return switch (found) {
            case null -> "";
            case Map<?, ?> object -> JSON.jsonProvider().toJson(object);
            case List<?> list -> JSON.jsonProvider().toJson(list);
            default -> found.toString();
        };
    }
}
