package io.imaint.simulator.odata;

/**
 * A refusal that the simulated SAP system sends to its caller: part of the protocol, not a failure of this program.
 * The codes are the exception classes and message numbers that a SAP Gateway names.
 */
public final class ODataFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    private ODataFault(int status, String code, String message) {
        super(message, null, false, false); // A caller's mistake needs no stack trace.
        this.status = status;
        this.code = code;
    }

    /** The service in the path is not registered; SAP answers 403 since it will not tell what exists. */
    public static ODataFault noService(String name) {
        return new ODataFault(
                403, "/IWFND/MED/170", "No service found for namespace '', name '%s', version '0001'".formatted(name));
    }

    static ODataFault noSegment(String segment) {
        return new ODataFault(
                404,
                "/IWCOR/CX_OD_NOT_FOUND/005056A509B11EE1B9A8FEC11C21D78E",
                "Resource not found for the segment '%s'".formatted(segment));
    }

    static ODataFault noEntity(String typeName) {
        return new ODataFault(
                404, "/IWBEP/CM_MGW_RT/020", "Resource not found for segment '%sType'".formatted(typeName));
    }

    static ODataFault uriSyntax(String message) {
        return new ODataFault(400, "/IWCOR/CX_OD_URI_SYNTAX_ERROR", message);
    }

    static ODataFault expression(String message) {
        return new ODataFault(400, "/IWCOR/CX_DS_EXPR_SYNTAX_ERROR", message);
    }

    static ODataFault noProperty(String property, String typeName) {
        return new ODataFault(
                400,
                "/IWCOR/CX_DS_EP_PROPERTY_ERROR",
                "Property %s not found in type %s".formatted(property, typeName));
    }

    static ODataFault literal(String message) {
        return new ODataFault(400, "/IWCOR/CX_DS_EDM_FACET_ERROR", message);
    }

    static ODataFault notAcceptable(String message) {
        return new ODataFault(406, "/IWCOR/CX_OD_NOT_ACCEPTABLE", message);
    }

    static ODataFault notImplemented(String message) {
        return new ODataFault(501, "/IWBEP/CX_MGW_NOT_IMPL_EXC", message);
    }

    static ODataFault methodNotAllowed(String method) {
        return new ODataFault(
                405,
                "/IWCOR/CX_OD_METHOD_NOT_ALLOWED",
                "Method '%s' is not allowed on this resource".formatted(method));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** The sentence for people. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
