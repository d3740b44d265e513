package io.imaint.simulator.rules;

import io.imaint.simulator.model.Row;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The system statuses of an object, as the set of codes that SAP shows in one line. */
final class SystemStatuses {
    /** The order in which SAP shows them: the life cycle first, what hangs on it after; others come last. */
    private static final List<String> SHOWN =
            List.of(("CRTE CRTD REL TECO CLSD PCNF CNF LKD OSNO NOPO NOPR NOCO ORAS TSOS TSRL TSCO ASEQ INST AVLB INAC"
                            + " UD RREC MANC PRC GMPS MACM NMAT SETC DLFL")
                    .split(" ", -1));

    private SystemStatuses() {}

    static Set<String> of(Row row) {
        var active = new LinkedHashSet<>(Arrays.asList(row.text("STATUSES").split(" ", -1)));
        active.remove("");
        if (row.set().has("LOEKZ") && row.flag("LOEKZ")) {
            active.add("DLFL");
        }
        return active;
    }

    /** Deactivates some statuses, then activates others. */
    static Row set(Row row, Set<String> off, String... on) {
        var active = of(row);
        active.removeAll(off);
        active.addAll(List.of(on));
        return row.set(
                "STATUSES",
                active.stream()
                        .sorted(Comparator.comparingInt(SystemStatuses::place))
                        .collect(Collectors.joining(" ")));
    }

    /** CNF, PCNF or neither: whether the work was reported as a whole, in part or not. */
    static Row confirmed(Row row, boolean whole, boolean partly) {
        var off = Set.of("CNF", "PCNF");
        if (whole) {
            return set(row, off, "CNF");
        }
        return partly ? set(row, off, "PCNF") : set(row, off);
    }

    private static int place(String status) {
        int place = SHOWN.indexOf(status);
        return place < 0 ? SHOWN.size() : place;
    }
}
