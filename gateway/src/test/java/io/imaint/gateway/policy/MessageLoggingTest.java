package io.imaint.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.model.BundleFinding;
import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.CertificateStore.KeyPair;
import io.imaint.gateway.registry.RegistrySnapshot.Contents;
import io.imaint.kernel.settings.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLoggingTest {
    private static final int PATIENCE_MILLIS = 20_000;

    private final PolicyRig rig = new PolicyRig();

    private static String policy(int port, String inner) {
        return ("<MessageLogging xmlns='http://www.sap.com/apimgmt'><Syslog><Host>localhost</Host><Port>%d</Port>%s</Syslog>"
                        + "</MessageLogging>")
                .formatted(port, inner);
    }

    private static ServerSocket server() throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        server.setSoTimeout(PATIENCE_MILLIS);
        return server;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    @Test
    @Covers({"MessageLogging/Syslog/Message", "MessageLogging/Syslog/Host", "MessageLogging/Syslog/Port"})
    void sendsADatagramByDefault() throws Exception {
        rig.request = Message.request("GET", "/demo", "w=a%0Ab");
        try (var socket = new DatagramSocket(0, InetAddress.getByName("localhost"))) {
            socket.setSoTimeout(PATIENCE_MILLIS);

            rig.run(
                    MessageLogging.TYPE,
                    policy(
                            socket.getLocalPort(),
                            "<Message> {request.verb} {request.queryparam.w} [{none}] </Message>"));

            var packet = new DatagramPacket(new byte[1000], 1000);
            socket.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8))
                    .isEqualTo("GET a b []");
        }
    }

    @Test
    @Covers({
        "MessageLogging/Syslog/Protocol",
        "MessageLogging/Syslog/FormatMessage",
        "MessageLogging/Syslog/DateFormat",
        "MessageLogging/logLevel"
    })
    void sendsLinesByTcpWithTheHeadOfSyslog() throws Exception {
        try (var server = server()) {
            var inner = "<Message>m{request.verb}</Message><Protocol>TCP</Protocol><FormatMessage>true</FormatMessage>";
            var policy = rig.compile(MessageLogging.TYPE, policy(server.getLocalPort(), inner));
            policy.execute(rig.context());
            policy.execute(rig.context());

            try (var socket = server.accept();
                    var lines = lines(socket)) {
                var line = lines.readLine();
                assertThat(line).matches("<14>1 2026-11-30T10:00:00.000\\+0000 [0-9a-f-]{36} Apigee-Edge - - - mGET");
                assertThat(lines.readLine()).isEqualTo(line);
            }
            var grave = policy(server.getLocalPort(), inner + "<DateFormat>yyMMdd</DateFormat>")
                    .replace("</Syslog>", "</Syslog><logLevel>ALERT</logLevel>");
            rig.run(MessageLogging.TYPE, grave);
            try (var socket = server.accept();
                    var lines = lines(socket)) {
                assertThat(lines.readLine()).startsWith("<9>1 261130 ");
            }
        }
    }

    @Test
    void connectsAnewWhenTheServerHasClosed() throws Exception {
        try (var server = server()) {
            var policy = rig.compile(
                    MessageLogging.TYPE, policy(server.getLocalPort(), "<Message>x</Message><Protocol>TCP</Protocol>"));
            policy.execute(rig.context());
            try (var socket = server.accept();
                    var lines = lines(socket)) {
                assertThat(lines.readLine()).isEqualTo("x");
            }

            // The first line after the end may still go into the old connection.
            var context = rig.context();
            server.setSoTimeout(100);
            await().ignoreExceptions().until(() -> {
                policy.execute(context);
                try (var socket = server.accept();
                        var lines = lines(socket)) {
                    return "x".equals(lines.readLine());
                }
            });
        }
    }

    @Test
    @Covers({
        "MessageLogging/Syslog/SSLInfo/Enabled",
        "MessageLogging/Syslog/SSLInfo/ClientAuthEnabled",
        "MessageLogging/Syslog/SSLInfo/KeyStore",
        "MessageLogging/Syslog/SSLInfo/KeyAlias",
        "MessageLogging/Syslog/SSLInfo/TrustStore",
        "MessageLogging/Syslog/SSLInfo/Ciphers/Cipher",
        "MessageLogging/Syslog/SSLInfo/Protocols/Protocol"
    })
    void sendsLinesByTlsInBothDirections(@TempDir Path directory) throws Exception {
        var keys = keys(directory.resolve("keys.p12"));
        var certificate = (X509Certificate) keys.getCertificate("a");
        var chain = "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
        var key = "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(Base64.getMimeEncoder()
                        .encodeToString(
                                keys.getKey("a", "changeit".toCharArray()).getEncoded()));
        var store = new CertificateStore(
                "store", Map.of("a", certificate), Map.of("a", new KeyPair(new Secret(key), chain)));
        rig.contents = new Contents(List.of(), List.of(), List.of(store), List.of(), List.of(), Set.of());

        try (var server = tlsServer(keys)) {
            rig.run(
                    MessageLogging.TYPE,
                    policy(
                            server.getLocalPort(),
                            "<Message>secret</Message><Protocol>TCP</Protocol><SSLInfo><Enabled>true</Enabled>"
                                    + "<ClientAuthEnabled>true</ClientAuthEnabled><KeyStore>store</KeyStore>"
                                    + "<KeyAlias>a</KeyAlias><TrustStore>store</TrustStore><Ciphers>"
                                    + "<Cipher>TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256</Cipher></Ciphers>"
                                    + "<Protocols><Protocol>TLSv1.2</Protocol></Protocols></SSLInfo>"));
            try (var socket = (javax.net.ssl.SSLSocket) server.accept();
                    var lines = lines(socket)) {
                assertThat(lines.readLine()).isEqualTo("secret");
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
                assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
                assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(certificate);
            }
        }
    }

    private static KeyStore keys(Path file) throws Exception {
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var stream = Files.newInputStream(file)) {
            keys.load(stream, "changeit".toCharArray());
        }
        return keys;
    }

    private static SSLServerSocket tlsServer(KeyStore keys) throws Exception {
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, "changeit".toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        var server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("localhost"));
        server.setSoTimeout(PATIENCE_MILLIS);
        server.setNeedClientAuth(true);
        return server;
    }

    @Test
    void countsLinesThatNobodyTakes() throws Exception {
        int closed;
        try (var server = server()) {
            closed = server.getLocalPort();
        }
        var problems = new java.util.concurrent.LinkedBlockingQueue<String>();
        var target = new SyslogTarget("localhost", closed, SyslogTarget.Protocol.TCP, Optional.empty());
        var sender = new SyslogSender(target, problems::add);
        long before = SyslogSender.droppedByAll();

        sender.send("a");
        sender.send("b");

        await().untilAsserted(() -> assertThat(sender.dropped()).isEqualTo(2));
        assertThat(SyslogSender.droppedByAll()).isGreaterThanOrEqualTo(before + 2);
        assertThat(problems).hasSize(1).first().asString().startsWith("lines can't be sent to localhost:" + closed);
    }

    @Test
    void neverHoldsUpWhoSends() throws Exception {
        try (var server = server()) {
            var target =
                    new SyslogTarget("localhost", server.getLocalPort(), SyslogTarget.Protocol.TCP, Optional.empty());
            var sender = new SyslogSender(target, problem -> {});
            var line = "x".repeat(SyslogSender.LINE_MAX / 2);

            // Nobody reads: the queue, then the buffers of the connection fill up.
            for (int i = 0; i < 2 * SyslogSender.QUEUE_MAX && sender.dropped() == 0; i++) {
                sender.send(line);
            }

            assertThat(sender.dropped()).isPositive();
        }
    }

    @Test
    void refusesTlsWithoutTcpAndFormatsThatAreNone() {
        assertThat(rig.findings(
                        MessageLogging.TYPE,
                        policy(
                                0,
                                "<Message/><FormatMessage>true</FormatMessage><DateFormat>bad</DateFormat>"
                                        + "<SSLInfo><Enabled>true</Enabled><TrustStore>none</TrustStore></SSLInfo>")))
                .extracting(BundleFinding::reason)
                .containsExactlyInAnyOrder(
                        "there is no certificate store 'none'; create it",
                        "TLS needs <Protocol>TCP</Protocol>",
                        "port 0 must be from 1 to 65535",
                        "'bad' is not a format of dates");
        assertThat(rig.findings(MessageLogging.TYPE, "<MessageLogging/>"))
                .extracting(BundleFinding::reason)
                .contains("<Syslog> is missing");
    }

    @Test
    void readsSapsOwnSample() {
        assertThat(rig.findings(
                        MessageLogging.TYPE,
                        policy(
                                514,
                                "<Message>Message.id = {request.header.id}</Message><Protocol>TCP</Protocol><SSLInfo>"
                                        + "<Enabled>false</Enabled><ClientAuthEnabled>false</ClientAuthEnabled><KeyStore/>"
                                        + "<KeyAlias/><TrustStore/><Ciphers/><Protocols/></SSLInfo>")))
                .isEmpty();
    }
}
