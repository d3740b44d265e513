package io.imaint.gateway.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies that applications subscribe to together.
 *
 * @param proxies the names
 * @param paths of these that it covers, by proxy; none for all of a proxy. {@code /orders} covers itself and what is below, {@code
 *     /orders/} only what is below
 * @param published whether applications can subscribe
 * @param quota how many calls an application has; the policies decide whether it is kept
 */
public record Product(
        String name,
        String title,
        String description,
        List<String> proxies,
        Map<String, List<String>> paths,
        List<String> scopes,
        boolean published,
        Optional<QuotaTerms> quota,
        Map<String, String> attributes) {
    /** Calls in an interval. */
    public record QuotaTerms(long limit, int interval, String timeUnit) {}

    /** Whether a call of a proxy is covered. */
    public boolean covers(String proxy, String suffix) {
        if (!proxies.contains(proxy)) {
            return false;
        }
        var limited = paths.getOrDefault(proxy, List.of());
        return limited.isEmpty() || limited.stream().anyMatch(path -> covered(path, suffix));
    }

    private static boolean covered(String path, String suffix) {
        if (path.equals("/") || path.equals("/**")) {
            return true;
        }
        return path.endsWith("/")
                ? suffix.startsWith(path) && suffix.length() > path.length()
                : suffix.equals(path) || suffix.startsWith(path + "/");
    }
}
