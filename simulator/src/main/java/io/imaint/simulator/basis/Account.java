package io.imaint.simulator.basis;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A user as it is stored.
 *
 * @param failedLogons wrong passwords since the last right one
 * @param mustChange the password was set by somebody else than its owner
 */
record Account(
        String passwordHash, User.Lock lock, int failedLogons, boolean mustChange, List<RoleAssignment> assignments) {
    /** More than the largest role concept gives to one user. */
    static final int ASSIGNMENTS_MAX = 300;

    private static final Pattern NAME = Pattern.compile("[A-Z0-9_./-]{1,12}");

    Account {
        Passwords.parts(passwordHash);
        assignments = List.copyOf(assignments);
        if (failedLogons < 0 || assignments.size() > ASSIGNMENTS_MAX) {
            throw new IllegalArgumentException("failed logons or assignments out of range");
        }
    }

    static Account of(String passwordHash, boolean mustChange, List<RoleAssignment> assignments) {
        return new Account(passwordHash, User.Lock.NONE, 0, mustChange, assignments);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** A user's name as it is stored, whatever the case in which it was typed. */
    static String name(String typed) {
        return typed.toUpperCase(Locale.ROOT);
    }

    Account withPassword(String hash, boolean initial) {
        return new Account(hash, lock, failedLogons, initial, assignments);
    }

    Account locked(User.Lock reason) {
        return new Account(passwordHash, reason, failedLogons, mustChange, assignments);
    }

    Account unlocked() {
        return new Account(passwordHash, User.Lock.NONE, 0, mustChange, assignments);
    }

    /** After a wrong password; a lock by an administrator stays one. */
    Account failed(int failsToLock) {
        int failed = failedLogons + 1;
        var locked = lock == User.Lock.NONE && failed >= failsToLock ? User.Lock.WRONG_PASSWORDS : lock;
        return new Account(passwordHash, locked, failed, mustChange, assignments);
    }

    Account succeeded() {
        return new Account(passwordHash, lock, 0, mustChange, assignments);
    }

    Account withAssignments(List<RoleAssignment> given) {
        return new Account(passwordHash, lock, failedLogons, mustChange, given);
    }

    User user(String name) {
        return new User(name, lock, failedLogons, mustChange, assignments);
    }
}
