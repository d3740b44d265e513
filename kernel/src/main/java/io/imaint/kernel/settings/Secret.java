package io.imaint.kernel.settings;

/** A value that never prints. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself; the one call to look for when reviewing where secrets go. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
