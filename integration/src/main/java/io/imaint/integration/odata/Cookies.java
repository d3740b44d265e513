package io.imaint.integration.odata;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cookies of one server. All are sent with every request, because the names of those that hold SAP's session differ by
 * release, and a request without them opens a new session.
 */
final class Cookies {
    /** SAP sets about five; a server that sets more than this without end must not fill the memory. */
    private static final int COUNT_MAX = 64;

    /** What servers accept in one request header. */
    private static final int LENGTH_MAX = 4096;

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final InstantSource clock;
    private final Map<String, String> values = new LinkedHashMap<>();

    Cookies(InstantSource clock) {
        this.clock = clock;
    }

    /** Takes over the Set-Cookie headers of an answer. */
    synchronized void keep(List<String> setCookies) {
        for (var setCookie : setCookies) {
            int end = setCookie.indexOf(';');
            var pair = (end < 0 ? setCookie : setCookie.substring(0, end)).strip();
            int equals = pair.indexOf('=');
            if (equals <= 0 || pair.length() > LENGTH_MAX) {
                continue;
            }
            var name = pair.substring(0, equals).strip();
            if (end >= 0 && expired(setCookie.substring(end + 1))) {
                values.remove(name);
            } else if (values.size() < COUNT_MAX || values.containsKey(name)) {
                values.put(name, pair.substring(equals + 1).strip());
            }
        }
    }

    /** The value of the Cookie header, empty when there is nothing to send. */
    synchronized String header() {
        return values.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private boolean expired(String attributes) {
        for (var attribute : attributes.split(";", COUNT_MAX)) {
            int equals = attribute.indexOf('=');
            if (equals < 0) {
                continue;
            }
            var value = attribute.substring(equals + 1).strip();
            switch (attribute.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
                case "max-age" -> {
                    return value.startsWith("-") || value.equals("0");
                }
                case "expires" -> {
                    return past(value);
                }
                default -> {}
            }
        }
        return false;
    }

    private boolean past(String expires) {
        var date = expires.substring(expires.indexOf(',') + 1).replace('-', ' ').strip();
        try {
            return LocalDateTime.parse(date, EXPIRY).toInstant(ZoneOffset.UTC).isBefore(clock.instant());
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
