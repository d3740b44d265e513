package io.imaint.gateway.flow;

import java.util.Locale;

/** The responses of faults, as clients of API Management know them. */
final class FaultMessages {
    private FaultMessages() {}

    static Message of(Fault fault, Message request) {
        var own = fault.answer();
        if (own != null) {
            return own;
        }
        var message = Message.response(fault.status(), Statuses.reason(fault.status()));
        if (wantsXml(request)) {
            message.headers().set("Content-Type", "application/xml");
            message.body(Body.of(
                    "<?xml version='1.0' encoding='UTF-8'?><fault><faultstring>%s</faultstring><detail><errorcode>%s</errorcode></detail></fault>"
                            .formatted(xml(fault.text()), xml(fault.code()))));
        } else {
            message.headers().set("Content-Type", "application/json");
            message.body(Body.of("{\"fault\":{\"faultstring\":%s,\"detail\":{\"errorcode\":%s}}}"
                    .formatted(json(fault.text()), json(fault.code()))));
        }
        fault.headers().forEach(message.headers()::set);
        return message;
    }

    private static boolean wantsXml(Message request) {
        var accept = request.headers().first("accept");
        if (accept != null && !accept.startsWith("*/*")) {
            return isXml(accept);
        }
        var type = request.headers().line("content-type");
        return type != null && isXml(type);
    }

    private static boolean isXml(String type) {
        var kind = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return kind.endsWith("/xml") || kind.endsWith("+xml");
    }

    /** As SAP writes it: a slash is escaped as well. */
    private static String json(String text) {
        return JsonText.of(text).replace("/", "\\/");
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
