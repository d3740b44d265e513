package io.imaint.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaint.gateway.demo.DemoBundles;
import io.imaint.gateway.demo.DemoLandscape;
import io.imaint.gateway.registry.InMemoryRecords;
import io.imaint.gateway.registry.Proxies;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a gateway holds while it works: each minute the live heap after a collection, Netty's direct memory, and all that the JVM has
 * committed (with {@code -XX:NativeMemoryTracking=summary}). Gateway, target and clients are in this process; the demo landscape's
 * proxies are asked at a moderate rate: small and large answers, changes with bodies, wrong keys, clients that leave in the middle of an
 * answer, new connections, and a deployment every ten seconds. The load rests while it is measured.
 *
 * <p>Arguments: minutes (default 10), milliseconds that each of the 32 clients pauses between requests (default 30).
 */
public final class GatewayMemory {
    private static final int CLIENTS = 32;

    /** Longer than a token is remembered. */
    private static final Duration REST = Duration.ofSeconds(5);

    private static final byte[] SMALL = "x".repeat(1 << 10).getBytes(ISO_8859_1);
    private static final byte[] LARGE = "x".repeat(300 << 10).getBytes(ISO_8859_1);
    private static final String BODY = "x".repeat(64 << 10);
    private static final Pattern LENGTH = Pattern.compile("content-length: ([0-9]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMITTED = Pattern.compile("Total: reserved=[0-9]+KB, committed=([0-9]+)KB");

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong succeeded = new AtomicLong();
    private volatile boolean resting;
    private final URI address;
    private final String key;
    private final Duration pause;

    private GatewayMemory(URI address, String key, Duration pause) {
        this.address = address;
        this.key = key;
        this.pause = pause;
    }

    public static void main(String[] arguments) throws Exception {
        int minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        int pauseMs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        var target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        target.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        target.createContext("/", GatewayMemory::answer);
        target.start();
        var home = Files.createTempDirectory("gateway-memory").toString();
        var settings = GatewaySettings.read(Settings.of(Map.of("home", home, "gateway-port", "0")));
        var clock = InstantSource.system();
        try (var gateway = Gateway.start(new InMemoryRecords(clock), settings, clock)) {
            var sap = URI.create("http://127.0.0.1:" + target.getAddress().getPort());
            var landscape = new DemoLandscape(gateway.configuration(), clock, new SecureRandom());
            var keys = landscape.prepare(new DemoLandscape.Sap(sap, "100", "U", new Secret("p")), Optional.empty());
            var load = new GatewayMemory(gateway.address(), keys.key(), Duration.ofMillis(pauseMs));
            for (int client = 0; client < CLIENTS; client++) {
                Thread.ofVirtual().start(load::ask);
            }
            for (int minute = 1; minute <= minutes; minute++) {
                for (int part = 0; part < 6; part++) {
                    LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                    redeploy(gateway);
                }
                load.rest();
                load.print(minute);
                load.resting = false;
            }
        }
        System.exit(0);
    }

    /** Takes a proxy out of use and puts it back, so that its plan is made anew. */
    private static void redeploy(Gateway gateway) {
        var proxies = new Proxies(gateway.configuration(), Caller.system("memory"), InstantSource.system());
        var name = DemoBundles.API_KEY_PROXY;
        int revision = proxies.find(name).orElseThrow().value().deployed().orElseThrow();
        for (var number : List.of(OptionalInt.empty(), OptionalInt.of(revision))) {
            var unused = proxies.deploy(proxies.find(name).orElseThrow(), number);
        }
    }

    /** Lets what is on its way end, so that only what is held remains. */
    private void rest() {
        resting = true;
        LockSupport.parkNanos(REST.toNanos());
    }

    private void print(int minute) {
        System.gc();
        var runtime = Runtime.getRuntime();
        System.out.printf(
                "minute %2d: %,9d requests, %,9d answered with 200, live heap %,8d KB, "
                        + "Netty direct %,7d KB reserved and %,7d KB pooled, used of its chunks %s KB, "
                        + "committed by the JVM %,9d KB, %d threads%n",
                minute,
                requests.get(),
                succeeded.get(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 10,
                PlatformDependent.usedDirectMemory() >> 10,
                PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() >> 10,
                usedKbOfChunks(),
                committed(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** Of each chunk of the pool what is not free, in KB: buffers in use, and those that threads keep for themselves. */
    private static List<Integer> usedKbOfChunks() {
        var used = new ArrayList<Integer>();
        for (var arena : PooledByteBufAllocator.DEFAULT.metric().directArenas()) {
            for (var list : arena.chunkLists()) {
                for (var chunk : list) {
                    used.add((chunk.chunkSize() - chunk.freeBytes()) >> 10);
                }
            }
        }
        return used;
    }

    /** All that the JVM has committed, in KB; -1 without tracking. */
    private static long committed() {
        try {
            var report = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                            new String[] {String[].class.getName()});
            var found = COMMITTED.matcher(String.valueOf(report));
            return found.find() ? Long.parseLong(found.group(1)) : -1;
        } catch (JMException untracked) {
            return -1;
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                var in = exchange.getRequestBody()) {
            in.transferTo(OutputStream.nullOutputStream());
            if ("fetch".equals(exchange.getRequestHeaders().getFirst("x-csrf-token"))) {
                exchange.getResponseHeaders().set("x-csrf-token", "token");
                for (var cookie : new String[] {"a=1", "b=2", "c=3"}) {
                    exchange.getResponseHeaders().add("Set-Cookie", cookie);
                }
            }
            var body = exchange.getRequestURI().getPath().endsWith("/large") ? LARGE : SMALL;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** One client, for ever. */
    private void ask() {
        for (int request = 0; ; ) {
            try (var socket = new Socket(address.getHost(), address.getPort())) {
                for (boolean stays = true; stays; request++) {
                    socket.getOutputStream().write(request(request).getBytes(ISO_8859_1));
                    requests.incrementAndGet();
                    stays = request % 97 != 0 && read(socket.getInputStream()) && request % 31 != 0;
                    do {
                        LockSupport.parkNanos(pause.toNanos());
                    } while (resting);
                }
            } catch (IOException gone) {
                request++;
            }
        }
    }

    private String request(int number) {
        var head = " /apikey/%s/%s HTTP/1.1\r\nHost: localhost\r\nx-api-key: %s\r\n";
        return switch (number % 10) {
            case 6, 7 -> "GET" + head.formatted(DemoBundles.OAUTH_PROXY, "large", key) + "\r\n";
            case 8 ->
                "POST" + head.formatted(DemoBundles.OAUTH_PROXY, "changes", key)
                        + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;
            case 9 -> "GET" + head.formatted(DemoBundles.OAUTH_PROXY, "small", "wrong" + number) + "\r\n";
            default -> "GET" + head.formatted(DemoBundles.OAUTH_PROXY, "small", key) + "\r\n";
        };
    }

    /** Reads a whole answer; false when there is none, or its end is that of the connection. */
    private boolean read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        if (head.indexOf("HTTP/1.1 200") == 0) {
            succeeded.incrementAndGet();
        }
        var length = LENGTH.matcher(head);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
            return true;
        }
        return false;
    }
}
