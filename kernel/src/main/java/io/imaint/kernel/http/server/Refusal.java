package io.imaint.kernel.http.server;

/** Why the server itself refuses a request. */
public enum Refusal {
    /** It is no HTTP, or one that proxies and servers read differently. */
    MALFORMED(400),
    METHOD_REFUSED(405),
    /** Its body came too slowly. */
    BODY_TOO_SLOW(408),
    TARGET_TOO_LONG(414),
    HEADERS_TOO_LARGE(431),
    /** The handler failed. */
    DEFECT(500),
    VERSION_UNSUPPORTED(505);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The refusal that a status of the server's library stands for. */
    static Refusal of(int status) {
        return switch (status) {
            case 405 -> METHOD_REFUSED;
            case 408 -> BODY_TOO_SLOW;
            case 414 -> TARGET_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            case 505 -> VERSION_UNSUPPORTED;
            default -> status >= 500 ? DEFECT : MALFORMED;
        };
    }
}
