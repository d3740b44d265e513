package io.imaint.checks;

import io.imaint.checks.Wrk.Measured;
import io.imaint.checks.Wrk.Server;
import io.imaint.gateway.demo.DemoBundles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Requests a second through a gateway of one core: ours with the delivered chains for API keys and for access tokens, beside nginx as
 * bare pass-through and a Spring Cloud Gateway ({@code checks/gateway-peer}). 64 connections are kept, answers have 1 KiB. The gateways
 * are pinned to the first core; the target (nginx) and the client (wrk) share the second. All are asked in turn, round by round; only the
 * one that is asked has work to do.
 *
 * <p>Arguments: seconds of one measurement (default 5), rounds (default 5), seconds of warm-up of each (default 30).
 */
final class GatewayBenchmark {
    private static final int CONNECTIONS = 64;
    private static final int ANSWER_BYTES = 1024;
    private static final String QUESTION = "/WorkOrderSet?$top=1";

    private GatewayBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int seconds = argument(arguments, 0, 5);
        int rounds = argument(arguments, 1, 5);
        int warmUp = argument(arguments, 2, 30);
        var jar = Wrk.peer("gateway-peer");
        var home = Files.createTempDirectory("gateway-benchmark");
        int target = GatewayLandscape.freePort();
        int bare = GatewayLandscape.freePort();
        int spring = GatewayLandscape.freePort();
        var started = new ArrayList<Process>();
        try (var gateway = GatewayLandscape.ofOneCore(home)) {
            var answer = "return 200 \"%s\";".formatted("x".repeat(ANSWER_BYTES));
            started.add(start(home, "target", Wrk.CLIENT_CORE, nginx(home, "target", target, answer)));
            started.add(start(home, "nginx", Wrk.SERVER_CORE, nginx(home, "nginx", bare, """
                    proxy_pass http://target; proxy_http_version 1.1; proxy_set_header Connection "";
                    """.strip(), target)));
            started.add(start(home, "spring", Wrk.SERVER_CORE, spring(jar, spring, target)));
            for (int port : List.of(target, bare, spring)) {
                awaitPort(port);
            }
            var keys = landscape(gateway, target);
            Wrk.pin(gateway.process());
            var token = gateway.token("/token", keys)
                    .json()
                    .required("access_token")
                    .asString();
            var ours = gateway.process();
            var servers = List.of(
                    new Server("nginx, bare", "http://127.0.0.1:" + bare + QUESTION, List.of(), handle(started, 1)),
                    new Server(
                            "Spring Cloud Gateway, bare",
                            "http://127.0.0.1:" + spring + "/bare" + QUESTION,
                            List.of(),
                            handle(started, 2)),
                    new Server(
                            "Spring Cloud Gateway, key",
                            "http://127.0.0.1:" + spring + "/key" + QUESTION,
                            List.of("-H", "x-api-key: benchmark"),
                            handle(started, 2)),
                    new Server("gateway, no policies", gateway.address("/bare" + QUESTION), List.of(), ours),
                    new Server(
                            "gateway, API key chain",
                            gateway.address(GatewayLandscape.API_KEY + QUESTION),
                            List.of("-H", "x-api-key: " + keys.key()),
                            ours),
                    new Server(
                            "gateway, OAuth chain",
                            gateway.address(GatewayLandscape.OAUTH + QUESTION),
                            List.of("-H", "Authorization: Bearer " + token),
                            ours));
            print(measure(servers, seconds, rounds, warmUp));
        } finally {
            started.forEach(Process::destroy);
        }
        System.exit(0);
    }

    private static ProcessHandle handle(List<Process> started, int place) {
        return started.get(place).toHandle();
    }

    /** Sets up what the demo landscape has, with another target; the keys of an application. */
    private static GatewayLandscape.Keys landscape(GatewayLandscape gateway, int target) {
        gateway.managed(gateway.manage("POST", "/providers").json("""
                {"name": "SAP", "settings": {"title": "Benchmark", "type": "internet", "host": "127.0.0.1", "port": %d,
                 "tls": false, "sapClient": "100"}}
                """.formatted(target)));
        gateway.managed(gateway.manage("POST", "/key-value-maps").json("""
                {"scope": "environment", "name": "iCWPCredentials", "encrypted": true, "entries": [
                 {"key": "UserID", "value": "BENCHMARK"}, {"key": "Password", "value": "benchmark"}]}
                """));
        var names = DemoBundles.all().stream().map(bundle -> bundle.name()).toArray(String[]::new);
        DemoBundles.all().forEach(gateway::deploy);
        gateway.deployVariant(
                DemoBundles.API_KEY_PROXY, "Bare", "/bare", text -> text.replaceAll("<step>[\\s\\S]*?</step>", ""));
        gateway.publish("Benchmark", names);
        var application = gateway.register("benchmark", "Benchmark");
        return new GatewayLandscape.Keys(
                application.required("key").asString(),
                application.required("secret").asString());
    }

    private static Map<String, List<Measured>> measure(List<Server> servers, int seconds, int rounds, int warmUp)
            throws IOException, InterruptedException {
        var wrk = new Wrk(CONNECTIONS);
        var measured = new LinkedHashMap<String, List<Measured>>();
        for (var server : servers) {
            wrk.warmUp(server, server.name().startsWith("nginx") ? 2 : warmUp);
        }
        for (int round = 0; round < rounds; round++) {
            for (var server : servers) {
                measured.computeIfAbsent(server.name(), name -> new ArrayList<>())
                        .add(wrk.ask(server, seconds));
            }
        }
        return measured;
    }

    private static void print(Map<String, List<Measured>> measured) {
        measured.forEach((name, all) -> System.out.printf("%-28s %s%n", name, Measured.line(all)));
        measured.forEach((name, all) -> {
            if (name.startsWith("gateway")) {
                System.out.printf(
                        "%-28s %.2f times nginx, %.2f times Spring Cloud Gateway; by processor time %.2f and %.2f times%n",
                        name,
                        ratio(measured, name, "nginx, bare"),
                        ratio(measured, name, "Spring Cloud Gateway, bare"),
                        cpuRatio(measured, name, "nginx, bare"),
                        cpuRatio(measured, name, "Spring Cloud Gateway, bare"));
            }
        });
    }

    /** The median over the rounds, because a round's measurements are from the same minute. */
    private static double ratio(Map<String, List<Measured>> measured, String name, String peer) {
        return ratios(measured.getOrDefault(name, List.of()), measured.getOrDefault(peer, List.of()), false);
    }

    private static double cpuRatio(Map<String, List<Measured>> measured, String name, String peer) {
        return ratios(measured.getOrDefault(name, List.of()), measured.getOrDefault(peer, List.of()), true);
    }

    private static double ratios(List<Measured> ours, List<Measured> theirs, boolean cpu) {
        var ratios = new double[ours.size()];
        for (int round = 0; round < ratios.length; round++) {
            var one = ours.get(round);
            var other = theirs.get(round);
            ratios[round] = cpu ? other.cpuMicros() / one.cpuMicros() : one.perSecond() / other.perSecond();
        }
        Arrays.sort(ratios);
        return ratios[ratios.length / 2];
    }

    private static List<String> spring(Path jar, int port, int target) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--peer.key=benchmark",
                "--peer.target=http://127.0.0.1:" + target);
    }

    private static List<String> nginx(Path home, String name, int port, String location, int... upstream)
            throws IOException {
        var targets = upstream.length == 0
                ? ""
                : "upstream target { server 127.0.0.1:%d; keepalive 128; keepalive_requests 100000000; }"
                        .formatted(upstream[0]);
        var configuration = """
                worker_processes 1; daemon off; error_log %1$s/%2$s-error.log; pid %1$s/%2$s.pid;
                events { worker_connections 4096; multi_accept on; }
                http {
                  access_log off; keepalive_requests 100000000; tcp_nodelay on;
                  client_body_temp_path %1$s/%2$s-body; proxy_temp_path %1$s/%2$s-proxy;
                  fastcgi_temp_path %1$s/%2$s-f; uwsgi_temp_path %1$s/%2$s-u; scgi_temp_path %1$s/%2$s-s;
                  %3$s
                  server { listen 127.0.0.1:%4$d backlog=1024; location / { %5$s } }
                }
                """.formatted(home, name, targets, port, location);
        var file = Files.writeString(home.resolve(name + ".conf"), configuration);
        return List.of("nginx", "-p", home.toString(), "-c", file.toString());
    }

    private static Process start(Path home, String name, String core, List<String> command) throws IOException {
        var pinned = new ArrayList<>(List.of("taskset", "-c", core));
        pinned.addAll(command);
        return new ProcessBuilder(pinned)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile())
                .start();
    }

    private static void awaitPort(int port) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }
}
