package io.imaint.integration.discovery;

import java.util.List;
import java.util.Locale;

/**
 * A service as the Gateway's catalog lists it.
 *
 * @param technicalName as registered, such as {@code ZICWP_INTEGRATION_SUITE_SRV}; the path may have it without the Z
 * @param version the technical version
 * @param title for people; may be empty
 * @param description for people; may be empty
 * @param path below the host, such as {@code /sap/opu/odata/sap/API_MAINTENANCEORDER}
 */
public record ServiceEntry(String technicalName, String version, String title, String description, String path) {
    /** Whether a word stands in any of its texts, in whatever case. */
    boolean mentions(String word) {
        var wanted = word.toLowerCase(Locale.ROOT);
        return List.of(technicalName, title, description, path).stream()
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** Whether somebody who says this name means this service. */
    boolean isNamed(String name) {
        return name.equalsIgnoreCase(technicalName)
                || name.equalsIgnoreCase(technicalName + "_" + version)
                || name.equalsIgnoreCase(lastSegment(path));
    }

    /** The last part of a service's path, without the version that may stand behind a semicolon. */
    static String lastSegment(String path) {
        var segment = path.substring(path.lastIndexOf('/') + 1);
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }
}
