package io.imaint.simulator.rules;

import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps the statuses of an object permit, and where they lead. A step is possible if every active status that has
 * a column permits it; so one status, such as the deletion flag, forbids what all others would allow.
 *
 * <p>In a table, {@code +} permits and {@code -} forbids; a status permits, and takes the place of the one whose column
 * it is. An object without any of the statuses counts as having the first.
 */
final class StatusNetwork {
    /** Technical completion ends the work but not the costs: what was taken from stock can still come back. */
    static final StatusNetwork ORDER = new StatusNetwork("ORD", """
            step                    CRTD   REL    TECO   CLSD   LKD    DLFL
            CHANGE                  +      +      -      -      -      -
            DESCRIBE                +      +      +      -      -      -
            RELEASE                 REL    -      -      -      -      -
            COMPLETE                -      TECO   -      -      -      -
            REOPEN                  -      -      REL    -      -      -
            CONFIRM                 -      +      -      -      -      -
            CANCEL_CONFIRMATION     -      +      -      -      -      -
            ISSUE                   -      +      -      -      -      -
            RETURN                  -      +      +      -      -      -
            BOOK_TIME               -      +      -      -      -      -
            ASSIGN                  +      +      -      -      -      -
            """);

    /** Operations follow their order; there is no step of their own but the confirmation. */
    static final StatusNetwork OPERATION = new StatusNetwork("OPR", """
            step                    CRTD   REL    TECO   CLSD
            RELEASE                 REL    +      -      -
            COMPLETE                TECO   TECO   +      -
            REOPEN                  +      +      REL    -
            CONFIRM                 -      +      -      -
            CANCEL_CONFIRMATION     -      +      -      -
            """);

    /** A second order for one notification is refused by ORAS. */
    static final StatusNetwork NOTIFICATION = new StatusNetwork("NOT", """
            step                    OSNO   NOPO   NOPR   NOCO   ORAS   DLFL
            CHANGE                  +      +      +      -      +      -
            PUT_IN_PROCESS          NOPR   NOPR   -      -      +      -
            COMPLETE_NOTIFICATION   NOCO   NOCO   NOCO   -      +      -
            ASSIGN                  +      +      +      -      -      -
            """);

    static final StatusNetwork TASK = new StatusNetwork("TSK", """
            step                    TSOS   TSRL   TSCO
            CHANGE                  +      +      -
            COMPLETE_TASK           TSCO   TSCO   -
            """);

    static final StatusNetwork EQUIPMENT = new StatusNetwork("EQU", """
            step                    AVLB   INST   ASEQ   INAC   DLFL
            CHANGE                  +      +      +      +      -
            INSTALL                 INST   -      -      -      -
            DISMANTLE               -      AVLB   +      +      -
            """);

    static final StatusNetwork LOT = new StatusNetwork("LOT", """
            step                    CRTD   REL    UD     DLFL
            RECORD_RESULT           -      +      -      -
            DECIDE                  -      +      -      -
            """);

    private final String object;
    private final List<String> columns;
    private final Map<Step, Map<String, String>> cells = new EnumMap<>(Step.class);

    private StatusNetwork(String object, String table) {
        this.object = object;
        var lines = table.lines()
                .map(line -> List.of(line.strip().split("\\s+", -1)))
                .toList();
        var heading = lines.getFirst();
        this.columns = heading.subList(1, heading.size());
        for (var line : lines.subList(1, lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), line.get(i + 1));
            }
            cells.put(Step.valueOf(line.getFirst()), row);
        }
    }

    private Set<String> active(Row row) {
        var active = SystemStatuses.of(row);
        active.retainAll(columns);
        return active.isEmpty() ? Set.of(columns.getFirst()) : active;
    }

    private String cell(Step step, String status) {
        var row = cells.get(step);
        var cell = row == null ? null : row.get(status);
        if (cell == null) {
            throw new AssertionError(object + " has no step " + step);
        }
        return cell;
    }

    boolean permits(Row row, Step step) {
        return active(row).stream().noneMatch(status -> cell(step, status).equals("-"));
    }

    /**
     * Goes on only if an object's statuses permit a step.
     *
     * @throws Refusal naming the statuses that forbid it
     */
    void requires(Row row, Step step) {
        var name = " (" + object + " " + Fields.shownKey(row) + ")";
        var messages = new ArrayList<SapMessage>();
        for (var status : active(row)) {
            if (cell(step, status).equals("-")) {
                messages.add(SapMessage.error("BS/013", "System status " + status + " is active" + name, "STATUSES"));
            }
        }
        if (!messages.isEmpty()) {
            messages.addFirst(SapMessage.error("BS/007", step.words() + " is not allowed" + name, "STATUSES"));
            throw new Refusal(Refusal.Kind.BUSINESS, messages);
        }
    }

    /** Takes a step: changes the statuses as the table says. */
    Row take(Row row, Step step) {
        requires(row, step);
        for (var status : active(row)) {
            var next = cell(step, status);
            if (!next.equals("+")) {
                SystemStatuses.set(row, Set.of(status), next);
            }
        }
        return row;
    }

    /** The table, for tests and people: whether a step is permitted by a status and where it leads; null if not. */
    @Nullable
    String next(Step step, String status) {
        var cell = cell(step, status);
        return cell.equals("-") ? null : cell.equals("+") ? status : cell;
    }
}
