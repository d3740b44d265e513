package io.imaint.kernel.http;

import java.util.List;

/** Sends a browser elsewhere: status 302. */
public record Redirect(String location, List<Cookie> cookies) {
    public Redirect {
        cookies = List.copyOf(cookies);
    }
}
