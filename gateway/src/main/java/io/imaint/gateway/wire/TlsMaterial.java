package io.imaint.gateway.wire;

import io.imaint.kernel.settings.Secret;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Finds what TLS to targets needs by the names that proxies give. Asked at each new connection: answers from memory. */
public interface TlsMaterial {
    /**
     * A key to show to targets.
     *
     * @param privateKey PKCS #8 as PEM
     * @param chain PEM, the own certificate first
     */
    record Key(Secret privateKey, String chain) {}

    /** The certificates of a trust store; empty when none has the name. */
    Optional<List<X509Certificate>> trusted(String store);

    /** The key of a key store; empty when none has the name. */
    Optional<Key> key(String store);

    /** Knows no stores. */
    TlsMaterial NONE = new TlsMaterial() {
        @Override
        public Optional<List<X509Certificate>> trusted(String store) {
            return Optional.empty();
        }

        @Override
        public Optional<Key> key(String store) {
            return Optional.empty();
        }
    };
}
