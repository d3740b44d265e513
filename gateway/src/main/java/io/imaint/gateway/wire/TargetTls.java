package io.imaint.gateway.wire;

import io.imaint.gateway.flow.TargetFailure;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of TLS to targets, and keeps them until the certificates change. */
final class TargetTls {
    /** Pairs of stores in use at a time; with more, all are made anew. */
    private static final int KEPT_MAX = 256;

    private record Names(String trustStore, String keyStore) {}

    private record Made(Optional<List<X509Certificate>> trusted, Optional<TlsMaterial.Key> key, SslContext context) {}

    private final TlsMaterial material;
    private final ConcurrentMap<Names, Made> made = new ConcurrentHashMap<>();

    TargetTls(TlsMaterial material) {
        this.material = material;
    }

    /** What connections to an origin use. */
    SslContext context(Origin origin) throws TargetFailure {
        var trusted = found(origin.trustStore(), material::trusted, "trust store");
        var key = found(origin.keyStore(), material::key, "key store");
        var names = new Names(origin.trustStore(), origin.keyStore());
        @Nullable Made known = made.get(names);
        if (known != null && known.trusted.equals(trusted) && known.key.equals(key)) {
            return known.context;
        }
        if (made.size() >= KEPT_MAX) {
            made.clear();
        }
        var fresh = new Made(trusted, key, make(trusted, key));
        made.put(names, fresh);
        return fresh.context;
    }

    private static <T> Optional<T> found(
            String name, java.util.function.Function<String, Optional<T>> stores, String what) throws TargetFailure {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        var found = stores.apply(name);
        if (found.isEmpty()) {
            throw Origin.unreachable("there is no %s '%s'".formatted(what, name));
        }
        return found;
    }

    private static SslContext make(Optional<List<X509Certificate>> trusted, Optional<TlsMaterial.Key> key)
            throws TargetFailure {
        try {
            var builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
            if (trusted.isPresent()) {
                builder.trustManager(trusted.get());
            }
            if (key.isPresent()) {
                builder.keyManager(
                        pem(key.get().chain()), pem(key.get().privateKey().reveal()));
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException unreadable) {
            throw Origin.unreachable("a certificate or key can't be read: " + unreadable.getMessage());
        }
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
