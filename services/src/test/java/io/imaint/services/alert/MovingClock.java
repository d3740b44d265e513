package io.imaint.services.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves on; it begins at the real time, because the store has a clock of its own. */
final class MovingClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(ahead);
    }

    void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    /** Moves on to a later moment. */
    void moveTo(Instant moment) {
        advance(Duration.between(instant(), moment));
    }
}
