package io.imaint.kernel.service;

/**
 * Whether a service can do its work now.
 *
 * @param ready false while it starts or cannot work
 * @param detail a description in one line, such as {@code loading 3 of 7}
 */
public record Readiness(boolean ready, String detail) {
    public static final Readiness READY = new Readiness(true, "ready");

    public static Readiness notReady(String detail) {
        return new Readiness(false, detail);
    }

    /** A started service that reports its readiness; other services are ready once started. */
    public interface Reporting {
        Readiness readiness();
    }
}
