package io.imaint.app;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code imaint gateway trace}. */
@Command(
        name = "trace",
        description = {
            "Follows the next requests through the gateway, step by step.",
            "Shows each policy, whether its condition held, how long it took and which variables it changed. Secrets are masked."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "It needs a running `imaint up` and the permission api-management.develop, which the administrator's token has.",
            "Examples:",
            "  imaint gateway trace --proxy ICWP_INTEGRATION_SUITE_SRV",
            "  imaint gateway trace --status 4xx --follow --json"
        })
final class GatewayTraceCommand implements Callable<Integer>, SettingOptions.User {
    private static final String PATH = "/api/api-management/traces";

    /** As long and as many as one trace may be; to follow for longer, one is begun after the other. */
    private static final int SECONDS_MAX = 600;

    private static final int REQUESTS_MAX = 100;

    private static final Duration ASKED_EVERY = Duration.ofMillis(500);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunningProgram.Options program = new RunningProgram.Options();

    @Option(names = "--proxy", paramLabel = "NAME", description = "only requests of this proxy")
    private @Nullable String proxy;

    @Option(
            names = "--application",
            paramLabel = "NAME|KEY",
            description = "only requests of this application: its name, or the first four characters of the key that"
                    + " the request carries")
    private @Nullable String application;

    @Option(
            names = "--header",
            paramLabel = "NAME[=VALUE]",
            description = "only requests that have this header, and this value")
    private @Nullable String header;

    @Option(names = "--path", paramLabel = "PATH", description = "only requests whose path begins so")
    private @Nullable String path;

    @Option(names = "--client", paramLabel = "ADDRESS", description = "only requests from this address")
    private @Nullable String client;

    @Option(names = "--status", paramLabel = "CODE", description = "only answers such as 404 or 4xx")
    private @Nullable String status;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "1",
            description = "end after so many requests, at most 100 (default: ${DEFAULT-VALUE})")
    private int last = 1;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "end after this time, at most 600 seconds (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--follow", description = "go on until Ctrl-C, however many requests come")
    private boolean follow;

    @Option(names = "--json", description = "print JSON; with --follow one line for each request")
    private boolean json;

    GatewayTraceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (last < 1 || last > REQUESTS_MAX || seconds < 1 || seconds > SECONDS_MAX) {
            throw AppProblem.COMMAND_INVALID.because(
                    "--last must be from 1 to %d and --seconds from 1 to %d".formatted(REQUESTS_MAX, SECONDS_MAX));
        }
        Shutdown.install(terminal);
        try (var running = program.program(SettingOptions.read(spec))) {
            var shown = new ArrayList<JsonNode>();
            boolean again = true;
            while (again && !Shutdown.requested()) {
                again = trace(running, shown) && follow;
            }
            if (json && !follow) {
                terminal.json(shown);
            }
            if (shown.isEmpty() && !follow) {
                terminal.note("No such request came within %d seconds.".formatted(seconds));
            }
            return shown.isEmpty() && !follow ? Main.FAILED : Main.DONE;
        }
    }

    /** One trace to its end, which is also that of the session in the gateway. */
    private boolean trace(RunningProgram running, List<JsonNode> shown) throws InterruptedException {
        int wanted = follow ? REQUESTS_MAX : last;
        var session = running.post(PATH, wanted(wanted));
        var place = PATH + "/" + URLEncoder.encode(session.path("id").asString(""), StandardCharsets.UTF_8);
        var until = Instant.parse(session.path("until").asString(""));
        try {
            if (shown.isEmpty()) {
                terminal.note("%s; Ctrl-C ends it."
                        .formatted(follow ? "Following requests" : "Waiting for requests until " + until));
            }
            int seen = 0;
            while (seen < wanted) {
                boolean stopping = Shutdown.requestedWithin(ASKED_EVERY);
                boolean over = InstantSource.system().instant().isAfter(until);
                for (var request :
                        running.get("%s?after=%d".formatted(place, seen)).path("requests")) {
                    seen++;
                    show(request, shown);
                }
                if (stopping || over) {
                    break;
                }
            }
            return true;
        } finally {
            running.delete(place);
        }
    }

    private Map<String, Object> wanted(int requests) {
        var wanted = new LinkedHashMap<String, Object>();
        put(wanted, "proxy", proxy);
        put(wanted, "path", path);
        put(wanted, "client", client);
        put(wanted, "application", application);
        put(wanted, "status", status);
        if (header != null) {
            int equals = header.indexOf('=');
            wanted.put("header", equals < 0 ? header : header.substring(0, equals));
            put(wanted, "value", equals < 0 ? null : header.substring(equals + 1));
        }
        wanted.put("seconds", follow ? SECONDS_MAX : seconds);
        wanted.put("requests", requests);
        return wanted;
    }

    private static void put(Map<String, Object> wanted, String name, @Nullable String value) {
        if (value != null) {
            wanted.put(name, value);
        }
    }

    private void show(JsonNode request, List<JsonNode> shown) {
        if (!json) {
            if (!shown.isEmpty()) {
                terminal.line("");
            }
            TraceText.lines(request).forEach(line -> terminal.line(JsonAsText.harmless(line)));
        } else if (follow) {
            terminal.line(Terminal.oneLine(request));
        }
        if (!follow || shown.isEmpty()) { // Who follows for days must not keep all.
            shown.add(request);
        }
    }
}
