package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.settings.Settings;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: a mistake in a setting stops the start and says what to write. */
class AlertSettingsTest {
    @Test
    void readsWhatIsSet() {
        var settings = Settings.of(Map.of(
                "smtp-host", "mail.example.com",
                "smtp-security", "tls",
                "alert-time-zone", "Europe/Berlin",
                "outgoing-allowed", "10.1.0.0/16, hooks.example, fd00::/8"));
        var read = AlertSettings.read(settings);
        settings.verify();

        assertThat(read.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(read.outgoingAllowed()).containsExactly("10.1.0.0/16", "hooks.example", "fd00::/8");
        assertThat(read.smtp().orElseThrow().security()).isEqualTo(SmtpSettings.Security.TLS);
    }

    @Test
    void sendsNoMailWithoutAServer() {
        assertThat(AlertSettings.read(Settings.of(Map.of())).smtp()).isEmpty();
    }

    @Test
    void reportsEveryMistake() {
        var settings = Settings.of(Map.of(
                "smtp-security",
                "maybe",
                "alert-time-zone",
                "Mars/Base",
                "outgoing-allowed",
                "10.0.0.0/99,a b,1.2.3.4.5"));
        AlertSettings.read(settings);
        assertThatThrownBy(settings::verify)
                .hasMessageContaining("smtp-security")
                .hasMessageContaining("Mars/Base")
                .hasMessageContaining("10.0.0.0/99")
                .hasMessageContaining("'a b'")
                .hasMessageContaining("1.2.3.4.5");
    }
}
