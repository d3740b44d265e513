package io.imaint.gateway.flow;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a message: their lines in order, names without regard to case. A line with several values separated by commas
 * counts as so many values, except where commas belong to the value.
 */
public final class Headers {
    /** Headers whose values have commas of their own. */
    private static final Set<String> WHOLE = Set.of(
            "set-cookie",
            "cookie",
            "date",
            "expires",
            "last-modified",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
            "retry-after",
            "www-authenticate",
            "proxy-authenticate",
            "authorization",
            "user-agent",
            "server",
            "location",
            "referer");

    private HttpHeaders lines;

    public Headers() {
        this(DefaultHttpHeadersFactory.headersFactory().newHeaders());
    }

    /** Headers over what the wire has read, which they own from now on. */
    public Headers(HttpHeaders lines) {
        this.lines = lines;
    }

    public Headers copy() {
        return new Headers(lines.copy());
    }

    /** For the wire. */
    public HttpHeaders lines() {
        return lines;
    }

    /** The first line of a name, whole; null where there is none. */
    public @Nullable String line(String name) {
        return lines.get(name);
    }

    /** The first value of a name; null where there is none. */
    public @Nullable String first(String name) {
        var line = lines.get(name);
        if (line == null || line.indexOf(',') < 0 || WHOLE.contains(name.toLowerCase(Locale.ROOT))) {
            return line;
        }
        return values(name).getFirst();
    }

    /** All values of a name, in their order. */
    public List<String> values(String name) {
        var all = lines.getAll(name);
        if (WHOLE.contains(name.toLowerCase(Locale.ROOT))) {
            return all;
        }
        var values = new ArrayList<String>(all.size());
        for (var line : all) {
            split(line, values);
        }
        return values;
    }

    /** Splits at commas that are not within quotes. */
    private static void split(String line, List<String> values) {
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                at++;
            } else if (c == ',' && !quoted) {
                values.add(line.substring(from, at).strip());
                from = at + 1;
            }
        }
        values.add(line.substring(from).strip());
    }

    public boolean contains(String name) {
        return lines.contains(name);
    }

    /** The names, each once, in their order and spelling. */
    public List<String> names() {
        var seen = new LinkedHashSet<String>();
        var names = new ArrayList<String>();
        for (var entry : lines) {
            if (seen.add(entry.getKey().toLowerCase(Locale.ROOT))) {
                names.add(entry.getKey());
            }
        }
        return names;
    }

    /** Every line, in order. */
    public List<Map.Entry<String, String>> entries() {
        return lines.entries();
    }

    /**
     * Replaces all lines of a name by one.
     *
     * @throws IllegalArgumentException when the name or the value has characters that would begin another header
     */
    public void set(String name, String value) {
        lines.set(name, value);
    }

    /** Adds a line. */
    public void add(String name, String value) {
        lines.add(name, value);
    }

    public void remove(String name) {
        lines.remove(name);
    }

    public void clear() {
        lines = new DefaultHttpHeaders();
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
