package io.imaint.gateway.demo;

import io.imaint.gateway.bundle.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The bundles that are delivered with the program: the ICWP service for access tokens and for API keys, and the token endpoint. */
public final class DemoBundles {
    /** For clients with an access token. */
    public static final String OAUTH_PROXY = "ICWP_INTEGRATION_SUITE_SRV";

    /** For clients with an API key. */
    public static final String API_KEY_PROXY = "ICWP_INTEGRATION_SUITE_SRV_APIKEY";

    /** Gives access tokens. */
    public static final String TOKEN_PROXY = "ICWPGenerateoAuthToken";

    private DemoBundles() {}

    /** All of them, in the order of their names. */
    public static List<Bundle> all() {
        Map<String, SortedMap<String, byte[]>> files = new TreeMap<>();
        new String(read("bundles.txt"), StandardCharsets.UTF_8).lines().forEach(path -> {
            int slash = path.indexOf('/');
            files.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                    .put(path.substring(slash + 1), read(path));
        });
        return files.entrySet().stream()
                .map(entry -> new Bundle(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static byte[] read(String path) {
        try (InputStream in = Objects.requireNonNull(DemoBundles.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException impossible) { // It is in the same jar.
            throw new UncheckedIOException(impossible);
        }
    }
}
