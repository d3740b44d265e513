package io.imaint.services.command;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Header;
import io.imaint.kernel.http.Pattern;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a command is sent; no part of what is asked for. */
public record CommandHeaders(
        @Description(
                "Makes the request safe to repeat: the same key with the same content is the same command. A UUID becomes the"
                        + " id of the item and the external id in SAP. Kept for 90 days.")
        @Header("Idempotency-Key")
        @Pattern(regexp = "[\\x21-\\x7e]{1,255}", description = "1 to 255 visible ASCII characters")
        @Nullable
        String idempotencyKey,

        @Description("'wait=5' answers when SAP has carried it out, after 5 seconds at the latest; 1 to 25 seconds")
        @Header("Prefer")
        @Nullable
        String prefer) {
    /** Below the time after which the server gives a request up. */
    private static final int WAIT_MAX_SECONDS = 25;

    private static final java.util.regex.Pattern WAIT =
            java.util.regex.Pattern.compile("(?i)(?:^|,)\\s*wait\\s*=\\s*\"?(\\d{1,6})\"?\\s*(?:$|[,;])");

    /** How long the client would rather wait than be told that it was accepted; a preference in another form is ignored. */
    Optional<Duration> waiting() {
        if (prefer == null) {
            return Optional.empty();
        }
        var wait = WAIT.matcher(prefer);
        return wait.find()
                ? Optional.of(Integer.parseInt(wait.group(1)))
                        .filter(seconds -> seconds > 0)
                        .map(seconds -> Duration.ofSeconds(Math.min(seconds, WAIT_MAX_SECONDS)))
                : Optional.empty();
    }
}
