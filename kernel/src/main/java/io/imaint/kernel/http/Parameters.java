package io.imaint.kernel.http;

/** The parameters of a route, as a record declares them. */
final class Parameters<Q extends Record> {
    private final Class<Q> type;

    private Parameters(Class<Q> type) {
        this.type = type;
    }

    static <Q extends Record> Parameters<Q> of(Class<Q> type, PathTemplate path) {
        if (path.segments().isEmpty()) {
            throw new AssertionError("the root takes no parameters");
        }
        return new Parameters<>(type);
    }

    Class<Q> type() {
        return type;
    }
}
