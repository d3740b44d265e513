package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class ClientAddressesTest {
    private static final String PROXY = "10.1.2.3";

    private final ClientAddresses clients = new ClientAddresses(Stream.of("10.1.0.0/16", "2001:db8::/32")
            .flatMap(text -> NetworkBlock.parsed(text).stream())
            .toList());

    private String client(String peer, Map<String, String> headers) {
        return clients.of(peer, name -> Optional.ofNullable(headers.get(name)).orElse(""));
    }

    @Test
    void ignoresAHeaderThatAnUntrustedPeerForged() {
        assertThat(client("192.0.2.9", Map.of("X-Forwarded-For", "198.51.100.7")))
                .isEqualTo("192.0.2.9");
        assertThat(client("192.0.2.9", Map.of("Forwarded", "for=198.51.100.7"))).isEqualTo("192.0.2.9");
        assertThat(new ClientAddresses(List.of()).of(PROXY, name -> "198.51.100.7"))
                .isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7                        | 198.51.100.7", // one proxy
                "198.51.100.7, 10.1.0.9              | 198.51.100.7", // two
                "203.0.113.5, 198.51.100.7, 10.1.0.9 | 198.51.100.7", // the client sent the first
                "10.1.0.8, 198.51.100.7              | 198.51.100.7", // the client claims to be a proxy
                "10.1.0.8, 10.1.0.9                  | 10.1.0.8", // a proxy asks for itself
                "198.51.100.7:49152                  | 198.51.100.7",
                "[2001:db9::7]:49152, 2001:db8::1    | 2001:db9:0:0:0:0:0:7",
                "::ffff:198.51.100.7                 | 198.51.100.7",
                "unknown                             | 10.1.2.3",
                "198.51.100.7, <script>, 10.1.0.9    | 10.1.0.9",
                "198.51.100.7,                       | 10.1.2.3",
                ",,,                                 | 10.1.2.3",
                "example.com                         | 10.1.2.3",
            })
    void takesTheRightMostAddressThatIsNoProxys(String header, String client) {
        assertThat(client(PROXY, Map.of("X-Forwarded-For", header))).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.7                               | 198.51.100.7",
                "For=\"198.51.100.7:4711\";proto=https;by=10.1.0.1  | 198.51.100.7",
                "proto=https;for=\"[2001:db9::7]:4711\"           | 2001:db9:0:0:0:0:0:7",
                "for=203.0.113.5, for=198.51.100.7, for=10.1.0.9 | 198.51.100.7",
                "for=\"203.0.113.5, for=198.51.100.7              | 198.51.100.7",
                "for=_hidden, for=10.1.0.9                      | 10.1.0.9",
                "by=10.1.0.1                                    | 10.1.2.3",
            })
    void readsTheStandardHeaderAsWell(String header, String client) {
        assertThat(client(PROXY, Map.of("Forwarded", header))).isEqualTo(client);
    }

    @Test
    void trustsNeitherHeaderWhereTheyDisagree() {
        assertThat(client(PROXY, Map.of("X-Forwarded-For", "198.51.100.7", "Forwarded", "for=198.51.100.7")))
                .isEqualTo("198.51.100.7");
        assertThat(client(PROXY, Map.of("X-Forwarded-For", "198.51.100.7", "Forwarded", "for=203.0.113.5")))
                .isEqualTo(PROXY);
    }
}
