package io.imaint.simulator.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The operations of {@link AdminOperations} as pages for a browser, under the names of SAP's transactions. Made on the server whole,
 * without script, and without anything from elsewhere.
 */
public final class HtmlConsole {
    public static final String ROOT = "/sap/console";

    private static final String HTML = "text/html;charset=utf-8";
    private static final String STYLE = "/style.css";

    private static final String CHANGE = "change";

    /** The arguments that name an entity. */
    static final List<String> ENTITY = List.of("set", "key");

    /** With another referrer policy browsers would hide the origin of our own forms. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final AdminOperations operations;
    private final FormGuard guard;

    /**
     * @param random should be a {@link java.security.SecureRandom}
     */
    public HtmlConsole(AdminOperations operations, RandomGenerator random) {
        this.operations = operations;
        this.guard = new FormGuard(random);
    }

    public ConsoleAnswer answer(ConsoleRequest request) {
        var path =
                request.path().substring(Math.min(ROOT.length(), request.path().length()));
        if (path.equals(STYLE)) {
            return new ConsoleAnswer(200, "text/css;charset=utf-8", HEADERS, style());
        }
        var home = Operation.named("status");
        if (!request.fromAdministrator()) {
            return page(request, home, 403).error(AdminError.NOT_ADMINISTRATOR).answer();
        }
        var command = path.replaceAll("^/|/$", "").replace('/', ' ');
        var found = command.isEmpty() ? Optional.of(home) : Operation.find(command);
        if (found.isEmpty()) {
            return page(request, home, 404)
                    .error(new AdminError(404, "", "There is no such page", "Choose one of the transactions."))
                    .answer();
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request, found.get());
            case "POST" -> send(request, found.get());
            default ->
                page(request, found.get(), 405)
                        .error(new AdminError(405, "", "The page cannot be asked for like this", "Use the forms."))
                        .answer();
        };
    }

    private ConsoleAnswer read(ConsoleRequest request, Operation operation) {
        Map<String, List<String>> given = Map.of();
        try {
            given = expanded(operation, request.query());
            boolean complete = operation.fields().stream()
                    .allMatch(field -> !field.required() || request.query().containsKey(field.name()));
            if (operation.command().equals(CHANGE) && given.keySet().containsAll(ENTITY)) {
                return page(request, operation, 200)
                        .result(operations.changeForm(entity(given)))
                        .answer();
            }
            if (!operation.reads() || !complete) {
                return page(request, operation, 200).form(given).answer();
            }
            var result = operations.run(request.user(), operation, Arguments.of(operation, given));
            return page(request, operation, 200).result(result).answer();
        } catch (RuntimeException thrown) {
            var error = AdminError.of(thrown);
            return page(request, operation, error.status())
                    .error(error)
                    .form(given)
                    .answer();
        }
    }

    private ConsoleAnswer send(ConsoleRequest request, Operation operation) {
        if (request.crossSite()) {
            return page(request, operation, 403).error(AdminError.CROSS_SITE).answer();
        }
        Map<String, List<String>> given = Map.of();
        try {
            var form = request.form();
            var tokens = form.remove(FormGuard.FIELD);
            if (!guard.permits(request.user(), tokens)) {
                return page(request, operation, 403)
                        .error(AdminError.STALE_FORM)
                        .answer();
            }
            given = expanded(operation, form);
            var result = operations.run(request.user(), operation, Arguments.of(operation, given));
            return page(request, operation, 200).result(result).answer();
        } catch (RuntimeException thrown) {
            var error = AdminError.of(thrown);
            var page = page(request, operation, error.status()).error(error);
            return (operation.command().equals(CHANGE) ? again(page, given) : page.form(given)).answer();
        }
    }

    /** The form of an entity with what was typed into it before SAP declined it. */
    private Page again(Page page, Map<String, List<String>> given) {
        try {
            return page.result(operations.changeForm(entity(given)).typed(given));
        } catch (RuntimeException thrown) {
            return page.error(AdminError.of(thrown)).form(given);
        }
    }

    private static Map<String, List<String>> entity(Map<String, List<String>> given) {
        var entity = new LinkedHashMap<>(given);
        entity.keySet().retainAll(ENTITY);
        return entity;
    }

    /** Text areas hold one word or one NAME=VALUE in each line. */
    private static Map<String, List<String>> expanded(Operation operation, Map<String, List<String>> given) {
        var expanded = new LinkedHashMap<String, List<String>>();
        given.forEach((name, values) -> {
            var kind = operation.field(name).map(Field::kind).orElse(Field.Kind.TEXT);
            if (kind == Field.Kind.PAIRS) {
                lines(values).stream().filter(line -> !line.isBlank()).forEach(line -> {
                    int equals = line.indexOf('=');
                    if (equals < 1) {
                        throw new WrongUse("'%s' is written NAME=VALUE in each line".formatted(name));
                    }
                    expanded.put(name + "." + line.substring(0, equals).strip(), List.of(line.substring(equals + 1)));
                });
            } else {
                expanded.put(name, kind == Field.Kind.WORDS ? lines(values) : values);
            }
        });
        return expanded;
    }

    /** A single value with line ends is a text area's; parts of a key come one by one and may be empty. */
    private static List<String> lines(List<String> values) {
        if (values.size() != 1 || values.getFirst().indexOf('\n') < 0) {
            return values.equals(List.of("")) ? List.of() : values;
        }
        var lines = new ArrayList<>(Arrays.asList(values.getFirst().split("\r?\n", -1)));
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    private Page page(ConsoleRequest request, Operation operation, int status) {
        var page = new ConsolePage(request.user(), guard.token(request.user()), operation);
        return new Page(page, status);
    }

    /** A page that becomes an answer. */
    private record Page(ConsolePage page, int status) {
        Page error(AdminError error) {
            page.error(error);
            return this;
        }

        Page form(Map<String, List<String>> given) {
            page.form(given);
            return this;
        }

        Page result(Result result) {
            page.result(result);
            return this;
        }

        ConsoleAnswer answer() {
            return new ConsoleAnswer(status, HTML, HEADERS, page.bytes());
        }
    }

    private static byte[] style() {
        try (var in = HtmlConsole.class.getResourceAsStream("style.css")) {
            if (in == null) {
                throw new AssertionError("style.css is missing");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
