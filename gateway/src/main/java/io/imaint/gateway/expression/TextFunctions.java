package io.imaint.gateway.expression;

import static io.imaint.gateway.expression.TemplateFunction.ofTexts;

import io.imaint.gateway.expression.TemplateFunction.Preparation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Functions that change or escape a text. */
final class TextFunctions {
    static final List<TemplateFunction> ALL = List.of(
            ofTexts(
                    "encodeBase64",
                    1,
                    1,
                    texts -> Base64.getEncoder().encodeToString(texts.getFirst().getBytes(StandardCharsets.UTF_8))),
            ofTexts("decodeBase64", 1, 1, texts -> decoded(texts.getFirst())),
            ofTexts("toUpperCase", 1, 1, texts -> texts.getFirst().toUpperCase(Locale.ROOT)),
            ofTexts("toLowerCase", 1, 1, texts -> texts.getFirst().toLowerCase(Locale.ROOT)),
            ofTexts("substring", 2, 3, TextFunctions::substring),
            new TemplateFunction("replaceAll", 3, 3, replacing(true)),
            new TemplateFunction("replaceFirst", 3, 3, replacing(false)),
            ofTexts("escapeJSON", 1, 1, texts -> json(texts.getFirst())),
            ofTexts("escapeXML", 1, 1, texts -> xml(texts.getFirst(), false)),
            ofTexts("escapeXML11", 1, 1, texts -> xml(texts.getFirst(), true)),
            ofTexts("encodeHTML", 1, 1, texts -> html(texts.getFirst())));

    private TextFunctions() {}

    /** What is not Base64, or Base64 for URLs, is empty. */
    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException invalid) {
            return "";
        }
    }

    /** Negative positions count from the end; what lies outside the text is nothing. */
    private static String substring(List<String> texts) {
        var text = texts.getFirst();
        try {
            int from = position(texts.get(1), text.length());
            int to = texts.size() < 3 ? text.length() : position(texts.get(2), text.length());
            return from < to ? text.substring(from, to) : "";
        } catch (NumberFormatException invalid) {
            return "";
        }
    }

    private static int position(String number, int length) {
        long position = Long.parseLong(number.strip());
        return Math.clamp(position < 0 ? length + position : position, 0, length);
    }

    /** A text that can't be replaced in stays as it is. */
    private static Preparation replacing(boolean all) {
        return arguments -> {
            var regex = new Prepared<>(arguments.get(1), BoundedPattern::compile);
            return scope -> {
                var text = scope.text(arguments.getFirst());
                var pattern = regex.in(scope);
                var replaced = pattern == null ? null : pattern.replace(text, scope.text(arguments.get(2)), all);
                return replaced == null ? text : replaced;
            };
        };
    }

    private static String json(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '"', '\\' -> escaped.append('\\').append(c);
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\b' -> escaped.append("\\b");
                case '\f' -> escaped.append("\\f");
                default -> {
                    if (c < ' ') {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    /** Characters that XML of the version can't have are left out. */
    private static String xml(String text, boolean version11) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&apos;");
                default -> {
                    if (version11 && isControl(c)) {
                        escaped.append("&#").append(c).append(';');
                    } else if (isCharacter(c) && !isRestricted(c)) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** What XML 1.1 has only as a reference. */
    private static boolean isControl(int c) {
        return (isRestricted(c) && c != 0) || (c >= 0x7F && c <= 0x84) || (c >= 0x86 && c <= 0x9F);
    }

    /** What XML 1.0 can't have at all. */
    private static boolean isRestricted(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r';
    }

    private static boolean isCharacter(int c) {
        return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
