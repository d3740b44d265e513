package io.imaint.gateway.registry;

import io.imaint.kernel.settings.Secret;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;

/**
 * Certificates that targets are trusted by, or keys with certificates that we show.
 *
 * @param trusted by alias
 * @param keys by alias
 */
public record CertificateStore(String name, Map<String, X509Certificate> trusted, Map<String, KeyPair> keys) {
    /**
     * A private key with its certificates.
     *
     * @param privateKey PKCS #8 as PEM
     * @param chain PEM, the own certificate first
     */
    public record KeyPair(Secret privateKey, String chain) {}

    public Optional<X509Certificate> certificate(String alias) {
        return Optional.ofNullable(trusted.get(alias));
    }
}
