package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.kernel.settings.ServiceAddress;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Speaks with a service of another make in its own protocol. Each way in which that goes wrong has its own remedy: a host
 * that is unknown, a port that is closed, TLS that fails, silence, and another protocol are mended in different places.
 */
final class ServiceConnection {
    /** Much longer than a handshake over any network takes. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What is said and heard on a connection that is open. */
    interface Dialogue {
        /** Says and hears what there is to say; fails with {@link WrongProtocol} when what is heard is not the protocol. */
        Finding on(DataInputStream in, OutputStream out) throws IOException;
    }

    /** What was heard is not the protocol of the service. */
    static final class WrongProtocol extends IOException {
        private static final long serialVersionUID = 1;

        WrongProtocol(String heard) {
            super(heard);
        }
    }

    private ServiceConnection() {}

    /** @param patience for the connection, and for each answer */
    static Finding ask(ServiceAddress address, Duration patience, Dialogue dialogue) {
        try (var plain = new Socket()) {
            connect(plain, address, patience);
            try (var socket = address.encrypted() ? encrypted(plain, address) : plain) {
                return judged(
                        address,
                        dialogue.on(
                                new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                                socket.getOutputStream()));
            }
        } catch (WrongProtocol other) {
            return Finding.fail(
                    "%s speaks another protocol: %s".formatted(address, other.getMessage()), expectsTls(address));
        } catch (SSLException refused) {
            return Finding.fail(
                    "%s: TLS failed: %s".formatted(address, refused.getMessage()),
                    "Check that the port speaks TLS, that the certificate names %s, and that Java trusts its issuer."
                            .formatted(address.host()));
        } catch (SocketTimeoutException silent) {
            return Finding.fail(
                    "%s accepts the connection and stays silent for %d ms".formatted(address, patience.toMillis()),
                    expectsTls(address));
        } catch (EOFException closed) {
            return Finding.fail(address + " closes the connection without an answer", expectsTls(address));
        } catch (Unconnected reason) {
            return Finding.fail("%s: %s".formatted(address, reason.getMessage()), reason.remedy);
        } catch (SocketException broken) {
            return Finding.fail(
                    "%s breaks the connection: %s".formatted(address, broken.getMessage()), expectsTls(address));
        } catch (IOException failed) {
            return Finding.fail(
                    "%s: %s".formatted(address, DataDirectory.reason(failed)), "Check that the service runs.");
        }
    }

    /** There is no connection at all. */
    private static final class Unconnected extends IOException {
        private static final long serialVersionUID = 1;
        private final String remedy;

        Unconnected(String reason, String remedy, IOException cause) {
            super(reason, cause);
            this.remedy = remedy;
        }
    }

    private static void connect(Socket socket, ServiceAddress address, Duration patience) throws IOException {
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
        } catch (UnknownHostException unknown) {
            throw new Unconnected("the host is unknown", "Check the name and DNS.", unknown);
        } catch (ConnectException refused) {
            throw new Unconnected("the connection is refused", "Start the service, or correct host and port.", refused);
        } catch (SocketTimeoutException dropped) {
            throw new Unconnected(
                    "no connection within %d ms".formatted(patience.toMillis()),
                    "Look for a firewall that drops packets between this machine and the service.",
                    dropped);
        }
    }

    /** Over TLS, with a certificate that is trusted and made for this host. */
    private static Socket encrypted(Socket plain, ServiceAddress address) throws IOException {
        var socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, address.host(), address.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static Finding judged(ServiceAddress address, Finding found) {
        return found.state() == Check.State.OK && !address.encrypted() && !address.loopback()
                ? Finding.warn(
                        found.reason() + ", but without TLS",
                        "Use %ss:// where bytes leave the machine.".formatted(address.scheme()))
                : found;
    }

    private static String expectsTls(ServiceAddress address) {
        return address.encrypted()
                ? "Check host and port, and whether this port speaks TLS at all."
                : "Check host and port, and whether the service expects TLS (%ss://).".formatted(address.scheme());
    }
}
