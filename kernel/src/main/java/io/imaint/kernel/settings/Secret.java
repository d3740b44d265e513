package io.imaint.kernel.settings;

/** A value that never prints. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself; a review of secrets searches for calls of this method. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
