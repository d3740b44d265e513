package io.imaint.simulator.basis;

import java.time.LocalDate;

/**
 * A role that a user has.
 *
 * @param from the first day
 * @param to the last day
 */
public record RoleAssignment(String role, LocalDate from, LocalDate to) {
    /** SAP's last day, by which it says without an end. */
    private static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

    private static final LocalDate EVER = LocalDate.of(1, 1, 1);

    public RoleAssignment {
        if (to.isBefore(from) || to.isAfter(FOREVER) || from.isBefore(EVER)) {
            throw new IllegalArgumentException("valid from %s to %s".formatted(from, to));
        }
    }

    public static RoleAssignment always(String role) {
        return new RoleAssignment(role, EVER, FOREVER);
    }

    boolean validOn(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }
}
