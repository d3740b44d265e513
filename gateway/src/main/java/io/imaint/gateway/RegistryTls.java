package io.imaint.gateway;

import io.imaint.gateway.registry.Registry;
import io.imaint.gateway.wire.TlsMaterial;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The certificates of the registry, for connections to targets. */
record RegistryTls(Registry registry) implements TlsMaterial {
    @Override
    public Optional<List<X509Certificate>> trusted(String store) {
        return registry.certificates(store).map(one -> List.copyOf(one.trusted().values()));
    }

    @Override
    public Optional<Key> key(String store) {
        return registry.certificates(store)
                .flatMap(one -> one.keys().values().stream().findFirst())
                .map(pair -> new Key(pair.privateKey(), pair.chain()));
    }
}
