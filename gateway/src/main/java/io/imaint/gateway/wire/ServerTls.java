package io.imaint.gateway.wire;

import io.imaint.kernel.settings.Secret;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/**
 * How the server shows who it is, and whom it lets in.
 *
 * @param chain certificates as PEM, the own one first
 * @param key PKCS #8 as PEM
 * @param clients whether clients show certificates
 * @param trusted certificates as PEM that clients are trusted by; empty for those of the Java runtime
 */
public record ServerTls(String chain, Secret key, ClientCertificates clients, String trusted) {
    /** Whether clients show certificates. */
    public enum ClientCertificates {
        NONE,
        /** They may; a certificate that is not trusted is refused. */
        WANT,
        NEED
    }

    /** Older versions have known weaknesses. */
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /**
     * Reads the certificates and the key.
     *
     * @throws SSLException when one of them can't be read
     */
    SslContext context() throws SSLException {
        try {
            var builder = SslContextBuilder.forServer(pem(chain), pem(key.reveal()))
                    .protocols(VERSIONS)
                    .clientAuth(
                            switch (clients) {
                                case NONE -> ClientAuth.NONE;
                                case WANT -> ClientAuth.OPTIONAL;
                                case NEED -> ClientAuth.REQUIRE;
                            })
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1));
            if (!trusted.isEmpty()) {
                builder.trustManager(pem(trusted));
            }
            return builder.build();
        } catch (IllegalArgumentException unreadable) {
            throw new SSLException("a certificate or key is not PEM: " + unreadable.getMessage(), unreadable);
        }
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
