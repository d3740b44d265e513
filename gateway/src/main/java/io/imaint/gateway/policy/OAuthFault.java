package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.JsonText;
import io.imaint.gateway.flow.Message;

/**
 * An error of a token endpoint, before it is known in which form the client gets it.
 *
 * @param error what SAP's answer calls {@code ErrorCode}
 * @param code of the fault where the policy does not answer by itself
 */
record OAuthFault(int status, String error, String text, String code) {
    private static final String INVALID_REQUEST = "invalid_request";

    static OAuthFault invalidRequest(String text) {
        return new OAuthFault(400, INVALID_REQUEST, text, "steps.oauth.v2.invalid_request");
    }

    static OAuthFault missing(String parameter) {
        return invalidRequest("Required param : " + parameter);
    }

    static OAuthFault missingParameter(String parameter) {
        return invalidRequest("The request is missing a required parameter : " + parameter);
    }

    /** An unknown client. The braces of the fault's text are SAP's own. */
    static OAuthFault unknownClient() {
        return new OAuthFault(401, "invalid_client", "ClientId is Invalid", "oauth.v2.InvalidClientIdentifier");
    }

    static OAuthFault wrongSecret() {
        return new OAuthFault(
                401, "invalid_client", "Client credentials are invalid", "oauth.v2.InvalidClientIdentifier");
    }

    static OAuthFault refused(Fault refusal) {
        return new OAuthFault(refusal.status(), refusal.name(), refusal.text(), refusal.code());
    }

    static OAuthFault unsupportedGrant(String type) {
        return new OAuthFault(
                400, INVALID_REQUEST, "Unsupported grant type : " + type, "steps.oauth.v2.UnSupportedGrantType");
    }

    static OAuthFault invalidRefreshToken() {
        return new OAuthFault(401, INVALID_REQUEST, "Invalid Refresh Token", "steps.oauth.v2.invalid_refresh_token");
    }

    static OAuthFault expiredRefreshToken() {
        return new OAuthFault(400, INVALID_REQUEST, "Refresh Token expired", "steps.oauth.v2.refresh_token_expired");
    }

    /** The fault, with an answer of its own where the policy makes one; sets the variables that say why. */
    Fault toFault(FlowContext context, OAuthElements elements) {
        var fault = new Fault(
                status, code, code.endsWith("InvalidClientIdentifier") ? "Invalid client identifier {0}" : text);
        context.note("oauthV2." + elements.policy() + ".fault.name", fault.name());
        context.note("oauthV2." + elements.policy() + ".fault.cause", text);
        if (elements.generates()) {
            fault.answering(answer(elements.compliant()));
        } else if (elements.generatesErrors()) {
            // For a flow that goes on in spite of the fault.
            context.response(answer(elements.compliant()));
        }
        return fault;
    }

    /** Byte for byte as SAP answers: there is a blank before the colon, but none behind the last. */
    private Message answer(boolean compliant) {
        var answer = Message.response(status, status == 401 ? "Unauthorized" : "Bad Request");
        answer.headers().set("Content-Type", "application/json");
        answer.content(
                compliant
                        ? "{\"error\":%s,\"error_description\":%s}"
                                .formatted(JsonText.of(standard()), JsonText.of(text))
                        : "{\"ErrorCode\" : %s, \"Error\" :%s}".formatted(JsonText.of(error), JsonText.of(text)));
        return answer;
    }

    /** The word of RFC 6749. */
    private String standard() {
        if (code.endsWith("UnSupportedGrantType")) {
            return "unsupported_grant_type";
        }
        if (code.contains("refresh_token") || code.contains("authorization_code")) {
            return "invalid_grant";
        }
        return status == 401 ? "invalid_client" : INVALID_REQUEST;
    }
}
