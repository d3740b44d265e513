package io.imaint.gateway.policy;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The element JSONPayload. A path that leads nowhere, or to null, sets nothing and is no fault: an assumption. */
record JsonExtraction(List<Variable> variables) implements Extraction {
    private static final Configuration CONFIGURATION = Configuration.defaultConfiguration();

    record Variable(String name, ValueType type, JsonPath path) {
        static Optional<Variable> read(PolicyReader reader) {
            var name = reader.attribute("name");
            var type = reader.attribute("type").map(word -> reader.word(word, ValueType.class, ValueType.STRING));
            var path = reader.text("JSONPath");
            if (name.isEmpty()) {
                reader.error("MissingName: <Variable> needs a name");
            }
            if (path.isEmpty()) {
                reader.error("EmptyJSONPathExpression: <Variable> needs a <JSONPath>");
            }
            try {
                return name.isEmpty() || path.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Variable(name.get(), type.orElse(ValueType.STRING), JsonPath.compile(path.get())));
            } catch (InvalidPathException invalid) {
                reader.error("JSONPathCompilationFailed: '%s' is not a JSON path".formatted(path.get()));
                return Optional.empty();
            }
        }

        void extract(@Nullable Object document, Work work) throws Fault {
            Object found;
            try {
                found = path.read(document, CONFIGURATION);
            } catch (JsonPathException nowhere) {
                return;
            }
            if (found == null) {
                return;
            }
            var value = type.parse(JsonTexts.plain(found));
            if (value == null) {
                throw work.faults().notCast(name, type);
            }
            work.set(name, value);
        }
    }

    JsonExtraction {
        variables = List.copyOf(variables);
    }

    static Extraction read(PolicyReader reader) {
        var all = reader.all("Variable");
        if (all.isEmpty()) {
            reader.error("NoJSONPathsToEvaluate: <JSONPayload> needs a <Variable>");
        }
        var variables = new ArrayList<Variable>();
        all.forEach(one -> Variable.read(one).ifPresent(variables::add));
        return new JsonExtraction(variables);
    }

    /** Only JSON is looked at; other messages pass by. */
    @Override
    public void extract(Work work) throws Fault {
        if (!work.hasType(type -> type.equals("application/json") || type.endsWith("+json"))) {
            return;
        }
        try {
            var document = JsonTexts.read(work.text());
            for (var variable : variables) {
                variable.extract(document, work);
            }
        } catch (JsonTexts.Malformed malformed) {
            throw work.faults().executionFailed();
        }
    }
}
