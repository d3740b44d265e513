package io.imaint.kernel.http;

import java.time.Duration;

/**
 * A cookie that an answer sets for the whole server, out of the reach of scripts.
 *
 * @param value printable ASCII without quotes, commas, semicolons and spaces; empty where the cookie is removed
 * @param life how long the browser keeps it; zero removes it
 * @param secure whether it is sent over TLS only
 * @param crossSite whether it is sent when a link or redirect of another site leads here, which no cookie that signs in needs
 */
public record Cookie(String name, String value, Duration life, boolean secure, boolean crossSite) {
    public Cookie {
        assert value.chars().allMatch(c -> c > 0x20 && c < 0x7f && "\",;\\".indexOf(c) < 0) : name;
    }

    /** The value of a cookie that a request sent; empty where it sent none or several of the name. */
    public static String sent(String header, String name) {
        var found = "";
        for (var pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                if (!found.isEmpty()) {
                    return ""; // One of them may be another site's, set for a parent domain.
                }
                found = pair.substring(equals + 1).strip();
            }
        }
        return found;
    }

    /** The cookie as the header {@code Set-Cookie} has it. Source: RFC 6265bis. */
    String line() {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=%s%s"
                .formatted(name, value, life.toSeconds(), crossSite ? "Lax" : "Strict", secure ? "; Secure" : "");
    }
}
