package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imaint.app.Check.Finding;
import io.imaint.app.Check.State;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a broker, a cache or an object store for the first answer of its protocol. That needs no credentials, and shows what
 * a port scan cannot: that the right kind of service is behind the address, and TLS where it has to be.
 */
final class ServiceProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ANSWER_MAX = 4_096;
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final Pattern PRODUCT = Pattern.compile("(RabbitMQ|LavinMQ|Qpid)");

    private ServiceProbe() {}

    /** The worst finding over all services that were named. */
    static Finding of(Check.Inputs inputs) {
        if (inputs.services().isEmpty()) {
            return Finding.ok("none named with --service, and this version needs none");
        }
        var reasons = new ArrayList<String>();
        var remedies = new ArrayList<String>();
        var state = State.OK;
        for (var service : inputs.services()) {
            var finding = of(service);
            reasons.add(finding.reason());
            if (!finding.remedy().isEmpty()) {
                remedies.add(finding.remedy());
            }
            state = finding.state().compareTo(state) > 0 ? finding.state() : state;
        }
        return new Finding(state, String.join("; ", reasons), String.join(" ", remedies));
    }

    private static Finding of(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException malformed) {
            return Finding.fail("a value of --service is no URI", "Write it like amqps://broker.example.com.");
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null) {
            return Finding.fail("a value of --service names no host", "Write it like amqps://broker.example.com.");
        }
        return switch (scheme) {
            case "amqp" -> asked(uri, 5672, false, "AMQP\0\0\t\1");
            case "amqps" -> asked(uri, 5671, true, "AMQP\0\0\t\1");
            case "redis" -> asked(uri, 6379, false, "PING\r\n");
            case "rediss" -> asked(uri, 6379, true, "PING\r\n");
            case "http" -> asked(uri, 80, false, request(uri));
            case "https" -> asked(uri, 443, true, request(uri));
            default ->
                Finding.fail(
                        "%s://%s has a scheme that is not known".formatted(scheme, uri.getHost()),
                        "Use amqp, amqps, redis, rediss, http or https.");
        };
    }

    private static String request(URI uri) {
        return "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ':' + uri.getPort());
    }

    private static Finding asked(URI uri, int standardPort, boolean encrypted, String question) {
        int port = uri.getPort() < 0 ? standardPort : uri.getPort();
        var name = "%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), port);
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(uri.getHost(), port), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (var socket = encrypted ? encrypted(plain, uri.getHost(), port) : plain) {
                socket.getOutputStream().write(question.getBytes(ISO_8859_1));
                socket.getOutputStream().flush();
                var answer = new byte[ANSWER_MAX];
                int length = socket.getInputStream().read(answer);
                return answered(uri, name, new String(answer, 0, Math.max(0, length), ISO_8859_1), encrypted);
            }
        } catch (UnknownHostException unknown) {
            return Finding.fail(name + ": the host is unknown", "Check the name and DNS.");
        } catch (IOException failed) {
            return Finding.fail(
                    "%s: %s".formatted(name, DataDirectory.reason(failed)),
                    "Check that the service runs, that a firewall lets you through, and whether it expects TLS.");
        }
    }

    /** Over TLS, with a certificate that is trusted and made for this host. */
    private static Socket encrypted(Socket plain, String host, int port) throws IOException {
        var socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Finding answered(URI uri, String name, String answer, boolean encrypted) {
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String found;
        if (scheme.startsWith("amqp")) {
            found = answer.startsWith("\1\0\0") ? product(answer) : "";
        } else if (scheme.startsWith("redis")) {
            found = answer.startsWith("+PONG") || answer.startsWith("-NOAUTH") ? "a Redis server" : "";
        } else {
            found = answer.startsWith("HTTP/1.") ? "an HTTP server" : "";
        }
        if (found.isEmpty()) {
            return Finding.fail(
                    name + " answers, but is no such service", "Check host and port, and whether it expects TLS.");
        }
        return encrypted || isLoopback(uri.getHost())
                ? Finding.ok(name + " is " + found)
                : Finding.warn(name + " is " + found + " without TLS", "Use TLS where bytes leave the machine.");
    }

    private static String product(String answer) {
        var named = PRODUCT.matcher(answer);
        return named.find() ? named.group(1) : "an AMQP 0-9-1 broker";
    }

    /** Whether a host is this machine; a name other than localhost counts as another one. */
    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK.matcher(host).matches();
    }
}
