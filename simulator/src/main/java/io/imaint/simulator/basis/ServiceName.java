package io.imaint.simulator.basis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A service as the SAP Gateway names it.
 *
 * @param namespace with its slashes, empty for SAP's own
 * @param version four digits
 */
public record ServiceName(String namespace, String name, String version) {
    public static final ServiceName ICWP = new ServiceName("/INVICL/", "ICWP_INTEGRATION_SUITE_SRV", "0001");
    public static final ServiceName CATALOG = new ServiceName("/IWFND/", "CATALOGSERVICE", "0001");
    public static final ServiceName CATALOG_2 = new ServiceName("/IWFND/", "CATALOGSERVICE", "0002");

    /** All that can be registered here. */
    public static final List<ServiceName> ALL = List.of(CATALOG, CATALOG_2, ICWP);

    private static final String ROOT = "/sap/opu/odata/";
    private static final Pattern SEGMENT = Pattern.compile("([^;]{1,100})(;[vV]=0{0,3}([1-9][0-9]{0,3}))?");

    /**
     * A path below the root of all services, taken apart.
     *
     * @param rest what follows the service's name, from its slash on
     */
    public record Path(ServiceName service, String rest) {}

    /** Empty for a path that names no service; names are taken in any case, as SAP's web server does. */
    public static Optional<Path> in(String requested) {
        // What a caller's library may have encoded of a service's path though it need not.
        var path = requested.indexOf('%') < 0
                ? requested
                : requested.replace("%24", "$").replace("%3B", ";").replace("%3b", ";");
        if (!path.regionMatches(true, 0, ROOT, 0, ROOT.length())) {
            return Optional.empty();
        }
        var parts = path.substring(ROOT.length()).split("/", 3);
        if (parts.length < 2 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        var segment = SEGMENT.matcher(parts[1]);
        if (!segment.matches()) {
            return Optional.empty();
        }
        var namespace = parts[0].equalsIgnoreCase("sap") ? "" : "/" + parts[0].toUpperCase(Locale.ROOT) + "/";
        var version = segment.group(3) == null
                ? "0001"
                : "0".repeat(4 - segment.group(3).length()) + segment.group(3);
        return Optional.of(new Path(
                new ServiceName(namespace, segment.group(1).toUpperCase(Locale.ROOT), version),
                parts.length == 3 ? "/" + parts[2] : ""));
    }

    static Optional<ServiceName> find(String technicalName) {
        return ALL.stream()
                .filter(service -> service.technicalName().equalsIgnoreCase(technicalName))
                .findFirst();
    }

    /** As in tables and messages: {@code /INVICL/ICWP_INTEGRATION_SUITE_SRV_0001}. */
    public String technicalName() {
        return namespace + name + "_" + version;
    }

    /** Of the service's root. */
    public String path() {
        int number = Integer.parseInt(version);
        var space = namespace.isEmpty() ? "sap/" : namespace.substring(1);
        // The vendor's namespace is written small in the guide's addresses, SAP's own in capitals.
        return ROOT
                + (equals(ICWP) ? space.toLowerCase(Locale.ROOT) : space)
                + name
                + (number == 1 ? "" : ";v=" + number);
    }
}
