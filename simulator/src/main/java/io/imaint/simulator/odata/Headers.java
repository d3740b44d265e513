package io.imaint.simulator.odata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers of a request, whose names know no case. Of a repeated header the first counts. */
public record Headers(Map<String, String> byName) {
    public static final Headers NONE = new Headers(Map.of());

    public Headers {
        var lower = new LinkedHashMap<String, String>();
        byName.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        byName = Map.copyOf(lower);
    }

    /** A header's value without the spaces around it; empty where there is none. */
    public String first(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), "").strip();
    }
}
