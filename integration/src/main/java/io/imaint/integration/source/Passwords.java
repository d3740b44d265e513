package io.imaint.integration.source;

import io.imaint.kernel.settings.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The password that is used, and whether another stands in the settings by now. Safe for use by many threads. */
final class Passwords {
    /** Soon enough for who has just edited the file, rare enough to read it as long as the user is refused. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Supplier<Optional<Secret>> settings;
    private final InstantSource clock;
    private Secret used;
    private Optional<Secret> seen = Optional.empty();
    private Instant seenAt = Instant.MIN;

    Passwords(Secret used, Supplier<Optional<Secret>> settings, InstantSource clock) {
        this.used = used;
        this.settings = settings;
        this.clock = clock;
    }

    synchronized Secret used() {
        return used;
    }

    synchronized void use(Secret another) {
        used = another;
    }

    /** The password in the settings when it is not the one that is used. */
    synchronized Optional<Secret> another() {
        var now = clock.instant();
        if (!seenAt.plus(LOOK).isAfter(now) || seenAt.isAfter(now)) {
            seen = settings.get();
            seenAt = now;
        }
        return seen.filter(secret -> !secret.reveal().equals(used.reveal()));
    }
}
