package io.imaint.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: no spelling of a path leads past a condition or a base path. Method: spellings that servers read in different ways. */
class RequestPathTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            /a/b,                        /a/b
            /,                           /
            /a/b/,                       /a/b/
            /%61dmin/%7Eme,              /admin/~me
            /sap/%24metadata,            /sap/$metadata
            /a%c3%a4,                    /a%C3%A4
            /a%3bb%2b%26%3D,             /a%3Bb%2B%26%3D
            /Set%28%27A%2fB%27%29,       /Set('A%2FB')
            /Set('100%25'),              /Set('100%25')
            /Set('a%20b')/Items,         /Set('a%20b')/Items
            /a/.../b.c,                  /a/.../b.c
            /a%252b%2541,                /a%252b%2541
            /a%2efoo,                    /a.foo
            """)
    void hasOneForm(String path, String normal) throws Exception {
        assertThat(RequestPath.normalized(path)).isEqualTo(normal);
        assertThat(RequestPath.normalized(normal)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/a/..",
                "/.",
                "/a/%2e%2E/b",
                "/a/.%2e",
                "/a/..;x/b",
                "/a/..%3bx/b",
                "/a//b",
                "//a",
                "/a/..%2fb",
                "/a/%2e%2e%2fb",
                "/a%2fb",
                "/a%2F..%2Fb",
                "/Set('a%2F..%2Fb')",
                "/Set(a%2Fb",
                "/Set(a)%2Fb(c)",
                "/a%5cb",
                "/a/..%5cb",
                "/a\\b",
                "/a%00",
                "/a%252fb",
                "/a%252e%252e/b",
                "/a%255cb",
                "/a%255Cb",
                "/a%2500",
                "/a/%25%32%65%25%32%65/b",
                "/a%25%32%66b",
                "/a%252%46b",
                "/a%25%35%43b",
                "/a%25%30%30",
                "/a%2",
                "/a%zz",
                "a/b",
                ""
            })
    void isRefusedWhenItCanBeReadInTwoWays(String path) {
        assertThatThrownBy(() -> RequestPath.normalized(path)).isInstanceOf(RequestPath.Ambiguous.class);
    }
}
