package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the simulator's server is as strict with connections as the API's; the whole table is tested there. */
@NullMarked
class ConnectionsIT {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) [A-Z]");
    private static final String ORDERS = "/sap/opu/odata/invicl/ICWP_INTEGRATION_SUITE_SRV/WorkOrderSet";
    private static final String PING = "GET /sap/public/ping HTTP/1.1\r\nHost: x\r\n";
    private static final String NEXT = PING + "Connection: close\r\n\r\n";
    private static final String SMUGGLED = PING + "\r\n";
    private static final String BODY = "Content-Length: " + SMUGGLED.length() + "\r\n\r\n" + SMUGGLED;
    private static final String CHUNKED =
            "POST /sap/admin/status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static final SapGateway GATEWAY = SapGateway.start(
            SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
            new HandmadePlant(1),
            InstantSource.system());

    @AfterAll
    static void stop() {
        GATEWAY.close();
    }

    /** Bytes on a connection, followed by a good request, and the statuses of all answers. */
    record Case(String name, String bytes, List<Integer> statuses) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case sent(String name, String bytes, Integer... statuses) {
        return new Case(name, bytes, List.of(statuses));
    }

    static List<Case> cases() {
        return List.of(
                sent("two requests", SMUGGLED, 200, 200),
                sent("no such path", "POST /nope HTTP/1.1\r\nHost: x\r\n" + BODY, 404),
                sent("no such path, close", "POST /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + BODY, 404),
                sent("no log-on", "POST " + ORDERS + " HTTP/1.1\r\nHost: x\r\n" + BODY, 401),
                sent("no token", "POST " + ORDERS + " HTTP/1.1\r\nHost: x\r\n" + logOn() + BODY, 403),
                sent("no log-on at the admin API", "POST /sap/admin/status HTTP/1.1\r\nHost: x\r\n" + BODY, 401),
                sent("GET with a body", PING + BODY, 200),
                sent("100-continue refused", "POST /nope HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n" + BODY, 404),
                sent(
                        "length and chunks",
                        CHUNKED.replace("Host: x", "Host: x\r\nContent-Length: 5") + "0\r\n\r\n",
                        400),
                sent("chunk size zz", CHUNKED.replace("/sap/admin/status", "/nope") + "zz\r\n", 404),
                sent("bare LF in the head", SMUGGLED.replace("\r\n", "\n"), 400),
                sent("HTTP/1.0", SMUGGLED.replace("1.1", "1.0"), 200),
                sent("two hosts", PING + "Host: y\r\n\r\n", 400),
                sent("TRACE", SMUGGLED.replace("GET", "TRACE"), 405),
                sent("an address of 10 KB", SMUGGLED.replace("ping", "ping?" + "x".repeat(10_000)), 414));
    }

    private static String logOn() {
        var account = GATEWAY.user() + ":" + GATEWAY.password().reveal();
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8)) + "\r\n";
    }

    @ParameterizedTest
    @MethodSource("cases")
    void answersNothingAfterARefusedBodyNorWhatIsNoRequest(Case sent) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((sent.bytes + NEXT).getBytes(ISO_8859_1));
            var text = untilEnd(socket);
            assertThat(STATUS.matcher(text).results().map(line -> Integer.parseInt(line.group(1))))
                    .as(text)
                    .isEqualTo(sent.statuses);
        }
    }

    /** All that comes until the server closes; a reset is an end as well, a silence is none. */
    private static String untilEnd(Socket socket) throws IOException {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (SocketTimeoutException stillOpen) {
            throw new IOException("still open after " + read.toString(ISO_8859_1), stillOpen);
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return read.toString(ISO_8859_1);
    }
}
