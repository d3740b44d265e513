package io.imaint.simulator.faults;

import java.io.IOException;

/** A body was broken off to order: whoever sends it closes the connection and says nothing more. */
public final class CutOff extends IOException {
    private static final long serialVersionUID = 1;

    CutOff(long bytes) {
        super("cut off after %d bytes, as a fault rule wants".formatted(bytes));
    }
}
