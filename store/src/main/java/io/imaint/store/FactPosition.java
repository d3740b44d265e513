package io.imaint.store;

/** How far a consumer has come in the log. */
record FactPosition(String consumer, long position) {
    static final CollectionType<FactPosition> TYPE = CollectionType.of(
                    "FactPositions", FactPosition.class, FactPosition::consumer)
            .unscoped("how far the system's own consumers have come");
}
