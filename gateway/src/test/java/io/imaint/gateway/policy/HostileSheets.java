package io.imaint.gateway.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/** The content of style sheets that try to run for ever or to fill the memory or the stack, on a source of a thousand elements {@code b}. */
final class HostileSheets {
    static final Map<String, String> ALL = new LinkedHashMap<>();

    private static final String CALL =
            "<xsl:call-template name='t'><xsl:with-param name='s' select='%s'/></xsl:call-template>";

    private static final String LOOPS =
            "<xsl:for-each select='//b'><xsl:for-each select='//b'><xsl:for-each select='//b'>"
                    + "<xsl:if test='. = 1'>x</xsl:if></xsl:for-each></xsl:for-each></xsl:for-each>";

    /** A whole one that is the content of a template alone. */
    static final String SIMPLIFIED =
            "<r xsl:version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>" + LOOPS + "</r>";

    private HostileSheets() {}

    private static String named(String content) {
        return "<xsl:template match='/'><r>" + CALL.formatted("\"abcdefgh\"") + "</r></xsl:template>"
                + "<xsl:template name='t'><xsl:param name='s'/>" + content + "</xsl:template>";
    }

    static {
        ALL.put("endless recursion", named(CALL.formatted("$s")));
        ALL.put(
                "recursion that branches",
                named("<xsl:if test='string-length($s) &lt; 60'>" + CALL.formatted("concat($s, 1)")
                        + CALL.formatted("concat($s, 2)") + "</xsl:if>"));
        ALL.put("doubling", named(CALL.formatted("concat($s, $s)")));
        ALL.put("growing sixteenfold", named(CALL.formatted("concat($s" + ", $s".repeat(15) + ")")));
        ALL.put("growing ninetyfold", named(CALL.formatted("concat($s" + ", $s".repeat(90) + ")")));
        ALL.put(
                "doubling variables",
                "<xsl:template match='/'><xsl:variable name='v0' select='\"abcdefgh\"'/>" + variables()
                        + "<r><xsl:value-of select='$v40'/></r></xsl:template>");
        ALL.put(
                "doubling global variables",
                "<xsl:variable name='v0' select='\"abcdefgh\"'/>" + variables()
                        + "<xsl:template match='/'><r><xsl:value-of select='$v40'/></r></xsl:template>");
        ALL.put(
                "doubling fragments",
                named("<xsl:variable name='v'><xsl:value-of select='$s'/><xsl:value-of select='$s'/></xsl:variable>"
                        + CALL.formatted("string($v)")));
        ALL.put("nested loops", "<xsl:template match='/'><r>" + LOOPS + "</r></xsl:template>");
        ALL.put(
                "nested loops in a set of attributes",
                "<xsl:attribute-set name='s'><xsl:attribute name='x'>" + LOOPS + "</xsl:attribute></xsl:attribute-set>"
                        + "<xsl:template match='/'><r xsl:use-attribute-sets='s'/></xsl:template>");
        ALL.put(
                "endless application",
                "<xsl:template match='/ | b | a'><r><xsl:apply-templates select='//b'/></r></xsl:template>");
    }

    private static String variables() {
        var all = new StringBuilder();
        for (int i = 1; i <= 40; i++) {
            all.append("<xsl:variable name='v%d' select='concat($v%d, $v%d)'/>".formatted(i, i - 1, i - 1));
        }
        return all.toString();
    }
}
