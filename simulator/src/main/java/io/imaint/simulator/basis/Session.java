package io.imaint.simulator.basis;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A security session: what lets a caller go on without its password. It lives in memory and ends with the process. */
public final class Session {
    private final long number;
    private final String user;
    private final Instant created;
    private final String id;
    private final String token;
    private final AtomicLong requests = new AtomicLong();
    private volatile Instant lastUsed;

    Session(long number, String user, Instant created, Randomness random) {
        this.number = number;
        this.user = user;
        this.created = created;
        this.lastUsed = created;
        this.id = random.text(32).replace("=", "%3d");
        this.token = random.text(16);
    }

    /** By which administrators name it; the cookie's value is told to its owner only. */
    public long number() {
        return number;
    }

    public String user() {
        return user;
    }

    public Instant created() {
        return created;
    }

    public Instant lastUsed() {
        return lastUsed;
    }

    public long requests() {
        return requests.get();
    }

    String id() {
        return id;
    }

    String token() {
        return token;
    }

    void use(Instant now) {
        requests.incrementAndGet();
        if (now.isAfter(lastUsed)) { // A clock that is set back must not make a session older.
            lastUsed = now;
        }
    }

    boolean isIdle(Instant now, Duration timeout) {
        return !now.isBefore(lastUsed.plus(timeout));
    }
}
