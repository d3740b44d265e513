package io.imaint.simulator.plant;

import org.jspecify.annotations.Nullable;

/** Makes the rows of one set from their numbers, which count in the order of the keys. For one thread. */
abstract class RowMaker {
    final Company company;

    RowMaker(Company company) {
        this.company = company;
    }

    abstract long count();

    /** One part of the key of a row. */
    abstract String key(long index, int part);

    /** Writes every value of a row. */
    abstract void fill(long index, @Nullable Object[] row);
}
