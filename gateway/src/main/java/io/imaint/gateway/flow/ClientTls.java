package io.imaint.gateway.flow;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variables of a client's TLS session and certificate. */
final class ClientTls {
    static final Map<String, Function<Client.Tls, @Nullable Object>> READERS = Map.ofEntries(
            Map.entry("tls.protocol", Client.Tls::protocol),
            Map.entry("tls.cipher", Client.Tls::cipher),
            Map.entry("tls.server.name", Client.Tls::serverName),
            Map.entry("tls.session.id", Client.Tls::sessionId),
            Map.entry("tls.client.s.dn", of(one -> one.getSubjectX500Principal().getName())),
            Map.entry("tls.client.i.dn", of(one -> one.getIssuerX500Principal().getName())),
            Map.entry("tls.client.cert.serial", of(one -> one.getSerialNumber().toString(16))),
            Map.entry("tls.client.cert.fingerprint", of(ClientTls::fingerprint)),
            Map.entry("tls.client.raw.cert", of(ClientTls::pem)),
            Map.entry(
                    "client.cn",
                    of(one -> commonName(one.getSubjectX500Principal().getName()))));

    private ClientTls() {}

    private interface Reading {
        @Nullable
        Object of(X509Certificate certificate) throws GeneralSecurityException;
    }

    private static Function<Client.Tls, @Nullable Object> of(Reading reading) {
        return tls -> tls.certificate().map(der -> read(der, reading)).orElse(null);
    }

    private static @Nullable Object read(byte[] der, Reading reading) {
        try {
            return reading.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (GeneralSecurityException unreadable) { // The handshake has accepted it.
            throw new IllegalStateException("a certificate of a handshake can't be read", unreadable);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----";
    }

    private static @Nullable String commonName(String name) {
        for (var part : name.split(",", -1)) {
            if (part.strip().startsWith("CN=")) {
                return part.strip().substring("CN=".length());
            }
        }
        return null;
    }
}
