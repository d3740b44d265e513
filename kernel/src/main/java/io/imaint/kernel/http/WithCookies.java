package io.imaint.kernel.http;

import java.util.List;

/** A value and the cookies that are set with it: status 200, or 204 where the value is none. */
public record WithCookies<T>(T value, List<Cookie> cookies) {
    public WithCookies {
        cookies = List.copyOf(cookies);
    }
}
