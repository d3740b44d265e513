package io.imaint.kernel.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a service of another make is reached, as in {@code amqps://user:password@broker.example.com/vhost}.
 *
 * @param port the one of the scheme unless the address names another
 * @param user empty where the address names none
 * @param password null where the address holds none
 * @param path without its leading slash; empty where the address has none
 */
public record ServiceAddress(
        String scheme,
        String host,
        int port,
        String user,
        @Nullable Secret password,
        String path) {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final Set<String> TLS = Set.of("amqps", "rediss", "rediss-cluster");

    /** The hosts stand between the user, if there is one, and the path. */
    private static final Pattern PARTS =
            Pattern.compile("(?<before>[^:/]+://(?:[^@/]*@)?)(?<hosts>[^@/?#]+)(?<after>[/?#].*)?");

    /** A cluster is found through any of its hosts; nobody has to name more. */
    private static final int HOSTS_MAX = 20;

    private static final int PORT_MAX = 65_535;

    public ServiceAddress {
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException("an address needs a host and a port up to " + PORT_MAX);
        }
    }

    /**
     * Reads a key; several hosts of one service stand in one address, separated by commas. A wrong address is reported
     * without its text, which may hold a password.
     *
     * @param ports the schemes that are allowed, with their usual ports
     * @return an address for each host; empty where the key has no value
     */
    static List<ServiceAddress> read(
            Settings settings, String key, Map<String, Integer> ports, String example, String description) {
        return settings.secret(key, description)
                .map(text -> {
                    try {
                        return parsed(text.reveal().strip(), ports);
                    } catch (IllegalArgumentException wrong) {
                        settings.report("%s is no address such as %s".formatted(key, example));
                        return List.<ServiceAddress>of();
                    }
                })
                .orElse(List.of());
    }

    private static List<ServiceAddress> parsed(String text, Map<String, Integer> ports) {
        var parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no scheme, or no host");
        }
        var hosts = parts.group("hosts").split(",", -1);
        if (hosts.length > HOSTS_MAX) {
            throw new IllegalArgumentException("more than %d hosts".formatted(HOSTS_MAX));
        }
        return Stream.of(hosts)
                .map(host ->
                        one(parts.group("before") + host + Objects.requireNonNullElse(parts.group("after"), ""), ports))
                .toList();
    }

    private static ServiceAddress one(String text, Map<String, Integer> ports) {
        try {
            var uri = new URI(text);
            var scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
            var usual = ports.get(scheme);
            if (usual == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("another scheme, or a query or fragment");
            }
            var login = Objects.requireNonNullElse(uri.getRawUserInfo(), "").split(":", 2);
            return new ServiceAddress(
                    scheme,
                    Objects.requireNonNullElse(uri.getHost(), ""),
                    uri.getPort() < 0 ? usual : uri.getPort(),
                    decoded(login[0]),
                    login.length < 2 ? null : new Secret(decoded(login[1])),
                    decoded(Objects.requireNonNullElse(uri.getRawPath(), "").replaceFirst("^/", "")));
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether the scheme asks for TLS. */
    public boolean encrypted() {
        return TLS.contains(scheme);
    }

    /** Whether the host is this machine; a name other than localhost counts as another one. */
    public boolean loopback() {
        return isLoopback(host);
    }

    /** As {@link #loopback()}, of any host. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || LOOPBACK.matcher(host).matches();
    }

    /** The address without user and password. */
    @Override
    public String toString() {
        return "%s://%s:%d".formatted(scheme, host, port);
    }
}
