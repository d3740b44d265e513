package io.imaint.simulator.plant;

/**
 * How many children all parents before a parent have, for every {@value #STEP}th parent. Where the number of children
 * follows from the parent by chance, this leads from the number of a child to its parent: by halving to the last parent
 * noted before it, then by counting.
 *
 * <pre>
 *   parents   0 ······ 128 ······ 256 ······ 384
 *   totals    0         61        117        180     child 130 is found among those of parents 256 to 383
 * </pre>
 */
final class Tally {
    /** How many children each parent has; for one thread. */
    interface Children {
        int of(long parent);
    }

    /** A compromise: a note takes eight bytes, and counting up to the next takes as many calls. */
    static final int STEP = 128;

    private final long[] totals;
    private final long total;

    Tally(long parents, Children children) {
        this.totals = new long[(int) ((parents + STEP - 1) / STEP)];
        long sum = 0;
        for (long parent = 0; parent < parents; parent++) {
            if (parent % STEP == 0) {
                totals[(int) (parent / STEP)] = sum;
            }
            sum += children.of(parent);
        }
        this.total = sum;
    }

    long total() {
        return total;
    }

    /** A way through the children, which must have the same numbers as those that were counted. */
    Walk walk(Children children) {
        return new Walk(this, children);
    }

    /** The place of one child, for one thread; moving on by one child is the fastest. */
    static final class Walk {
        private final Tally tally;
        private final Children children;
        private long index = -1;
        private int count;
        private long parent;
        private int child;

        private Walk(Tally tally, Children children) {
            this.tally = tally;
            this.children = children;
        }

        void seek(long wanted) {
            if (wanted == index) {
                return;
            }
            if (wanted == index + 1 && index >= 0) {
                child++;
            } else {
                int note = tally.noteBefore(wanted);
                parent = (long) note * STEP;
                child = (int) (wanted - tally.totals[note]);
                count = children.of(parent);
            }
            while (child >= count) {
                child -= count;
                count = children.of(++parent);
            }
            index = wanted;
        }

        long parent() {
            return parent;
        }

        /** Which child of its parent, from 0. */
        int child() {
            return child;
        }
    }

    /** The last note that is not greater; of several equal ones the parents of all but the last have no children. */
    private int noteBefore(long wanted) {
        int low = 0;
        int high = totals.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (totals[middle] <= wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
