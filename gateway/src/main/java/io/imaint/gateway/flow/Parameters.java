package io.imaint.gateway.flow;

import java.io.CharArrayWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The parameters of a query or of a form, decoded, in their order; a name may come several times. */
public final class Parameters {
    private record One(String name, String value) {}

    private final List<One> all = new ArrayList<>();

    /** The parameters of an encoded text such as {@code a=1&b=x+y}. A broken escape stays as it is. */
    public static Parameters parsed(String encoded) {
        var parameters = new Parameters();
        if (encoded.isEmpty()) {
            return parameters;
        }
        for (var part : encoded.split("&", -1)) {
            int equals = part.indexOf('=');
            if (!part.isEmpty()) {
                parameters.all.add(new One(
                        decoded(equals < 0 ? part : part.substring(0, equals)),
                        equals < 0 ? "" : decoded(part.substring(equals + 1))));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return text;
        }
    }

    public List<String> values(String name) {
        return all.stream().filter(one -> one.name.equals(name)).map(One::value).toList();
    }

    /** The names, each once. */
    public List<String> names() {
        return all.stream().map(One::name).distinct().toList();
    }

    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    public void add(String name, String value) {
        all.add(new One(name, value));
    }

    public void remove(String name) {
        all.removeIf(one -> one.name.equals(name));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The encoded text. */
    public String encoded() {
        return all.stream()
                .map(one -> encoded(one.name) + (one.value.isEmpty() ? "" : "=" + encoded(one.value)))
                .collect(Collectors.joining("&"));
    }

    /** A blank is %20, which is right in queries and in forms; {@code $} stays, as OData's own parameters have it. */
    private static String encoded(String text) {
        var written = new CharArrayWriter();
        written.append(URLEncoder.encode(text, StandardCharsets.UTF_8));
        return written.toString().replace("+", "%20").replace("%24", "$");
    }
}
