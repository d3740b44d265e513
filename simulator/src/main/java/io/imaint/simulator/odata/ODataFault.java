package io.imaint.simulator.odata;

import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A refusal that the simulated SAP system sends to its caller: part of the protocol, not a failure of this program.
 * The codes are the exception classes and message numbers that a SAP Gateway names.
 */
public final class ODataFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final transient List<SapMessage> details;
    private final transient Map<String, String> headers;

    private ODataFault(int status, List<SapMessage> details, Map<String, String> headers) {
        super(details.getFirst().text(), null, false, false); // A caller's mistake needs no stack trace.
        this.status = status;
        this.code = details.getFirst().code();
        this.details = List.copyOf(details);
        this.headers = headers;
    }

    /** A refusal by a layer before the service, in that layer's words. */
    public static ODataFault of(int status, String code, String message) {
        return new ODataFault(status, List.of(SapMessage.error(code, message, "")), Map.of());
    }

    /** The service in the path is not registered; SAP answers 403 since it will not tell what exists. */
    public static ODataFault noService(String name) {
        return of(
                403, "/IWFND/MED/170", "No service found for namespace '', name '%s', version '0001'".formatted(name));
    }

    /**
     * What the business rules declined. A lock comes as 400 like all else that an application raises in a SAP Gateway; its
     * message, {@code IW/136}, is what tells that the same request may succeed later.
     */
    public static ODataFault of(Refusal refusal) {
        int status = switch (refusal.kind()) {
            case BUSINESS, LOCKED -> 400;
            case NOT_AUTHORIZED -> 403;
            case NOT_FOUND -> 404;
        };
        return new ODataFault(status, refusal.messages(), Map.of());
    }

    static ODataFault noSegment(String segment) {
        return of(
                404,
                "/IWCOR/CX_OD_NOT_FOUND/005056A509B11EE1B9A8FEC11C21D78E",
                "Resource not found for the segment '%s'".formatted(segment));
    }

    static ODataFault noEntity(String typeName) {
        return of(404, "/IWBEP/CM_MGW_RT/020", "Resource not found for segment '%sType'".formatted(typeName));
    }

    /** The address is malformed, or asks for what cannot be asked for there. */
    public static ODataFault uriSyntax(String message) {
        return of(400, "/IWCOR/CX_OD_URI_SYNTAX_ERROR", message);
    }

    static ODataFault expression(String message) {
        return of(400, "/IWCOR/CX_DS_EXPR_SYNTAX_ERROR", message);
    }

    static ODataFault noProperty(String property, String typeName) {
        return of(
                400,
                "/IWCOR/CX_DS_EP_PROPERTY_ERROR",
                "Property %s not found in type %s".formatted(property, typeName));
    }

    static ODataFault literal(String message) {
        return of(400, "/IWCOR/CX_DS_EDM_FACET_ERROR", message);
    }

    /** A property of a body has a value it cannot have. */
    static ODataFault value(String property, String message) {
        var detail = SapMessage.error("/IWCOR/CX_DS_EDM_FACET_ERROR", message, property);
        return new ODataFault(400, List.of(detail), Map.of());
    }

    /** A property of a body may not be given there. */
    static ODataFault property(String property, String message) {
        var detail = SapMessage.error("/IWCOR/CX_DS_EP_PROPERTY_ERROR", message, property);
        return new ODataFault(400, List.of(detail), Map.of());
    }

    /** The body cannot be read. */
    public static ODataFault body(String message) {
        return of(400, "CX_SXML_PARSE_ERROR", message);
    }

    /** A request or its answer is larger than is permitted. */
    public static ODataFault tooLarge(String message) {
        return of(413, "/IWFND/CM_CORE/REQUEST_TOO_LARGE", message);
    }

    static ODataFault notAcceptable(String message) {
        return of(406, "/IWCOR/CX_OD_NOT_ACCEPTABLE", message);
    }

    /** The body is of a type that cannot be read here. */
    public static ODataFault unsupportedMediaType(String contentType) {
        return of(
                415,
                "/IWCOR/CX_OD_UNSUPPORTED_MEDIA_TYPE",
                "Content type '%s' is not supported".formatted(contentType));
    }

    static ODataFault tooManyRows(String message) {
        return of(400, "/IWBEP/CM_MGW_RT/TOO_MANY_ROWS", message);
    }

    static ODataFault notImplemented(String message) {
        return of(501, "/IWBEP/CX_MGW_NOT_IMPL_EXC", message);
    }

    /** What a data provider class without the method answers. */
    static ODataFault notImplemented(String setName, String operation) {
        return notImplemented("Method '%s_%s' not implemented in data provider class"
                .formatted(setName.toUpperCase(Locale.ROOT), operation));
    }

    /**
     * The resource does not know the method.
     *
     * @param allowed the methods it knows, for the Allow header
     */
    public static ODataFault methodNotAllowed(String method, String allowed) {
        var detail = SapMessage.error(
                "/IWCOR/CX_OD_METHOD_NOT_ALLOWED", "Method '%s' is not allowed on this resource".formatted(method), "");
        return new ODataFault(405, List.of(detail), Map.of("Allow", allowed));
    }

    static ODataFault preconditionRequired() {
        return of(
                428,
                "/IWBEP/CM_MGW_RT/PRECONDITION_REQUIRED",
                "A precondition is required: send the entity's ETag in the header If-Match");
    }

    static ODataFault preconditionFailed() {
        return of(
                412,
                "/IWBEP/CM_MGW_RT/PRECONDITION_FAILED",
                "Precondition failed: the entity has been changed since it was read");
    }

    static ODataFault deltaToken(String message) {
        return of(400, "/IWBEP/CM_TEA/DELTA_TOKEN_INVALID", message);
    }

    static ODataFault deltaTokenExpired() {
        return of(
                410,
                "/IWBEP/CM_TEA/DELTA_TOKEN_EXPIRED",
                "The delta token has expired; start with an initial load again");
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

    /** All messages; the first is that of {@link #code} and {@link #text}. */
    public List<SapMessage> details() {
        return details;
    }

    /** Headers of the answer that belong to the refusal. */
    public Map<String, String> headers() {
        return headers;
    }
}
