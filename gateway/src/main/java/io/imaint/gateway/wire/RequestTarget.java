package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.RequestPath;

/** Checks what a request asks for. */
public final class RequestTarget {
    private RequestTarget() {}

    /**
     * The request of a target, with its path in the normal form.
     *
     * @param target path and query
     */
    public static Message request(String method, String target) throws Refused {
        for (int at = 0; at < target.length(); at++) {
            char c = target.charAt(at);
            if (!Bytes.target(c)) {
                throw Refused.bad("The path has a character that must be encoded");
            }
            if (c == '%') {
                escape(target, at);
            }
        }
        int query = target.indexOf('?');
        try {
            return Message.request(
                    method,
                    RequestPath.normalized(query < 0 ? target : target.substring(0, query)),
                    query < 0 ? "" : target.substring(query + 1));
        } catch (RequestPath.Ambiguous ambiguous) {
            throw Refused.bad(ambiguous.reason());
        }
    }

    private static void escape(String target, int at) throws Refused {
        if (at + 2 >= target.length() || Bytes.hex(target.charAt(at + 1)) < 0 || Bytes.hex(target.charAt(at + 2)) < 0) {
            throw Refused.bad("The path has a broken escape");
        }
        if (target.charAt(at + 1) == '0' && target.charAt(at + 2) == '0') {
            throw Refused.bad("The path has an encoded null");
        }
    }

    /** Refuses a host that is none. */
    static void checkAuthority(String authority) throws Refused {
        for (int at = 0; at < authority.length(); at++) {
            if (!Bytes.authority(authority.charAt(at)) || authority.charAt(at) == '@') {
                throw Refused.bad("The host is none");
            }
        }
    }
}
