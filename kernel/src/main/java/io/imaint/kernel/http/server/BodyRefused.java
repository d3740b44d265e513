package io.imaint.kernel.http.server;

import java.io.IOException;

/** The body of a request cannot be read on. */
public final class BodyRefused extends IOException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    BodyRefused(Refusal refusal, Throwable cause) {
        super(refusal.name(), cause);
        this.refusal = refusal;
    }

    /** {@link Refusal#MALFORMED} or {@link Refusal#BODY_TOO_SLOW}. */
    public Refusal refusal() {
        return refusal;
    }
}
