package io.imaint.kernel.http;

import java.util.List;

/**
 * A value and the cookies that are set with it: status 200.
 *
 * @param clearsCache whether the browser forgets what it keeps of earlier answers of this server
 */
public record WithCookies<T>(T value, List<Cookie> cookies, boolean clearsCache) {
    public WithCookies {
        cookies = List.copyOf(cookies);
    }

    public WithCookies(T value, List<Cookie> cookies) {
        this(value, cookies, false);
    }
}
