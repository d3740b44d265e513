package io.imaint.gateway.policy;

import io.imaint.gateway.registry.CertificateStore;
import io.imaint.gateway.registry.Pem;
import io.imaint.gateway.registry.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where lines go.
 *
 * @param tls empty for none
 */
record SyslogTarget(String host, int port, Protocol protocol, Optional<Tls> tls) {
    private static final int CONNECT_MILLIS = 3000;

    /** How they go. */
    enum Protocol {
        UDP,
        TCP
    }

    /**
     * What TLS needs.
     *
     * @param keyStore with the certificate to show; empty for none
     * @param keyAlias empty for the first
     * @param trustStore empty for the certificates of the Java runtime
     * @param ciphers none for the usual ones
     * @param protocols likewise
     */
    record Tls(
            Registry registry,
            String keyStore,
            String keyAlias,
            String trustStore,
            List<String> ciphers,
            List<String> protocols) {
        Tls {
            ciphers = List.copyOf(ciphers);
            protocols = List.copyOf(protocols);
        }

        /** TLS over a connection; the host must be the one in the certificate. */
        private Socket over(Socket plain, String host, int port) throws IOException, GeneralSecurityException {
            var context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (!ciphers.isEmpty()) {
                parameters.setCipherSuites(ciphers.toArray(String[]::new));
            }
            if (!protocols.isEmpty()) {
                parameters.setProtocols(protocols.toArray(String[]::new));
            }
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        }

        private CertificateStore store(String name) throws GeneralSecurityException {
            return registry.certificates(name)
                    .orElseThrow(() -> new GeneralSecurityException("there is no certificate store " + name));
        }

        private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
            if (trustStore.isEmpty()) {
                return null;
            }
            var trusted = empty();
            for (var one : store(trustStore).trusted().entrySet()) {
                trusted.setCertificateEntry(one.getKey(), one.getValue());
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        }

        private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
            if (keyStore.isEmpty()) {
                return null;
            }
            var pair = store(keyStore).keys().entrySet().stream()
                    .filter(one -> keyAlias.isEmpty() || one.getKey().equals(keyAlias))
                    .findFirst()
                    .orElseThrow(() -> new GeneralSecurityException("there is no key " + keyAlias));
            var keys = empty();
            try {
                var chain = Pem.certificates(pair.getValue().chain()).toArray(Certificate[]::new);
                var key = Pem.privateKey(pair.getValue().privateKey().reveal());
                keys.setKeyEntry(pair.getKey(), key, new char[0], chain);
            } catch (IllegalArgumentException unusable) {
                throw new GeneralSecurityException(unusable.getMessage(), unusable);
            }
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            return factory.getKeyManagers();
        }

        private static KeyStore empty() throws GeneralSecurityException, IOException {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        }
    }

    /** The address now. */
    InetSocketAddress address() throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** A connection by TCP, with TLS where it is wanted. */
    Socket connect() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address(), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            return tls.isEmpty() ? socket : tls.get().over(socket, host, port);
        } catch (GeneralSecurityException unusable) {
            socket.close();
            throw new IOException(unusable);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }
}
