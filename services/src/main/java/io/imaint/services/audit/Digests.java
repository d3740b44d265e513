package io.imaint.services.audit;

import io.imaint.store.Document;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Digests of documents by one text for one content. */
final class Digests {
    private Digests() {}

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing); // Every Java has it.
        }
    }

    /** A document as JSON without spaces, its fields by name, without those that are null. */
    static String canonical(Document document) {
        var text = new StringBuilder();
        write(text, document);
        return text.toString();
    }

    private static void write(StringBuilder text, @Nullable Object value) {
        switch (value) {
            case Document document -> {
                var fields = new TreeMap<String, Object>();
                document.forEach((name, field) -> {
                    if (field != null) {
                        fields.put(name, field);
                    }
                });
                text.append('{');
                fields.forEach((name, field) -> {
                    text.append(text.charAt(text.length() - 1) == '{' ? "" : ",");
                    write(text, name);
                    text.append(':');
                    write(text, field);
                });
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                for (int i = 0; i < list.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    write(text, list.get(i));
                }
                text.append(']');
            }
            case String string -> quoted(text, string);
            case BigDecimal decimal -> text.append(decimal.stripTrailingZeros().toPlainString());
            case null, default -> text.append(value);
        }
    }

    private static void quoted(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char letter = string.charAt(i);
            if (letter < ' ' || letter == '"' || letter == '\\') {
                text.append("\\u%04x".formatted((int) letter));
            } else {
                text.append(letter);
            }
        }
        text.append('"');
    }
}
