package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What SAP's web server says in HTML, before a request reaches a service. */
final class HtmlPage {
    static final String CONTENT_TYPE = "text/html;charset=utf-8";

    private HtmlPage() {}

    /** Either may hold parts of the request. */
    static byte[] bytes(String title, String text) {
        return """
                <html><head><title>%1$s</title></head><body><h1>%1$s</h1><p>%2$s</p></body></html>
                """.formatted(escaped(title), escaped(text)).getBytes(UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
