package io.imaint.integration.odata;

import java.util.ArrayList;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What SAP says beside a result, in the header {@code sap-message}.
 *
 * @param code message class and number, such as {@code IM/140}; empty when SAP says nothing
 * @param text all messages in one line
 * @param severity {@code success}, {@code info}, {@code warning} or {@code error}; empty when SAP says nothing
 */
public record SapWords(String code, String text, String severity) {
    public static final SapWords NONE = new SapWords("", "", "");

    private static final JsonMapper JSON = new JsonMapper();

    /** A few messages; what follows repeats them for each item. */
    private static final int MESSAGES_MAX = 5;

    private static final int TEXT_LENGTH_MAX = 500;

    /** Reads a header; one that is none of SAP's is kept as text. */
    static SapWords of(String header) {
        if (header.isBlank()) {
            return NONE;
        }
        try {
            var message = JSON.readTree(header);
            var texts = new ArrayList<String>();
            add(texts, message);
            message.path("details").forEach(detail -> add(texts, detail));
            return new SapWords(
                    SapErrorMessage.oneLine(message.path("code").asString(""), 60),
                    SapErrorMessage.oneLine(String.join("; ", texts), TEXT_LENGTH_MAX),
                    message.path("severity").asString("").toLowerCase(Locale.ROOT));
        } catch (JacksonException foreign) {
            return new SapWords("", SapErrorMessage.oneLine(header, TEXT_LENGTH_MAX), "");
        }
    }

    private static void add(ArrayList<String> texts, JsonNode message) {
        var text = message.path("message").asString("");
        if (!text.isBlank() && texts.size() < MESSAGES_MAX && !texts.contains(text)) {
            texts.add(text);
        }
    }

    /** Whether SAP reports an error although the status is one of success. */
    public boolean isError() {
        return severity.equals("error");
    }
}
