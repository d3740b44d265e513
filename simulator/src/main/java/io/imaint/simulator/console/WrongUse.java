package io.imaint.simulator.console;

/** An operation was asked for with arguments it cannot take; the message says which. */
final class WrongUse extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongUse(String message) {
        super(message);
    }
}
