package io.imaint.simulator.basis;

import java.util.Map;

/**
 * What the simulated SAP system answers instead of doing what was asked.
 *
 * @param code SAP's name of the error; the title of a page
 * @param text the sentence for people; of a page it may hold parts of the request, so escape it
 * @param headers to be sent with it, beside the content type
 */
public record Refusal(int status, Form form, String code, String text, Map<String, String> headers) {

    /** In which form SAP sends it. */
    public enum Form {
        /** An error of the OData protocol, as JSON or XML. */
        ODATA,
        /** A page of HTML, from SAP's web server. */
        PAGE,
        /** The bare text. */
        PLAIN
    }

    public Refusal {
        headers = Map.copyOf(headers);
    }

    static Refusal odata(int status, String code, String text) {
        return new Refusal(status, Form.ODATA, code, text, Map.of());
    }

    static Refusal page(int status, String title, String text) {
        return new Refusal(status, Form.PAGE, title, text, Map.of());
    }
}
