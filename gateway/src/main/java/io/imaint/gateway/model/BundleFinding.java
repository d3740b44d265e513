package io.imaint.gateway.model;

/**
 * Something about a bundle that its owner must know.
 *
 * @param file its path in the bundle; empty when it concerns the whole
 * @param line from 1; 0 when it concerns the whole file
 * @param reason what is wrong, and what to do
 */
public record BundleFinding(Gravity gravity, String file, int line, String reason) {
    /** How bad it is. */
    public enum Gravity {
        /** The proxy can't be deployed. */
        ERROR,
        /** Something needed is missing here, such as a provider; the proxy can be deployed once it is there. */
        MISSING,
        /** It is kept, but not applied as written. */
        WARNING
    }

    public static BundleFinding error(String file, int line, String reason) {
        return new BundleFinding(Gravity.ERROR, file, line, reason);
    }

    public static BundleFinding missing(String file, int line, String reason) {
        return new BundleFinding(Gravity.MISSING, file, line, reason);
    }

    public static BundleFinding warning(String file, int line, String reason) {
        return new BundleFinding(Gravity.WARNING, file, line, reason);
    }

    /** Whether the proxy can be deployed in spite of it. */
    public boolean deployable() {
        return gravity == Gravity.WARNING;
    }
}
