package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: no user can make the system call what stands inside the company's network. */
class OutgoingAddressesTest {
    private final OutgoingAddresses addresses = new OutgoingAddresses(List.of(), InetAddress::getAllByName);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "192.0.0.1",
                "[::1]",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001:db8::1"
            })
    void refusesAddressesThatAreNotPublic(String host) {
        assertThatThrownBy(() -> addresses.resolve(host)).hasMessageContaining("ADDRESS_REFUSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "[2a00:1450::1]"})
    void permitsPublicAddresses(String host) {
        assertThat(addresses.resolve(host)).isNotNull();
    }

    @Test
    void refusesANameWithOnePrivateAmongItsAddresses() {
        var mixed =
                new OutgoingAddresses(List.of(), host -> new InetAddress[] {address("1.1.1.1"), address("10.0.0.1")});
        assertThatThrownBy(() -> mixed.resolve("mixed.example")).hasMessageContaining("10.0.0.1");
    }

    @Test
    void permitsWhatAnAdministratorAllows() {
        var allowing = new OutgoingAddresses(List.of("10.1.0.0/16", "Intranet.Example", "fd00::/8"), host ->
                new InetAddress[] {address(host.equals("intranet.example") ? "192.168.0.9" : host)});
        assertThat(allowing.resolve("10.1.2.3")).isEqualTo(address("10.1.2.3"));
        assertThat(allowing.resolve("intranet.example")).isEqualTo(address("192.168.0.9"));
        assertThat(allowing.resolve("fd00::1")).isEqualTo(address("fd00::1"));
        assertThatThrownBy(() -> allowing.resolve("10.2.0.1")).hasMessageContaining("ADDRESS_REFUSED");
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
