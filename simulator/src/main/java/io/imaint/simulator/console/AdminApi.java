package io.imaint.simulator.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The operations of {@link AdminOperations} as JSON: {@code GET /sap/admin/users} and {@code POST /sap/admin/users/lock} with an
 * object of the operation's fields. {@code GET /sap/admin} lists them all.
 */
public final class AdminApi {
    public static final String ROOT = "/sap/admin";

    private static final String JSON = "application/json;charset=utf-8";
    private static final String PROBLEM = "application/problem+json;charset=utf-8";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final AdminOperations operations;

    public AdminApi(AdminOperations operations) {
        this.operations = operations;
    }

    public ConsoleAnswer answer(ConsoleRequest request) {
        if (!request.fromAdministrator()) {
            return answer(AdminError.NOT_ADMINISTRATOR);
        }
        var command = request.path()
                .substring(Math.min(ROOT.length() + 1, request.path().length()))
                .replace('/', ' ');
        if (command.isEmpty()) {
            return answer(
                    200,
                    JSON,
                    Map.of(
                            "operations",
                            Operation.all().stream().map(AdminApi::described).toList()));
        }
        var found = Operation.find(command);
        if (found.isEmpty()) {
            return answer(new AdminError(
                    404, "unknown-operation", "There is no such operation", "GET " + ROOT + " lists them."));
        }
        var operation = found.get();
        var method = operation.reads() ? "GET" : "POST";
        if (!request.method().equals(method)) {
            return answer(
                    new AdminError(405, "wrong-method", "The operation is asked for otherwise", "Use " + method + "."));
        }
        if (!operation.reads() && request.crossSite()) {
            return answer(AdminError.CROSS_SITE);
        }
        try {
            var arguments = operation.reads()
                    ? Arguments.of(operation, request.query())
                    : Arguments.of(operation, MAPPER.readTree(json(request)));
            return answer(200, JSON, facts(operations.run(request.user(), operation, arguments)));
        } catch (JacksonException broken) {
            return answer(AdminError.of(new WrongUse("the body is no JSON: " + broken.getOriginalMessage())));
        } catch (RuntimeException thrown) {
            return answer(AdminError.of(thrown));
        }
    }

    /** A page of another site can send a form or plain text without asking first, but no JSON. */
    private static byte[] json(ConsoleRequest request) {
        if (request.body().length > ConsoleRequest.BODY_BYTES_MAX) {
            throw new WrongUse("the body has more than " + ConsoleRequest.BODY_BYTES_MAX + " bytes");
        }
        if (!request.header("content-type").startsWith("application/json")) {
            throw new WrongUse("the body is sent as application/json");
        }
        return request.body();
    }

    private static Map<String, Object> described(Operation operation) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("path", ROOT + "/" + operation.path());
        facts.put("method", operation.reads() ? "GET" : "POST");
        facts.put("purpose", operation.purpose());
        facts.put("transactions", operation.area().transactions());
        facts.put(
                "fields",
                operation.fields().stream()
                        .map(field -> Map.of(
                                "name", field.name(),
                                "kind", field.kind().name().toLowerCase(Locale.ROOT),
                                "required", field.required(),
                                "choices", field.choices()))
                        .toList());
        return facts;
    }

    private static Map<String, @Nullable Object> facts(Result result) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        if (!result.message().isEmpty()) {
            facts.put("message", result.message());
        }
        facts.putAll(result.facts());
        for (var table : result.tables()) {
            facts.put(
                    table.name(),
                    table.rows().stream()
                            .map(row -> cells(table.columns(), row.cells()))
                            .toList());
        }
        if (!result.text().isEmpty()) {
            facts.put("text", result.text());
        }
        return facts;
    }

    private static Map<String, @Nullable Object> cells(List<String> columns, List<@Nullable Object> cells) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        return row;
    }

    private static ConsoleAnswer answer(AdminError error) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("code", error.code());
        problem.put("title", error.title());
        problem.put("status", error.status());
        problem.put("detail", error.detail());
        return answer(error.status(), PROBLEM, problem);
    }

    private static ConsoleAnswer answer(int status, String contentType, Object body) {
        return new ConsoleAnswer(
                status,
                contentType,
                Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff"),
                MAPPER.writeValueAsBytes(body));
    }
}
