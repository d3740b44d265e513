package io.imaint.services.alert;

import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the alert service needs to know of its surroundings.
 *
 * @param key encrypts secrets in the store; where it is not set, a file in the directory holds one
 * @param outgoingAllowed hosts, addresses and blocks beside the public ones that webhooks and push may go to
 * @param zone of quiet hours of users who have chosen none
 * @param contact where push services reach the operator
 * @param smtp empty where no e-mail is sent
 */
record AlertSettings(
        Path directory,
        Optional<Secret> key,
        List<String> outgoingAllowed,
        ZoneId zone,
        String contact,
        Optional<SmtpSettings> smtp) {
    static AlertSettings read(Settings settings) {
        var zone = settings.text("alert-time-zone", "UTC", "the time zone of quiet hours of users who chose none");
        return new AlertSettings(
                StoreSettings.read(settings).directory(),
                settings.secret("alert-key", "encrypts secrets of alerts; the same in all processes (else a file)"),
                outgoing(settings),
                zone(settings, zone),
                settings.text("alert-contact", "mailto:root@localhost", "mailto or https address for push services"),
                smtp(settings));
    }

    private static List<String> outgoing(Settings settings) {
        var text = settings.text(
                "outgoing-allowed",
                "",
                "hosts, addresses and blocks beside public ones that webhooks may go to, separated by commas");
        var words = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        words.stream()
                .filter(word -> !OutgoingAddresses.understands(word))
                .forEach(word -> settings.report(
                        "outgoing-allowed has '%s', which is no host, address or block such as 10.1.0.0/16"
                                .formatted(word)));
        return words.stream().filter(OutgoingAddresses::understands).toList();
    }

    private static ZoneId zone(Settings settings, String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            settings.report("alert-time-zone is '%s' but must be a time zone such as Europe/Berlin".formatted(name));
            return ZoneId.of("UTC");
        }
    }

    private static Optional<SmtpSettings> smtp(Settings settings) {
        var host = settings.text("smtp-host", "the server that sends e-mail; without it none is sent");
        int port = settings.integer("smtp-port", 587, 1, 65_535, "the port of the server that sends e-mail");
        var word = settings.text("smtp-security", "starttls", "starttls, tls or none");
        var security = Arrays.stream(SmtpSettings.Security.values())
                .filter(known -> known.toString().equals(word))
                .findFirst();
        if (security.isEmpty()) {
            settings.report("smtp-security is '%s' but must be starttls, tls or none".formatted(word));
        }
        var user = settings.text("smtp-user", "the user at the server that sends e-mail");
        var password = settings.secret("smtp-password", "the password at the server that sends e-mail");
        var from = settings.text("smtp-from", "imaintenance@localhost", "the sender of e-mail");
        return host.map(name ->
                new SmtpSettings(name, port, security.orElse(SmtpSettings.Security.STARTTLS), user, password, from));
    }
}
