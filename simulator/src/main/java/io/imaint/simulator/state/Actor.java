package io.imaint.simulator.state;

import java.util.function.Predicate;

/**
 * Who changes the plant.
 *
 * @param user in upper case
 * @param transactions which transaction codes, such as {@code IW31}, the user may use
 * @param meetsLock every object is found locked by somebody else, to rehearse it
 */
public record Actor(String user, Predicate<String> transactions, boolean meetsLock) {
    /** A user who may do everything. */
    public static Actor unrestricted(String user) {
        return new Actor(user, transaction -> true, false);
    }
}
