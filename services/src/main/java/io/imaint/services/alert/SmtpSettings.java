package io.imaint.services.alert;

import io.imaint.kernel.settings.Secret;
import java.util.Locale;
import java.util.Optional;

/**
 * The server that sends e-mail.
 *
 * @param from the sender's address
 */
record SmtpSettings(
        String host, int port, Security security, Optional<String> user, Optional<Secret> password, String from) {
    enum Security {
        STARTTLS,
        TLS,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
