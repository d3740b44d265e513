package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.List;
import java.util.Map;

/**
 * A page being written. Only {@link #raw} takes markup; every text and every attribute's value is escaped here and
 * nowhere else.
 */
final class Html {
    private final StringBuilder page = new StringBuilder(8192);

    /** Markup of our own, never a value. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** A text of whatever origin. */
    Html text(Object text) {
        page.append(escaped(text.toString()));
        return this;
    }

    /**
     * The beginning of an element.
     *
     * @param attributes names and values in turn
     */
    Html open(String element, String... attributes) {
        page.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            page.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        page.append('>');
        return this;
    }

    Html close(String element) {
        page.append("</").append(element).append('>');
        return this;
    }

    /** A whole element with a text in it. */
    Html element(String element, Object text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** The address of an operation's page. */
    static String address(Operation operation, Map<String, List<String>> arguments) {
        var address = new StringBuilder(HtmlConsole.ROOT).append('/').append(operation.path());
        char separator = '?';
        for (var argument : arguments.entrySet()) {
            for (var value : argument.getValue()) {
                address.append(separator)
                        .append(URLEncoder.encode(argument.getKey(), UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, UTF_8));
                separator = '&';
            }
        }
        return address.toString();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    byte[] bytes() {
        return page.toString().getBytes(UTF_8);
    }
}
