package io.imaint.gateway.wire;

import io.imaint.kernel.settings.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.NullMarked;

/**
 * A certificate for {@code localhost} that signs itself, made by the JDK's keytool.
 *
 * @param chain as PEM
 * @param key PKCS #8 as PEM
 */
@NullMarked
record WireCertificates(String chain, Secret key, KeyStore store) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    static WireCertificates make(String commonName) throws IOException, GeneralSecurityException {
        var file = Files.createTempFile("wire", ".p12");
        Files.delete(file);
        try {
            var keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var process = new ProcessBuilder(
                            keytool,
                            "-genkeypair",
                            "-alias",
                            "own",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=" + commonName,
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-validity",
                            "30",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
            var store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new WireCertificates(
                    pem("CERTIFICATE", store.getCertificate("own").getEncoded()),
                    new Secret(pem("PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded())),
                    store);
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static String pem(String what, byte[] der) {
        var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, encoded, what);
    }

    X509Certificate certificate() throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)));
    }

    /** For a client of the JDK that trusts this certificate, and shows another if there is one. */
    SSLContext trusting(WireCertificates... shown) throws GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, PASSWORD);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        trusted.setCertificateEntry("other", certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (shown.length > 0) {
            keys.init(shown[0].store, PASSWORD);
        } else {
            keys.init(null, PASSWORD);
        }
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
