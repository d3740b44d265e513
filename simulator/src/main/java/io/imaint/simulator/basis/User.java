package io.imaint.simulator.basis;

import java.util.List;

/**
 * A user as SU01 shows it.
 *
 * @param failedLogons wrong passwords since the last right one
 * @param mustChange its password is an initial one
 */
public record User(String name, Lock lock, int failedLogons, boolean mustChange, List<RoleAssignment> assignments) {

    /** Why a user may not log on. */
    public enum Lock {
        NONE,
        ADMINISTRATOR,
        WRONG_PASSWORDS
    }
}
