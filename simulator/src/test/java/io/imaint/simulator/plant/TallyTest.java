package io.imaint.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * Goal: the way from the number of a child to its parent never errs.
 * Method: compare with a plain list of all children, in order and out of order, also with long runs of parents that
 * have none.
 */
class TallyTest {
    @Property(tries = 200)
    void findsEveryChildOfEveryParent(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 4) Integer> pattern,
            @ForAll @IntRange(min = 1, max = 2000) int parents,
            @ForAll @IntRange(min = 0, max = 1500) int barren) {
        Tally.Children children = parent -> parent < barren ? 0 : pattern.get((int) parent % pattern.size());
        List<List<Long>> expected = new ArrayList<>();
        for (long parent = 0; parent < parents; parent++) {
            for (long child = 0; child < children.of(parent); child++) {
                expected.add(List.of(parent, child));
            }
        }
        Tally tally = new Tally(parents, children);
        assertThat(tally.total()).isEqualTo(expected.size());
        Tally.Walk walk = tally.walk(children);
        Tally.Walk jumps = tally.walk(children);
        for (int i = 0; i < expected.size(); i++) {
            walk.seek(i);
            assertThat(List.of(walk.parent(), (long) walk.child())).isEqualTo(expected.get(i));
            int far = (int) (i * 7919L % expected.size());
            jumps.seek(far);
            assertThat(List.of(jumps.parent(), (long) jumps.child())).isEqualTo(expected.get(far));
        }
    }
}
