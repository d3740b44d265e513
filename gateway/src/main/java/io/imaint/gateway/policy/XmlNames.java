package io.imaint.gateway.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as XML can have them. */
final class XmlNames {
    /** Latin, Cyrillic, Japanese, Chinese and Korean letters that names have in every edition of XML. */
    private static final String START =
            "A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u0131\\u0134-\\u013E\\u0141-\\u0148"
                    + "\\u014A-\\u017E\\u0401-\\u040C\\u040E-\\u044F\\u0451-\\u045C\\u3041-\\u3094\\u30A1-\\u30FA"
                    + "\\u4E00-\\u9FA5\\uAC00-\\uD7A3";

    private static final String NEXT = START + ".0-9\\u00B7-";
    private static final Pattern NAME = Pattern.compile("[" + START + "][" + NEXT + "]*");
    private static final Pattern INVALID_IN_NAME = Pattern.compile("[^" + NEXT + "]+");
    private static final Pattern INVALID_IN_TEXT =
            Pattern.compile("[^\\t\\n\\r\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private XmlNames() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** A name; what can't stand in one is replaced. */
    static String name(String text, String replacement) {
        var replaced = replace(INVALID_IN_NAME, text, replacement);
        if (isName(replaced)) {
            return replaced;
        }
        var begun = "_" + replace(INVALID_IN_NAME, text, "_");
        assert isName(begun) : begun;
        return begun;
    }

    /** A text between tags or in an attribute, escaped; what XML can't have at all is replaced. */
    static String escaped(String text, String replacement) {
        return replace(INVALID_IN_TEXT, text, replacement)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "&#13;");
    }

    private static String replace(Pattern invalid, String text, String replacement) {
        return invalid.matcher(text).replaceAll(Matcher.quoteReplacement(replacement));
    }
}
