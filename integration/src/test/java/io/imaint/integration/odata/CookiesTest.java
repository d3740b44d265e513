package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CookiesTest {
    private final Cookies cookies = new Cookies(() -> Instant.parse("2026-11-20T10:00:00Z"));

    @Test
    void returnsAllWhateverTheirNames() {
        cookies.keep(
                List.of("SAP_SESSIONID_X_100=ab%3d%3d; path=/", "sap-usercontext=sap-client=100; path=/; HttpOnly"));
        cookies.keep(List.of("odd=1"));
        assertThat(cookies.header()).isEqualTo("SAP_SESSIONID_X_100=ab%3d%3d; sap-usercontext=sap-client=100; odd=1");
    }

    @Test
    void replacesAndForgets() {
        cookies.keep(List.of("a=1", "b=1", "c=1", "d=1"));
        cookies.keep(List.of(
                "a=2; Expires=Fri, 01-Jan-2038 00:00:01 GMT",
                "b=; Max-Age=0",
                "c=x; expires=Tue, 01-Jan-1980 00:00:01 GMT; path=/"));
        assertThat(cookies.header()).isEqualTo("a=2; d=1");
    }

    @Test
    void ignoresWhatIsNoCookie() {
        cookies.keep(List.of("", ";", "=x", "nothing", "x=" + "y".repeat(10_000)));
        assertThat(cookies.header()).isEmpty();
    }

    @Test
    void holdsOnlySoMany() {
        cookies.keep(IntStream.range(0, 1000).mapToObj(i -> "c" + i + "=1").toList());
        assertThat(cookies.header().split("; ", -1)).hasSize(64);
    }
}
