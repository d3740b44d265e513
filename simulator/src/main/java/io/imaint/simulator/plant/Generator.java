package io.imaint.simulator.plant;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of an invented company, as large as wanted. No row is held: each is computed from its number in the order
 * of the keys, so a company of a million orders is there at once, and any key is found by a binary search.
 */
final class Generator implements PlantData {
    private final Company company;
    private final String description;

    Generator(long seed, int orders) {
        this.company = new Company(seed, orders);
        this.description = "generated plant, " + orders + " orders, seed " + seed;
    }

    @Override
    public long count(EntitySet set) {
        return maker(set).count();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        RowMaker maker = maker(set);
        return new Walk(maker, seek(maker, from));
    }

    @Override
    public String description() {
        return description;
    }

    private RowMaker maker(EntitySet set) {
        if (set == IcwpModel.PLANT) {
            return new PlantRows(company);
        }
        if (set == IcwpModel.WORK_CENTER) {
            return new WorkCenterRows(company);
        }
        if (set == IcwpModel.FUNCTIONAL_LOCATION) {
            return new LocationRows(company);
        }
        if (set == IcwpModel.EQUIPMENT) {
            return new EquipmentRows(company);
        }
        if (set == IcwpModel.NOTIFICATION) {
            return new NotificationRows(company);
        }
        if (set == IcwpModel.WORK_ORDER) {
            return new OrderRows(company);
        }
        if (set == IcwpModel.OPERATION) {
            return new OperationRows(company);
        }
        throw new AssertionError("the generator does not know " + set);
    }

    /** The number of the first row whose key is not less than {@code from}. */
    private static long seek(RowMaker maker, List<String> from) {
        long low = 0;
        long high = from.isEmpty() ? 0 : maker.count();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (before(maker, middle, from)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean before(RowMaker maker, long index, List<String> from) {
        for (int part = 0; part < from.size(); part++) {
            int order = maker.key(index, part).compareTo(from.get(part));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static final class Walk implements Rows {
        private final RowMaker maker;
        private final long end;
        private long next;

        Walk(RowMaker maker, long from) {
            this.maker = maker;
            this.end = maker.count();
            this.next = from;
        }

        @Override
        public boolean next(@Nullable Object[] row) {
            if (next >= end) {
                return false;
            }
            maker.fill(next++, row);
            return true;
        }
    }
}
