package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import org.jspecify.annotations.Nullable;

/** Makes the rows of one set of the generated company. */
abstract class RowMaker implements NumberedRows {
    private final EntitySet set;
    final Company company;

    RowMaker(EntitySet set, Company company) {
        this.set = set;
        this.company = company;
    }

    @Override
    public final void fill(long index, @Nullable Object[] row) {
        fill(index, new RowValues(set, row));
    }

    /** Puts every value of a row. */
    abstract void fill(long index, RowValues row);
}
