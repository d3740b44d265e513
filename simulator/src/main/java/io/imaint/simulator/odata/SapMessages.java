package io.imaint.simulator.odata;

import io.imaint.simulator.state.SapMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what SAP says beside a result into the header {@code sap-message}: JSON in ASCII. */
final class SapMessages {
    /** The most messages told: a header must stay far below what servers and clients take. */
    private static final int MESSAGES_MAX = 20;

    private static final int TEXT_LENGTH_MAX = 220;

    private SapMessages() {}

    /** The header; none without messages. The first message leads, the others are its details. */
    static Map<String, String> header(List<SapMessage> messages) {
        if (messages.isEmpty()) {
            return Map.of();
        }
        var json = new StringBuilder("{");
        append(json, messages.getFirst());
        json.append(",\"details\":[");
        var details = messages.subList(1, Math.min(messages.size(), MESSAGES_MAX));
        for (int i = 0; i < details.size(); i++) {
            json.append(i == 0 ? "{" : ",{");
            append(json, details.get(i));
            json.append('}');
        }
        return Map.of("sap-message", json.append("]}").toString());
    }

    private static void append(StringBuilder json, SapMessage message) {
        append(json.append("\"code\":\""), message.code());
        append(json.append("\",\"message\":\""), message.text());
        json.append("\",\"severity\":\"").append(message.severity().name().toLowerCase(Locale.ROOT));
        append(json.append("\",\"target\":\""), message.target());
        json.append('"');
    }

    /** All but plain ASCII is escaped, so that it passes through a header. */
    private static void append(StringBuilder json, String text) {
        for (int i = 0; i < Math.min(text.length(), TEXT_LENGTH_MAX); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c >= 0x20 && c < 0x7F) {
                json.append(c);
            } else {
                json.append("\\u%04x".formatted((int) c));
            }
        }
    }
}
