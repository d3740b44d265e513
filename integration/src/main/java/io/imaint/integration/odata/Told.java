package io.imaint.integration.odata;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What SAP says about a failure in the body of its answer. SAP answers early failures in XML even to a request for JSON,
 * and the servers in front of it in HTML; whatever can be read of a cut-off body is used.
 *
 * @param code SAP's message code, such as {@code /IWFND/CM_CONSUMER/101}; empty when there is none
 * @param message SAP's message, or the title of an HTML page, in one line
 * @param transactionId under which {@code /IWFND/ERROR_LOG} has the failure; empty when there is none
 */
record Told(String code, String message, String transactionId) {
    /** A message fits on a few lines of a terminal. */
    private static final int MESSAGE_LENGTH_MAX = 300;

    private static final int CODE_LENGTH_MAX = 60;

    private static final JsonFactory JSON = new JsonFactory();

    static Told of(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1).strip();
        }
        if (text.startsWith("{")) {
            return ofJson(text);
        }
        var start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(Locale.ROOT);
        boolean xml = start.startsWith("<") && !start.startsWith("<!doctype html") && !start.contains("<html");
        return xml ? ofXml(body) : new Told("", htmlTitle(text), "");
    }

    /** The error object at which a parser stands. */
    static Told ofJsonError(JsonParser parser) {
        var parts = new Parts();
        readJson(parser, parts);
        return parts.told();
    }

    /** One line for a failure's detail. */
    String text() {
        var text = new StringBuilder(message.isEmpty() ? "without a message" : "'" + message + "'");
        if (!code.isEmpty()) {
            text.insert(0, code + " ");
        }
        if (!transactionId.isEmpty()) {
            text.append(" (transaction ID ").append(transactionId).append(')');
        }
        return text.toString();
    }

    /** Foreign text made safe for a log and a terminal: no control characters, no more than a length. */
    static String oneLine(String text, int lengthMax) {
        var line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() <= lengthMax; i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!space) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.length() > lengthMax
                ? line.substring(0, lengthMax) + "…"
                : line.toString().strip();
    }

    /** The parts found so far; the first of each kind counts, for the details below repeat their names. */
    private static final class Parts {
        private String code = "";
        private String message = "";
        private String transactionId = "";

        private void take(String name, int depth, boolean ofMessage, String value) {
            if (name.equals("code") && depth == 1 && code.isEmpty()) {
                code = oneLine(value, CODE_LENGTH_MAX);
            } else if (((name.equals("message") && depth == 1) || (name.equals("value") && ofMessage))
                    && message.isEmpty()) {
                message = oneLine(value, MESSAGE_LENGTH_MAX);
            } else if (name.equals("transactionid") && transactionId.isEmpty()) {
                transactionId = oneLine(value, CODE_LENGTH_MAX);
            }
        }

        private Told told() {
            return new Told(code, message, transactionId);
        }
    }

    private static Told ofJson(String text) {
        var parts = new Parts();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("error")) {
                    readJson(parser, parts);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException cutOff) {
            return parts.told();
        }
        return parts.told();
    }

    private static void readJson(JsonParser parser, Parts parts) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        boolean inMessage = false;
        for (int depth = 1; depth > 0; ) {
            var token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                inMessage = depth == 1
                        && "message"
                                .equals(parser.streamReadContext().getParent().currentName());
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
                inMessage = false;
            } else if (token.isScalarValue() && parser.currentName() != null) {
                parts.take(parser.currentName(), depth, inMessage && depth == 2, parser.getString());
            }
        }
    }

    private static Told ofXml(byte[] body) {
        var parts = new Parts();
        try {
            var reader = Xml.reader(new ByteArrayInputStream(body));
            int depth = -1;
            @Nullable String name = null;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        name = reader.getLocalName();
                        depth++;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        name = null;
                        depth--;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (name != null && !reader.isWhiteSpace()) {
                            parts.take(name, depth, false, reader.getText());
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException cutOff) {
            return parts.told();
        }
        return parts.told();
    }

    private static String htmlTitle(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int title = lower.indexOf("<title");
        int start = title < 0 ? -1 : lower.indexOf('>', title) + 1;
        int end = start <= 0 ? -1 : lower.indexOf("</title", start);
        if (end > start && end <= text.length()) {
            return oneLine(text.substring(start, end), MESSAGE_LENGTH_MAX);
        }
        return lower.startsWith("<") ? "" : oneLine(text, MESSAGE_LENGTH_MAX);
    }
}
