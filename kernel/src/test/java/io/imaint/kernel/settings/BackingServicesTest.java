package io.imaint.kernel.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackingServicesTest {
    private static BackingServices read(String key, String value) {
        var settings = Settings.of(Map.of(key, value));
        var services = BackingServices.read(settings);
        settings.verify();
        return services;
    }

    @Test
    void severalHostsShareOneAddress() {
        var hosts = read("amqp-uri", "amqps://u:p%2F@one.example,two.example:7000,[::1]/v%2Fh")
                .amqp();
        assertThat(hosts).extracting(ServiceAddress::host).containsExactly("one.example", "two.example", "[::1]");
        assertThat(hosts).extracting(ServiceAddress::port).containsExactly(5671, 7000, 5671);
        assertThat(hosts).allSatisfy(host -> {
            assertThat(host.user()).isEqualTo("u");
            assertThat(host.password()).extracting(Secret::reveal).isEqualTo("p/");
            assertThat(host.path()).isEqualTo("v/h");
            assertThat(host.encrypted()).isTrue();
            assertThat(host.toString()).doesNotContain("p/", "p%2F", "u:");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "redis://h, 1, false, false",
        "rediss://h/2, 1, false, true",
        "'redis://a,b', 2, true, false",
        "redis-cluster://a, 1, true, false",
        "'rediss-cluster://:p@a,b:1/0', 2, true, true"
    })
    void aRedisOfSeveralHostsIsACluster(String uri, int hosts, boolean cluster, boolean encrypted) {
        var services = read("redis-uri", uri);
        assertThat(services.redis()).hasSize(hosts);
        assertThat(services.redisCluster()).isEqualTo(cluster);
        assertThat(services.redis().getFirst().encrypted()).isEqualTo(encrypted);
    }

    @Test
    void aDatabaseThatCannotBeIsReported() {
        assertThatThrownBy(() -> read("redis-uri", "redis://h/name")).hasMessageContaining("no number of a database");
        assertThatThrownBy(() -> read("redis-uri", "redis://a,b/1")).hasMessageContaining("a cluster has only 0");
    }

    @ParameterizedTest
    @CsvSource({"'amqp://a,'", "'amqp://,a'", "'amqp://a:1:2,b'", "amqp:///v", "'a,b'"})
    void hostsThatAreNoneAreReported(String uri) {
        assertThatThrownBy(() -> read("amqp-uri", uri)).hasMessageContaining("amqp-uri is no address such as");
    }

    @Test
    void theFormerKeyOfTheBrokerSaysItsNewName() {
        assertThatThrownBy(() -> read("broker-uri", "amqp://h")).hasMessageContaining("is retired; set amqp-uri");
    }
}
